package dev.tegata.sigv4;

import dev.tegata.http.Headers;
import dev.tegata.http.Query;
import dev.tegata.sigv4.Signature.Carrier;
import dev.tegata.sigv4.SignatureFault.MalformedParameter;
import java.util.ArrayList;
import java.util.List;

/// The parts of a signature as they were sent; one that is missing is empty.
///
/// Source:
/// <https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-auth-using-authorization-header.html>
record SignatureParameters(
    Carrier carrier,
    String algorithm,
    String credential,
    String signedHeaders,
    String signature,
    String date,
    String expires) {
  private static final String PREFIX = "X-Amz-";

  /// From the query of a presigned request.
  static SignatureParameters of(Query query) {
    return new SignatureParameters(
        Carrier.QUERY,
        query.first(QueryName.ALGORITHM).orElse(""),
        query.first(QueryName.CREDENTIAL).orElse(""),
        query.first(QueryName.SIGNED_HEADERS).orElse(""),
        query.first(QueryName.SIGNATURE).orElse(""),
        query.first(QueryName.DATE).orElse(""),
        query.first(QueryName.EXPIRES).orElse(""));
  }

  /// From an `Authorization` header and the header that tells the time.
  static SignatureParameters of(String authorization, Headers headers) {
    String text = authorization.strip();
    int blank = text.indexOf(' ');
    String algorithm = blank < 0 ? text : text.substring(0, blank);
    String rest = blank < 0 ? "" : text.substring(blank);
    return new SignatureParameters(
        Carrier.AUTHORIZATION_HEADER,
        algorithm,
        part(rest, "Credential="),
        part(rest, "SignedHeaders="),
        part(rest, "Signature="),
        headers.first(QueryName.DATE).or(() -> headers.first("Date")).orElse("").strip(),
        "");
  }

  /// What follows `name` in the first of the comma-separated parts that begins with it.
  private static String part(String text, String name) {
    int start = 0;
    while (start < text.length()) {
      int comma = text.indexOf(',', start);
      int end = comma < 0 ? text.length() : comma;
      while (start < end && Character.isWhitespace(text.charAt(start))) {
        start++;
      }
      if (text.startsWith(name, start)) {
        return text.substring(start + name.length(), end).strip();
      }
      start = end + 1;
    }
    return "";
  }

  /// The names of what a signature needs and this has not.
  List<String> missing() {
    List<String> names = new ArrayList<>();
    if (algorithm.isEmpty()) {
      names.add(name(QueryName.ALGORITHM));
    }
    if (credential.isEmpty()) {
      names.add(name(QueryName.CREDENTIAL));
    }
    if (signature.isEmpty()) {
      names.add(name(QueryName.SIGNATURE));
    }
    if (signedHeaders.isEmpty()) {
      names.add(name(QueryName.SIGNED_HEADERS));
    }
    if (date.isEmpty()) {
      names.add(name(QueryName.DATE));
    }
    if (expires.isEmpty() && carrier == Carrier.QUERY) {
      names.add(QueryName.EXPIRES);
    }
    return names;
  }

  /// The part `queryName` is not what it should be.
  MalformedParameter malformed(String queryName, String value) {
    return new MalformedParameter(carrier, name(queryName), value);
  }

  private String name(String queryName) {
    return carrier == Carrier.QUERY || queryName.equals(QueryName.DATE)
        ? queryName
        : queryName.substring(PREFIX.length());
  }
}
