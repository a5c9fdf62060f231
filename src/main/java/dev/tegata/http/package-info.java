/// Requests and answers as every service here sees them, free of any server's or client's classes.
///
/// An [HttpRequest] keeps the path and the query as they came over the wire, because a signature
/// covers exactly those bytes; a body is a stream and is never held whole.
///
/// Below: nothing. Above: `sigv4` signs and verifies requests, the services answer them, `server`
/// carries them over sockets.
///
/// Source: <https://www.rfc-editor.org/rfc/rfc9110>
@NullMarked
package dev.tegata.http;

import org.jspecify.annotations.NullMarked;
