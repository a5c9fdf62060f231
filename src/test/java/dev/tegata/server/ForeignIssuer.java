package dev.tegata.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.tegata.token.RsaKeys;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/// Somebody else's OIDC issuer, on a loopback port, which can be told to misbehave.
///
/// Its keys and tokens are made by another library than ours.
public final class ForeignIssuer implements AutoCloseable {
  private static final Set<Integer> PORTS = ConcurrentHashMap.newKeySet();
  private static final int HUGE_BYTES = 3 << 20;
  private static final long DRIP_MILLIS = 200;

  private final HttpServer http;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final AtomicInteger fetches = new AtomicInteger();
  private volatile Behaviour behaviour = Behaviour.HONEST;
  private volatile RSAKey rsa = RsaKeys.create("rsa");
  private final ECKey ec = newEcKey(Curve.P_256, "ec");
  private final ECKey ec384 = newEcKey(Curve.P_384, "ec384");
  private final ECKey ec521 = newEcKey(Curve.P_521, "ec521");

  /// How it answers whoever asks for its keys.
  enum Behaviour {
    HONEST,
    DOWN,
    /// A byte now and then, for ever.
    SLOW,
    HUGE,
    /// Its discovery document names another issuer.
    UNDER_ANOTHER_NAME,
    REDIRECTING,
    NOT_JSON,
    /// Its JWK set is empty.
    WITHOUT_KEYS,
    /// Its discovery document says that the keys are at an address inside the network.
    KEYS_ELSEWHERE
  }

  public ForeignIssuer() {
    http = atNewPort();
    http.setExecutor(threads);
    http.createContext("/", this::answer);
    http.start();
  }

  /// At a port that no other of these has had: a server remembers what it knows of an issuer.
  private static HttpServer atNewPort() {
    try {
      while (true) {
        HttpServer candidate =
            HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        if (PORTS.add(candidate.getAddress().getPort())) {
          return candidate;
        }
        candidate.stop(0);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Its name: what its tokens have in `iss`.
  public String url() {
    return "http://127.0.0.1:" + http.getAddress().getPort();
  }

  /// The name as an ARN has it.
  public String host() {
    return "127.0.0.1:" + http.getAddress().getPort();
  }

  void behave(Behaviour next) {
    behaviour = next;
  }

  /// Gives it another RSA key under `keyId`.
  void rotate(String keyId) {
    rsa = RsaKeys.create(keyId);
  }

  /// How often its keys were fetched.
  public int fetches() {
    return fetches.get();
  }

  /// Its public keys, for who is given them.
  public String jwkSet() {
    return new JWKSet(List.of(rsa, ec)).toString(true);
  }

  RSAKey rsa() {
    return rsa;
  }

  ECKey ec() {
    return ec;
  }

  ECKey ec384() {
    return ec384;
  }

  ECKey ec521() {
    return ec521;
  }

  /// A token that says `claims`, signed with its RSA key.
  public String token(String claims) {
    return sign("{\"alg\":\"RS256\",\"kid\":\"" + rsa.getKeyID() + "\",\"typ\":\"JWT\"}", claims);
  }

  /// A token with exactly this header, signed with its RSA key, whatever the header says.
  String sign(String header, String claims) {
    return sign(header, claims, JWSAlgorithm.RS256, RsaKeys.signer(rsa));
  }

  /// The same with its EC key.
  String signEc(String header, String claims) {
    try {
      return sign(header, claims, JWSAlgorithm.ES256, new ECDSASigner(ec));
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  static String sign(String header, String claims, JWSAlgorithm algorithm, JWSSigner signer) {
    String input = Base64URL.encode(header) + "." + Base64URL.encode(claims);
    try {
      return input + "." + signer.sign(new JWSHeader(algorithm), input.getBytes(UTF_8));
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  private static ECKey newEcKey(Curve curve, String keyId) {
    try {
      return new ECKeyGenerator(curve).keyID(keyId).generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    fetches.incrementAndGet();
    try (exchange) {
      switch (behaviour) {
        case HONEST -> send(exchange, 200, honest(path, url()));
        case UNDER_ANOTHER_NAME -> send(exchange, 200, honest(path, "https://issuer.example"));
        case DOWN -> send(exchange, 503, "down");
        case WITHOUT_KEYS ->
            send(exchange, 200, path.equals("/jwks") ? "{\"keys\":[]}" : honest(path, url()));
        case NOT_JSON -> send(exchange, 200, "<html>welcome</html>");
        case HUGE -> send(exchange, 200, " ".repeat(HUGE_BYTES) + honest(path, url()));
        case REDIRECTING -> redirect(exchange, path);
        case SLOW -> drip(exchange);
        case KEYS_ELSEWHERE ->
            send(exchange, 200, discovery(url(), "http://169.254.169.254/latest/jwks"));
      }
    }
  }

  private String honest(String path, String name) {
    return path.equals("/jwks")
        ? new JWKSet(java.util.List.of(rsa, ec, ec384, ec521)).toString(true)
        : discovery(name, url() + "/jwks");
  }

  private static String discovery(String name, String jwksUri) {
    return "{\"issuer\":\"" + name + "\",\"jwks_uri\":\"" + jwksUri + "\"}";
  }

  /// Sends whoever asks on to a place where the right answer would be.
  private void redirect(HttpExchange exchange, String path) throws IOException {
    if (path.startsWith("/moved")) {
      send(exchange, 200, honest(path.substring("/moved".length()), url()));
    } else {
      exchange.getResponseHeaders().set("Location", url() + "/moved" + path);
      send(exchange, 302, "");
    }
  }

  private static void drip(HttpExchange exchange) throws IOException {
    exchange.sendResponseHeaders(200, 0);
    try (OutputStream out = exchange.getResponseBody()) {
      while (true) {
        out.write(' ');
        out.flush();
        Thread.sleep(DRIP_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void send(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    if (bytes.length > 0) {
      exchange.getResponseBody().write(bytes);
    }
  }

  @Override
  public void close() {
    http.stop(0);
    threads.shutdownNow();
  }
}
