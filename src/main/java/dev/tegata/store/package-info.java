/// The state: accounts, providers, roles, policies, keys, buckets and objects, in SQL and files.
///
/// What is stored is checked before it comes here; secrets come sealed.
///
/// [BucketStore] and [ObjectStore] keep what S3 holds: rows for buckets and objects, and the bytes
/// of objects in files, which are on the disk before the row that names them is.
///
/// Below: `arn`, `http`, `policy`. Above: `iam`, `s3`, `keys`, `authorization`.
@NullMarked
package dev.tegata.store;

import org.jspecify.annotations.NullMarked;
