/// Users with their credentials, and groups: an operation is a function from its request to its
/// answer, for a [dev.tegata.authorization.Call].
///
/// Of an access key and of a multi-factor device the sealed secret is kept, of passwords a hash.
/// Access keys and the codes of devices open something here; passwords, SSH keys, certificates and
/// credentials for single services are for those who declare them.
///
/// Below: `entity`, `authentication`, `credentials`. Above: `iam` puts them beside its own
/// operations.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_users.html>
@NullMarked
package dev.tegata.users;

import org.jspecify.annotations.NullMarked;
