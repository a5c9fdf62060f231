package dev.tegata.sigv4;

import dev.tegata.http.Headers.Field;
import dev.tegata.http.HttpRequest;
import dev.tegata.http.Query;
import dev.tegata.sigv4.Signature.Carrier;
import dev.tegata.sigv4.SignatureFault.ConflictingTokens;
import dev.tegata.sigv4.SignatureFault.MalformedParameter;
import dev.tegata.sigv4.SignatureFault.MissingParameters;
import dev.tegata.sigv4.SignatureFault.SeveralSignatures;
import dev.tegata.sigv4.SignatureFault.UnsignedHeaders;
import dev.tegata.sigv4.SignatureFault.UnsupportedAlgorithm;
import dev.tegata.sigv4.SignatureFault.WrongScopeDate;
import dev.tegata.sigv4.SignatureFault.WrongTerminator;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/// Reads the signature that a request carries, and refuses one that cannot count.
///
/// Source: <https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-authenticating-requests.html>
record SignatureReader(HttpRequest request, Query query, SignatureParameters parameters) {
  /// S3 takes 8 KiB of headers, in which there is not room for so many.
  private static final int MAX_SIGNED_HEADERS = 500;

  private static final Duration MAX_EXPIRES = Duration.ofDays(7);
  private static final String HEADER_PREFIX = "x-amz-";

  static SignatureReading read(HttpRequest request) {
    List<String> authorizations = request.headers().all("Authorization");
    Query query = new Query(List.of());
    if (request.rawQuery().contains("X-Amz-")) {
      try {
        query = Query.parse(request.rawQuery());
      } catch (IllegalArgumentException e) {
        return new MalformedParameter(Carrier.QUERY, "query", request.rawQuery());
      }
    }
    boolean presigned =
        query.has(SignatureParameters.ALGORITHM) || query.has(SignatureParameters.SIGNATURE);
    if (authorizations.size() + (presigned ? 1 : 0) > 1) {
      return new SeveralSignatures();
    }
    if (presigned) {
      return new SignatureReader(request, query, SignatureParameters.of(query)).signature();
    }
    if (authorizations.isEmpty()) {
      return new SignatureReading.Unsigned();
    }
    var parameters = SignatureParameters.of(authorizations.getFirst(), request.headers());
    return new SignatureReader(request, query, parameters).signature();
  }

  private SignatureReading signature() {
    String algorithm = parameters.algorithm();
    if (!algorithm.isEmpty() && !algorithm.equals(CanonicalRequest.ALGORITHM)) {
      return new UnsupportedAlgorithm(parameters.carrier(), algorithm);
    }
    List<String> missing = parameters.missing();
    if (!missing.isEmpty()) {
      return new MissingParameters(parameters.carrier(), missing);
    }
    String[] credential = parameters.credential().split("/", -1);
    if (credential.length != 5
        || credential[0].isEmpty()
        || !parameters.credential().chars().allMatch(SignatureReader::isVisible)) {
      return parameters.malformed(SignatureParameters.CREDENTIAL, parameters.credential());
    }
    Optional<Instant> time = AmzDate.parse(parameters.date());
    if (time.isEmpty()) {
      return parameters.malformed(SignatureParameters.DATE, parameters.date());
    }
    String day = AmzDate.date(time.get());
    if (!credential[1].equals(day)) {
      return new WrongScopeDate(parameters.carrier(), credential[1], day);
    }
    if (!credential[4].equals(CredentialScope.TERMINATOR)) {
      return new WrongTerminator(parameters.carrier(), credential[4]);
    }
    CredentialScope scope = new CredentialScope(day, credential[2], credential[3]);
    return lasting(credential[0], scope, time.get());
  }

  private SignatureReading lasting(String accessKeyId, CredentialScope scope, Instant time) {
    Duration expires = null;
    if (parameters.carrier() == Carrier.QUERY) {
      expires = Duration.ofSeconds(SignatureParameters.number(parameters.expires()).orElse(0));
      if (!expires.isPositive() || expires.compareTo(MAX_EXPIRES) > 0) {
        return parameters.malformed(SignatureParameters.EXPIRES, parameters.expires());
      }
    }
    List<String> signedHeaders = List.of(parameters.signedHeaders().split(";", -1));
    if (signedHeaders.size() > MAX_SIGNED_HEADERS
        || new HashSet<>(signedHeaders).size() != signedHeaders.size()
        || !signedHeaders.stream().allMatch(SignatureReader::isFieldName)) {
      return parameters.malformed(SignatureParameters.SIGNED_HEADERS, parameters.signedHeaders());
    }
    return covering(
        new Signature(accessKeyId, scope, time, expires, signedHeaders, parameters.signature()));
  }

  /// Whether `name` could be a header's: a line break in it would let one canonical request stand
  /// for two requests.
  private static boolean isFieldName(String name) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c == ':' || !isVisible(c)) {
        return false;
      }
    }
    return !name.isEmpty();
  }

  private static boolean isVisible(int c) {
    return c > ' ' && c <= '~';
  }

  private SignatureReading covering(Signature signature) {
    List<String> unsigned = unsignedHeaders(signature);
    if (!unsigned.isEmpty()) {
      return new UnsignedHeaders(unsigned);
    }
    List<String> tokens = request.headers().all(SignatureParameters.SECURITY_TOKEN);
    if (tokens.stream().distinct().count() > 1) {
      return new ConflictingTokens();
    }
    String token = tokens.isEmpty() ? null : tokens.getFirst();
    if (token == null && signature.carrier() == Carrier.QUERY) {
      token = query.first(SignatureParameters.SECURITY_TOKEN).orElse(null);
    }
    return new PayloadReader(request, signature, token).read(query);
  }

  /// `host` must be signed, and whatever begins with `x-amz-`; at S3 `Content-MD5` as well.
  private List<String> unsignedHeaders(Signature signature) {
    List<String> names = new ArrayList<>();
    if (!signature.covers("host")) {
      names.add("host");
    }
    for (Field field : request.headers().fields()) {
      String name = field.name();
      boolean mustBeSigned =
          name.regionMatches(true, 0, HEADER_PREFIX, 0, HEADER_PREFIX.length())
              || (signature.scope().isS3() && name.equalsIgnoreCase("content-md5"));
      if (mustBeSigned && !signature.covers(name)) {
        names.add(name);
      }
    }
    return names;
  }
}
