/// Server certificates of an account: reading them, and the operations on them.
///
/// [Certificates] says what a certificate and its chain must be like, [PrivateKeys] whether a key
/// belongs to one. Nothing here serves TLS, so a private key is checked when it comes and then
/// forgotten: what is not kept cannot be stolen, and no operation of IAM gives it back.
///
/// Below: `entity`. Above: `iam` puts the operations beside its own.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_server-certs.html>
@NullMarked
package dev.tegata.certificates;

import org.jspecify.annotations.NullMarked;
