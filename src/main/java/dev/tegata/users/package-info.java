/// Users with their access keys, and groups: an operation is a function from its request to its
/// answer, for a [dev.tegata.authorization.Call].
///
/// Of a key only the sealed secret is kept. There are no passwords, certificates, multi-factor
/// devices or credentials for single services.
///
/// Below: `entity`, `authentication`. Above: `iam` puts them beside its own operations.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_users.html>
@NullMarked
package dev.tegata.users;

import org.jspecify.annotations.NullMarked;
