/// The state of the accounts: providers, roles, policies and access keys, in SQL.
///
/// What was asked for is kept in memory, and forgotten when this server or another one changes it.
/// What is stored is checked before it comes here; secrets come sealed.
///
/// Below: `arn`, `policy`, `database`. Above: `iam`, `keys`, `authentication`, `authorization`.
@NullMarked
package dev.tegata.store;

import org.jspecify.annotations.NullMarked;
