package dev.tegata.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.InputStream;

/// An answer: the status, the header fields, and a body that the server reads to its end and
/// closes.
///
/// The length is the `Content-Length` field where it is known; an answer to HEAD carries the field
/// and an empty body.
public record HttpResponse(int status, Headers headers, InputStream body) {

  /// An answer of text, such as XML or JSON, with its length.
  public static HttpResponse text(int status, String contentType, String text) {
    byte[] bytes = text.getBytes(UTF_8);
    return new HttpResponse(
        status,
        Headers.of("Content-Type", contentType, "Content-Length", Integer.toString(bytes.length)),
        new ByteArrayInputStream(bytes));
  }

  /// An answer without a body.
  public static HttpResponse empty(int status, Headers headers) {
    return new HttpResponse(status, headers, InputStream.nullInputStream());
  }

  /// This answer with one more header field.
  public HttpResponse with(String name, String value) {
    return new HttpResponse(status, headers.with(name, value), body);
  }
}
