package dev.tegata.federation;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tegata.token.Crypto;
import dev.tegata.token.JsonValue.JsonObject;
import dev.tegata.token.JwkSet;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.util.Timeout;

/// Fetches an issuer's discovery document, and the JWK set that it names.
///
/// HTTPS with the platform's trust store, or plain HTTP to this machine; public addresses only; no
/// redirects; five seconds and a mebibyte for each document.
///
/// Source: <https://openid.net/specs/openid-connect-discovery-1_0.html#ProviderConfig>
public final class RemoteJwkSource implements JwkSource, AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final int MAX_BYTES = 1 << 20;

  private final CloseableHttpClient client;
  private final Crypto crypto;

  public RemoteJwkSource(Crypto crypto) {
    this.crypto = crypto;
    Timeout timeout = Timeout.of(TIMEOUT);
    this.client =
        HttpClients.custom()
            .setConnectionManager(
                PoolingHttpClientConnectionManagerBuilder.create()
                    .setDnsResolver(new PublicAddresses())
                    .setDefaultConnectionConfig(
                        ConnectionConfig.custom()
                            .setConnectTimeout(timeout)
                            .setSocketTimeout(timeout)
                            .build())
                    .build())
            .setDefaultRequestConfig(RequestConfig.custom().setResponseTimeout(timeout).build())
            .disableRedirectHandling()
            .disableAutomaticRetries()
            .disableCookieManagement()
            .disableContentCompression()
            .setUserAgent("tegata")
            .build();
  }

  @Override
  public Answer find(String issuer) {
    try {
      boolean local = isLocal(URI.create(issuer));
      JsonObject discovery =
          JsonObject.parse(fetch(stripSlash(issuer) + "/.well-known/openid-configuration", local));
      String named = discovery.text("issuer").orElse("");
      if (!named.equals(issuer)) {
        return new Answer.Unavailable(
            "the discovery document of `" + issuer + "` is that of `" + named + "`");
      }
      String jwksUri = discovery.text("jwks_uri").orElse("");
      return new Answer.Found(JwkSet.read(fetch(jwksUri, local), crypto));
    } catch (IOException | IllegalArgumentException e) {
      return new Answer.Unavailable(
          "the keys of `" + issuer + "` cannot be had: " + e.getMessage());
    }
  }

  private static boolean isLocal(URI uri) {
    return uri.getHost() != null && PublicAddresses.isLoopbackName(uri.getHost());
  }

  /// `local` tells whether the issuer itself is on this machine: no other one may send us here.
  private String fetch(String url, boolean local) throws IOException {
    URI uri = URI.create(url);
    if (isLocal(uri) && !local) {
      throw new IOException("`" + url + "` is on this machine, and the issuer is not");
    }
    if (!"https".equals(uri.getScheme()) && !("http".equals(uri.getScheme()) && isLocal(uri))) {
      throw new IOException("`" + url + "` is not an https URL");
    }
    HttpGet get = new HttpGet(uri);
    AtomicBoolean isLate = new AtomicBoolean();
    CompletableFuture<Void> limit =
        CompletableFuture.runAsync(
            () -> {
              isLate.set(true); // before the fault that it causes
              get.abort();
            },
            CompletableFuture.delayedExecutor(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS));
    try {
      return client.execute(get, response -> read(url, get, response));
    } catch (IOException e) {
      throw isLate.get()
          ? new IOException("`" + url + "` takes more than " + TIMEOUT.toSeconds() + " s", e)
          : e;
    } finally {
      limit.cancel(false);
    }
  }

  /// The text of an answer. One that is too large is not read to its end, as closing it would do.
  private static String read(String url, HttpGet get, ClassicHttpResponse response)
      throws IOException {
    HttpEntity entity = response.getEntity();
    if (response.getCode() != HttpStatus.SC_OK || entity == null) {
      get.abort();
      throw new IOException("`" + url + "` answers " + response.getCode());
    }
    try (InputStream in = entity.getContent()) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        get.abort();
        throw new IOException("`" + url + "` answers more than " + MAX_BYTES + " bytes");
      }
      return new String(bytes, UTF_8);
    }
  }

  private static String stripSlash(String issuer) {
    return issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer;
  }

  @Override
  public void close() {
    try {
      client.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
