/// Trusted issuers: finding and caching their keys, and checking a web identity against them.
///
/// Below: `token` verifies, `store` knows the providers. Above: `sts`.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_oidc.html>
@NullMarked
package dev.tegata.federation;

import org.jspecify.annotations.NullMarked;
