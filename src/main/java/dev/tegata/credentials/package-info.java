/// What proves who a user is, besides access keys: passwords, SSH keys, certificates, credentials
/// of single services and one-time codes; and the PEM that some of them come in. Values, reading
/// them and checking them: no clock, no database, no network.
///
/// Of a password only a slow hash is here, of what IAM has drawn itself a plain one.
///
/// Below: `arn`. Above: `store` keeps [UserCredentials] with their user, `users` has the
/// operations, `authentication` checks one-time codes.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_users_manage.html>
@NullMarked
package dev.tegata.credentials;

import org.jspecify.annotations.NullMarked;
