/// The Security Token Service, one file an operation.
///
/// Below: `federation` believes tokens, `authorization` decides, `authentication` makes sessions.
/// Above: `server`.
///
/// Source: <https://docs.aws.amazon.com/STS/latest/APIReference/welcome.html>
@NullMarked
package dev.tegata.sts;

import org.jspecify.annotations.NullMarked;
