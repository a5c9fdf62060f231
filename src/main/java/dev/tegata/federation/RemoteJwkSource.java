package dev.tegata.federation;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tegata.federation.JwkSource.Answer.Found;
import dev.tegata.federation.JwkSource.Answer.Unavailable;
import dev.tegata.federation.JwkSource.Answer.UntrustedServer;
import dev.tegata.json.JsonValue.JsonObject;
import dev.tegata.token.Crypto;
import dev.tegata.token.JwkSet;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/// Fetches an issuer's discovery document, and the JWK set that it names.
///
/// HTTPS as [ServerTrust] judges it, or plain HTTP to this machine, if the issuer may be there;
/// addresses as [PublicAddresses] lets them; no redirects; five seconds for both documents, and a
/// mebibyte for each. Where the keys were given to us, nobody is asked.
///
/// Source: <https://openid.net/specs/openid-connect-discovery-1_0.html#ProviderConfig>
public final class RemoteJwkSource implements JwkSource {
  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final int MAX_BYTES = 1 << 20;

  private final Crypto crypto;

  public RemoteJwkSource(Crypto crypto) {
    this.crypto = crypto;
  }

  @Override
  public Answer find(KeyLocation location) {
    String given = location.retrieval().jwkSet();
    if (given != null) {
      return new Found(JwkSet.read(given, crypto), Voucher.NOBODY);
    }
    if (isHere(URI.create(location.issuer())) && !location.mayBeHere()) {
      return unavailable(
          location,
          "it is on this machine, which only the first account's providers may call, and those"
              + " with private addresses let in");
    }
    ServerTrust trust = new ServerTrust(location);
    AtomicReference<@Nullable HttpGet> running = new AtomicReference<>();
    AtomicBoolean isLate = new AtomicBoolean();
    CompletableFuture<Void> limit =
        CompletableFuture.runAsync(
            () -> {
              isLate.set(true); // before the fault that it causes
              abort(running.get());
            },
            CompletableFuture.delayedExecutor(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS));
    try (CloseableHttpClient client = client(location, trust)) {
      Fetch fetch = new Fetch(client, running, isLate);
      return new Found(keys(location.issuer(), fetch), trust.voucher());
    } catch (SSLException e) {
      return isLate.get()
          ? unavailable(location, "it takes more than " + TIMEOUT.toSeconds() + " s")
          : new UntrustedServer(
              "the server of `" + location.issuer() + "` is not trusted: " + e.getMessage());
    } catch (IOException | IllegalArgumentException | IllegalStateException e) {
      return unavailable( // the client throws an IllegalStateException when it is stopped midway
          location,
          isLate.get()
              ? "it takes more than " + TIMEOUT.toSeconds() + " s"
              : String.valueOf(e.getMessage()));
    } finally {
      limit.cancel(false);
    }
  }

  private static Unavailable unavailable(KeyLocation location, String why) {
    return new Unavailable("the keys of `" + location.issuer() + "` cannot be had: " + why);
  }

  private JwkSet keys(String issuer, Fetch fetch) throws IOException {
    boolean isHere = isHere(URI.create(issuer));
    JsonObject discovery =
        JsonObject.parse(
            fetch.text(stripSlash(issuer) + "/.well-known/openid-configuration", isHere));
    String named = discovery.text("issuer").orElse("");
    if (!named.equals(issuer)) {
      throw new IOException("its discovery document is that of `" + named + "`");
    }
    String jwksUri =
        discovery
            .text("jwks_uri")
            .orElseThrow(() -> new IOException("its discovery document has no `jwks_uri`"));
    JwkSet keys = JwkSet.read(fetch.text(jwksUri, isHere), crypto);
    if (keys.isEmpty()) {
      throw new IOException("`" + jwksUri + "` has no keys");
    }
    return keys;
  }

  /// A client for one location alone: what it trusts is nothing to another.
  private static CloseableHttpClient client(KeyLocation location, ServerTrust trust) {
    Timeout timeout = Timeout.of(TIMEOUT);
    return HttpClients.custom()
        .setConnectionManager(
            PoolingHttpClientConnectionManagerBuilder.create()
                .setDnsResolver(new PublicAddresses(location.retrieval().privateAddresses()))
                .setTlsSocketStrategy(new DefaultClientTlsStrategy(trust.context()))
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

  private static boolean isHere(URI uri) {
    return uri.getHost() != null && PublicAddresses.isLoopbackName(uri.getHost());
  }

  private static void abort(@Nullable HttpGet get) {
    if (get != null) {
      get.abort();
    }
  }

  /// Gets one document after the other, until time is up.
  private record Fetch(
      CloseableHttpClient client,
      AtomicReference<@Nullable HttpGet> running,
      AtomicBoolean isLate) {

    /// `isHere` tells whether the issuer itself is on this machine: no other one may send us here.
    String text(String url, boolean isHere) throws IOException {
      URI uri = URI.create(url);
      if (isHere(uri) && !isHere) {
        throw new IOException("`" + url + "` is on this machine, and the issuer is not");
      }
      if (!"https".equals(uri.getScheme()) && !("http".equals(uri.getScheme()) && isHere(uri))) {
        throw new IOException("`" + url + "` is not an https URL");
      }
      HttpGet get = new HttpGet(uri);
      running.set(get);
      if (isLate.get()) {
        get.abort(); // time was up before it could be told
      }
      return client.execute(get, response -> read(url, get, response));
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
}
