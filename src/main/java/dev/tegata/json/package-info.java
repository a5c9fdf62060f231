/// JSON as tokens carry it: strict, the last of several members counts, messages that quote
/// nothing, numbers as they were written.
///
/// Other JSON is read by Jackson itself; this is for what an attacker writes and a signature
/// covers. Above: `token`, and whatever speaks of claims.
///
/// Source: <https://www.rfc-editor.org/rfc/rfc8259>
@NullMarked
package dev.tegata.json;

import org.jspecify.annotations.NullMarked;
