/// The state: accounts, providers, roles, policies, keys, buckets and objects, in SQL and files.
///
/// What is stored is checked before it comes here; secrets come sealed.
///
/// Below: `arn`, `policy`. Above: `iam`, `s3`, `keys`, `authorization`.
@NullMarked
package dev.tegata.store;

import org.jspecify.annotations.NullMarked;
