package dev.tegata.sigv4;

import dev.tegata.http.Headers;
import dev.tegata.http.Headers.Field;
import dev.tegata.http.HttpRequest;
import dev.tegata.http.PercentEncoding;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Signs requests to one service in one region.
///
/// A request has its `Host` header when it comes here. All its headers are signed but those that a
/// proxy may change on the way.
///
/// Source:
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html>
public record RequestSigner(Credentials credentials, String region, String service) {
  private static final String AUTHORIZATION = "Authorization";
  private static final Set<String> NEVER_SIGNED =
      Set.of(
          "authorization",
          "connection",
          "expect",
          "keep-alive",
          "proxy-authenticate",
          "proxy-authorization",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade",
          "user-agent",
          "x-amzn-trace-id");

  /// What a client signs with; temporary credentials have a session token too.
  public record Credentials(
      String accessKeyId, SecretAccessKey secretAccessKey, @Nullable String sessionToken) {

    @Override
    public String toString() {
      return "Credentials[" + accessKeyId + ", the rest hidden]";
    }
  }

  /// The request with an `Authorization` header and what belongs to it; S3 is also told `payload`.
  public HttpRequest sign(HttpRequest request, Payload payload, Instant time) {
    List<Field> fields = new ArrayList<>(request.headers().fields());
    fields.removeIf(field -> isOfSignature(field.name()));
    fields.add(new Field(SignatureParameters.DATE, AmzDate.format(time)));
    if (credentials.sessionToken() != null) {
      fields.add(new Field(SignatureParameters.SECURITY_TOKEN, credentials.sessionToken()));
    }
    CredentialScope scope = CredentialScope.at(time, region, service);
    if (scope.isS3()) {
      fields.add(new Field(SignatureParameters.CONTENT_SHA256, payload.text()));
    }
    HttpRequest dated = with(request, request.rawQuery(), new Headers(fields));
    List<String> signedHeaders = signedHeaders(dated.headers());
    Signature unsigned =
        new Signature(credentials.accessKeyId(), scope, time, null, signedHeaders, "");
    String value =
        CanonicalRequest.ALGORITHM
            + " Credential="
            + credential(scope)
            + ", SignedHeaders="
            + String.join(";", signedHeaders)
            + ", Signature="
            + hex(dated, unsigned, payload);
    return with(dated, dated.rawQuery(), dated.headers().with(AUTHORIZATION, value));
  }

  /// The request with its signature in the query, to be made within `expires` after `time`. It may
  /// bring any body to S3, and none to other services.
  public HttpRequest presign(HttpRequest request, Duration expires, Instant time) {
    CredentialScope scope = CredentialScope.at(time, region, service);
    List<String> signedHeaders = signedHeaders(request.headers());
    StringBuilder query = new StringBuilder(request.rawQuery());
    append(query, SignatureParameters.ALGORITHM, CanonicalRequest.ALGORITHM);
    append(query, SignatureParameters.CREDENTIAL, credential(scope));
    append(query, SignatureParameters.DATE, AmzDate.format(time));
    append(query, SignatureParameters.EXPIRES, Long.toString(expires.toSeconds()));
    if (credentials.sessionToken() != null) {
      append(query, SignatureParameters.SECURITY_TOKEN, credentials.sessionToken());
    }
    append(query, SignatureParameters.SIGNED_HEADERS, String.join(";", signedHeaders));
    HttpRequest unsigned = with(request, query.toString(), request.headers());
    Signature signature =
        new Signature(credentials.accessKeyId(), scope, time, expires, signedHeaders, "");
    Payload payload = scope.isS3() ? new Payload.Unsigned() : Payload.Hashed.EMPTY;
    append(query, SignatureParameters.SIGNATURE, hex(unsigned, signature, payload));
    return with(request, query.toString(), request.headers());
  }

  private String hex(HttpRequest request, Signature signature, Payload payload) {
    SigningKey key = SigningKey.derive(credentials.secretAccessKey(), signature.scope());
    String canonicalRequest = CanonicalRequest.of(request, signature, payload);
    return key.sign(CanonicalRequest.stringToSign(canonicalRequest, signature));
  }

  private String credential(CredentialScope scope) {
    return credentials.accessKeyId() + '/' + scope;
  }

  private static boolean isOfSignature(String name) {
    return name.equalsIgnoreCase(AUTHORIZATION)
        || name.equalsIgnoreCase(SignatureParameters.DATE)
        || name.equalsIgnoreCase(SignatureParameters.SECURITY_TOKEN)
        || name.equalsIgnoreCase(SignatureParameters.CONTENT_SHA256);
  }

  private static List<String> signedHeaders(Headers headers) {
    return headers.fields().stream()
        .map(field -> field.name().toLowerCase(Locale.ROOT))
        .filter(name -> !NEVER_SIGNED.contains(name))
        .distinct()
        .sorted()
        .toList();
  }

  private static void append(StringBuilder query, String name, String value) {
    query.append(query.isEmpty() ? "" : "&").append(name).append('=');
    query.append(PercentEncoding.encode(value));
  }

  private static HttpRequest with(HttpRequest request, String rawQuery, Headers headers) {
    return new HttpRequest(
        request.method(),
        request.rawPath(),
        rawQuery,
        headers,
        request.body(),
        request.remoteAddress(),
        request.secure());
  }
}
