/// What servers that share a database must agree upon: in which order they write, who hears of it,
/// and what only one of them may have.
///
/// [ChangeLog] lets one writer in at a time and tells all others what it has touched; [Remembered]
/// keeps what was read until then; [UsedTokens] lets each token through once.
///
/// Below: `database`. Above: `store`.
@NullMarked
package dev.tegata.sharing;

import org.jspecify.annotations.NullMarked;
