/// ID tokens: an unverified one, the verifier, verified claims, and JWK sets.
///
/// [Verifier#examine] takes a compact token apart and judges its claims and times; what is left is
/// a [PlausibleJwt] that tells whose keys to get. With a [TrustedIssuer], [Verifier#verify] checks
/// the signature and the audience. Only it makes [VerifiedClaims], so a method that takes them
/// cannot be handed a forgery; every other outcome is a [Rejection] that says why. [TokenSigner]
/// mints, [Jwk] publishes. Keys and the time are given; nothing is fetched here.
///
/// Below: `arn` for the roles that a token may list. Above: `issuer` signs, `federation` finds
/// keys, `sts` believes or refuses.
///
/// Source: <https://openid.net/specs/openid-connect-core-1_0.html#IDToken>
@NullMarked
package dev.tegata.token;

import org.jspecify.annotations.NullMarked;
