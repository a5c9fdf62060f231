package dev.tegata.http;

import java.io.InputStream;

/// A request as it came over the wire.
///
/// `rawPath` and `rawQuery` are undecoded, the query without its `?` and empty when there is none;
/// `remoteAddress` is the peer's IP address as text. The body is read at most once.
public record HttpRequest(
    String method,
    String rawPath,
    String rawQuery,
    Headers headers,
    InputStream body,
    String remoteAddress,
    boolean secure) {

  /// The same request with another body, such as one that is checked or decoded while it is read.
  public HttpRequest withBody(InputStream other) {
    return new HttpRequest(method, rawPath, rawQuery, headers, other, remoteAddress, secure);
  }
}
