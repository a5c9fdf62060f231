/// Buckets and objects: what is known of them in SQL, their bytes in files.
///
/// A file is written, synced and renamed before the database learns of it; what a crash leaves
/// behind is swept away at the next start. Bytes stream, and a key is never a file's name.
///
/// Below: `store` has the database. Above: `s3`, `provisioning`.
@NullMarked
package dev.tegata.objects;

import org.jspecify.annotations.NullMarked;
