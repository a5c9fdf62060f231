package dev.tegata.sigv4;

import dev.tegata.http.Headers;
import dev.tegata.http.Query;
import dev.tegata.sigv4.Signature.Carrier;
import dev.tegata.sigv4.SignatureFault.MalformedParameter;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/// The parts of a signature as they were sent; one that is missing is empty.
///
/// The constants are the names in the query; in the `Authorization` header they lack the prefix.
///
/// Source:
/// <https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-auth-using-authorization-header.html>,
/// <https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html>
record SignatureParameters(
    Carrier carrier,
    String algorithm,
    String credential,
    String signedHeaders,
    String signature,
    String date,
    String expires) {
  static final String ALGORITHM = "X-Amz-Algorithm";
  static final String CREDENTIAL = "X-Amz-Credential";
  static final String DATE = "X-Amz-Date";
  static final String EXPIRES = "X-Amz-Expires";
  static final String SIGNED_HEADERS = "X-Amz-SignedHeaders";
  static final String SIGNATURE = "X-Amz-Signature";
  static final String SECURITY_TOKEN = "X-Amz-Security-Token";
  static final String CONTENT_SHA256 = "X-Amz-Content-Sha256";

  private static final String PREFIX = "X-Amz-";
  private static final int MAX_DIGITS = 18; // no overflow

  /// From the query of a presigned request.
  static SignatureParameters of(Query query) {
    return new SignatureParameters(
        Carrier.QUERY,
        query.first(ALGORITHM).orElse(""),
        query.first(CREDENTIAL).orElse(""),
        query.first(SIGNED_HEADERS).orElse(""),
        query.first(SIGNATURE).orElse(""),
        query.first(DATE).orElse(""),
        query.first(EXPIRES).orElse(""));
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
        headers.first(DATE).or(() -> headers.first("Date")).orElse("").strip(),
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
      names.add(name(ALGORITHM));
    }
    if (credential.isEmpty()) {
      names.add(name(CREDENTIAL));
    }
    if (signature.isEmpty()) {
      names.add(name(SIGNATURE));
    }
    if (signedHeaders.isEmpty()) {
      names.add(name(SIGNED_HEADERS));
    }
    if (date.isEmpty()) {
      names.add(name(DATE));
    }
    if (expires.isEmpty() && carrier == Carrier.QUERY) {
      names.add(EXPIRES);
    }
    return names;
  }

  /// The part `queryName` is not what it should be.
  MalformedParameter malformed(String queryName, String value) {
    return new MalformedParameter(carrier, name(queryName), value);
  }

  private String name(String queryName) {
    return carrier == Carrier.QUERY || queryName.equals(DATE)
        ? queryName
        : queryName.substring(PREFIX.length());
  }

  /// The number that `text` is, when it is nothing but digits, as lengths and periods are.
  static OptionalLong number(String text) {
    if (text.isEmpty() || text.length() > MAX_DIGITS) {
      return OptionalLong.empty();
    }
    long number = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < '0' || c > '9') {
        return OptionalLong.empty();
      }
      number = number * 10 + (c - '0');
    }
    return OptionalLong.of(number);
  }
}
