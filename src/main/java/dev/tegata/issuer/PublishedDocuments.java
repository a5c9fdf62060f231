package dev.tegata.issuer;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tegata.github.Discovery;
import dev.tegata.http.Headers;
import dev.tegata.http.HttpRequest;
import dev.tegata.http.HttpResponse;
import dev.tegata.keys.SigningKeys;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;

/// The two documents that tell relying parties of an issuer, as they are fetched.
///
/// A relying party may keep them for a while, and ask then whether they have changed.
///
/// Source: <https://www.rfc-editor.org/rfc/rfc9110#section-13>
public final class PublishedDocuments {
  private static final String JSON = "application/json; charset=utf-8";
  private static final String CACHE_CONTROL = "public, max-age=" + SigningKeys.MAX_AGE.toSeconds();

  private final Issuer issuer;

  public PublishedDocuments(Issuer issuer) {
    this.issuer = issuer;
  }

  /// Whether `path` is that of a document: at the root, or below the slug of an enterprise that has
  /// an issuer of its own.
  public boolean isOne(String path) {
    return (path.endsWith(Discovery.PATH) || path.endsWith(Discovery.JWKS_PATH))
        && (before(path).isEmpty() || issuer.isEnterprise(before(path).substring(1)));
  }

  /// What is before the document's own path: nothing, or an enterprise's slug after a slash.
  private static String before(String path) {
    String document = path.endsWith(Discovery.PATH) ? Discovery.PATH : Discovery.JWKS_PATH;
    return path.substring(0, path.length() - document.length());
  }

  /// Answers a request for a document.
  public HttpResponse answer(HttpRequest request, Instant now) {
    if (!request.method().equals("GET") && !request.method().equals("HEAD")) {
      return HttpResponse.empty(405, Headers.of("Allow", "GET, HEAD", "Content-Length", "0"));
    }
    String document =
        request.rawPath().endsWith(Discovery.JWKS_PATH)
            ? issuer.jwks(now).toJson()
            : issuer.discovery(issuer.name() + before(request.rawPath()), now).toJson();
    String tag = "\"" + hash(document) + "\"";
    HttpResponse answer =
        request.headers().all("If-None-Match").stream().anyMatch(tags -> names(tags, tag))
            ? HttpResponse.empty(304, Headers.of())
            : HttpResponse.text(200, JSON, document);
    return answer.with("Cache-Control", CACHE_CONTROL).with("ETag", tag);
  }

  /// Whether `tag` is one of `tags`; being weak makes no difference here.
  private static boolean names(String tags, String tag) {
    return Arrays.stream(tags.split(",", -1))
        .map(String::strip)
        .anyMatch(it -> it.equals("*") || it.equals(tag) || it.equals("W/" + tag));
  }

  private static String hash(String document) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(document.getBytes(UTF_8));
      return HexFormat.of().formatHex(digest, 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
