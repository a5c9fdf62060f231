package dev.tegata.sigv4;

import dev.tegata.http.Headers;
import dev.tegata.http.Headers.Field;
import dev.tegata.http.HttpRequest;

/// The texts that are hashed and signed.
///
/// Source:
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html#create-canonical-request>
final class CanonicalRequest {
  static final String ALGORITHM = "AWS4-HMAC-SHA256";
  private static final int USUAL_LENGTH = 2048; // most of it a session token

  private CanonicalRequest() {}

  /// The canonical request, with exactly the headers that `signature` says are signed.
  static String of(HttpRequest request, Signature signature, Payload payload) {
    boolean s3 = signature.scope().isS3();
    StringBuilder out = new StringBuilder(USUAL_LENGTH);
    out.append(request.method()).append('\n');
    String path = request.rawPath();
    out.append(s3 ? CanonicalUri.s3Path(path) : CanonicalUri.path(path)).append('\n');
    out.append(CanonicalUri.query(request.rawQuery())).append('\n');
    for (String name : signature.signedHeaders()) {
      appendHeader(out, name, request.headers());
    }
    out.append('\n');
    appendNames(out, signature);
    return out.append('\n').append(payload.text()).toString();
  }

  /// What the signing key signs.
  static String stringToSign(String canonicalRequest, Signature signature) {
    return ALGORITHM
        + '\n'
        + AmzDate.format(signature.time())
        + '\n'
        + signature.scope()
        + '\n'
        + Sha256.of(canonicalRequest);
  }

  private static void appendNames(StringBuilder out, Signature signature) {
    int start = out.length();
    for (String name : signature.signedHeaders()) {
      out.append(out.length() == start ? "" : ";").append(name);
    }
  }

  private static void appendHeader(StringBuilder out, String name, Headers headers) {
    out.append(name).append(':');
    boolean first = true;
    for (Field field : headers.fields()) {
      if (field.name().equalsIgnoreCase(name)) {
        out.append(first ? "" : ",");
        appendValue(out, field.value());
        first = false;
      }
    }
    out.append('\n');
  }

  /// A value without blanks at its ends, and with one blank for each run of them within.
  static void appendValue(StringBuilder out, String value) {
    int begin = out.length();
    int i = 0;
    while (i < value.length()) {
      int start = i;
      while (i < value.length() && !isBlank(value.charAt(i))) {
        i++;
      }
      if (i > start) {
        out.append(out.length() > begin ? " " : "").append(value, start, i);
      }
      i++;
    }
  }

  private static boolean isBlank(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
  }
}
