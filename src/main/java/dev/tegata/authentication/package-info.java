/// Who signed a request: access keys, sessions and their sealed tokens, and the signature itself.
///
/// Below: `sigv4` verifies, `keys` seals, `store` knows the root keys and the roles. Above: every
/// service takes a `Caller`, which only this package makes.
@NullMarked
package dev.tegata.authentication;

import org.jspecify.annotations.NullMarked;
