/// The OIDC issuer: minting ID tokens for jobs, the discovery document and the JWK set.
///
/// Below: `github` makes the claims, `keys` holds the signing keys. Above: `federation` may ask it
/// for its own keys without the network, `runner` registers jobs.
///
/// Source: <https://openid.net/specs/openid-connect-discovery-1_0.html>
@NullMarked
package dev.tegata.issuer;

import org.jspecify.annotations.NullMarked;
