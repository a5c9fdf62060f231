/// ID tokens: an unverified one, the verifier, verified claims, and JWK sets.
///
/// Only the verifier makes [VerifiedClaims], so a method that takes them cannot be handed a
/// forgery. Keys and the time are given; nothing is fetched here.
///
/// Below: nothing. Above: `issuer` signs, `federation` finds keys, `sts` believes or refuses.
///
/// Source: <https://openid.net/specs/openid-connect-core-1_0.html#IDToken>
@NullMarked
package dev.tegata.token;

import org.jspecify.annotations.NullMarked;
