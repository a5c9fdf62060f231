/// The state of the accounts: providers, roles, policies and access keys, in SQL.
///
/// It is read from an immutable state in memory and written through to the database. What is stored
/// is checked before it comes here; secrets come sealed.
///
/// Below: `arn`, `policy`. Above: `iam`, `keys`, `authentication`, `authorization`; `objects`
/// shares the database.
@NullMarked
package dev.tegata.store;

import org.jspecify.annotations.NullMarked;
