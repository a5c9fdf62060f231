/// Key rings: the master key, what it seals at rest, and the issuer's signing keys.
///
/// Below: `store`, `token`. Above: `issuer`, `authentication`.
@NullMarked
package dev.tegata.keys;

import org.jspecify.annotations.NullMarked;
