package dev.tegata.server;

import static dev.tegata.Golden.assertGolden;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import dev.tegata.keys.SigningKeys;
import dev.tegata.sigv4.RequestSigner.Credentials;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/// Tokens for other clouds, checked as another cloud would: by another library, with what the
/// issuer publishes.
class OutboundFederationTest {
  private static final Map<String, String> REQUEST =
      Map.of("Audience.member.1", "https://api.example.com", "SigningAlgorithm", "ES384");

  private final ForeignIssuer foreign = new ForeignIssuer();
  private final SettableClock clock = new SettableClock(WebIdentityCase.NOON);
  private RunningServer server;
  private Credentials session;

  @BeforeEach
  void start(@TempDir Path data) throws IOException {
    server = RunningServer.start(data, "", clock);
    server.create(
        Files.readString(Path.of("src/test/resources/vectors/server/sts.yaml")),
        Map.of("Issuer", foreign.url(), "Host", foreign.host()));
    session =
        RunningServer.credentials(
            server.exchange(
                "arn:aws:iam::123456789012:role/ci/start",
                "run-1",
                foreign.token(
                    WebIdentityCase.changed(
                        WebIdentityCase.goodClaims(foreign),
                        "{\"https://aws.amazon.com/tags\":{\"principal_tags\":{\"Team\":[\"eng\"]}}}"))));
  }

  @AfterEach
  void stop() {
    server.close();
    foreign.close();
  }

  private Answer iam(String action) {
    return server.query(
        Map.of("Action", action + "OutboundWebIdentityFederation", "Version", "2010-05-08"),
        RunningServer.ROOT,
        "iam");
  }

  private Answer info() {
    return server.query(
        Map.of("Action", "GetOutboundWebIdentityFederationInfo", "Version", "2010-05-08"),
        RunningServer.ROOT,
        "iam");
  }

  private Answer token(Credentials caller, Map<String, String> parameters) {
    Map<String, String> form = new LinkedHashMap<>(parameters);
    form.put("Action", "GetWebIdentityToken");
    form.put("Version", "2011-06-15");
    return server.query(form, caller, "sts");
  }

  @Test
  void it_is_off_until_it_is_turned_on_and_can_be_turned_on_once() throws IOException {
    assertThat(info().error())
        .isEqualTo(
            "404 FeatureDisabled: Outbound identity federation is disabled for your account.");
    assertThat(iam("Disable").status()).isEqualTo(404);
    Answer enabled = iam("Enable");
    assertGolden("server/enable-outbound-federation.xml", normalised(enabled));
    assertThat(iam("Enable").error())
        .isEqualTo(
            "409 FeatureEnabled: Outbound identity federation is already enabled for your account.");
    assertGolden("server/outbound-federation-info.xml", normalised(info()));
    assertThat(iam("Disable").status()).isEqualTo(200);
    assertThat(token(session, REQUEST).status()).isEqualTo(403);
    assertThat(iam("Enable").text("IssuerIdentifier"))
        .as("its old name")
        .isEqualTo(enabled.text("IssuerIdentifier"));
  }

  @Test
  void another_cloud_can_check_the_token_with_what_the_issuer_publishes()
      throws IOException, ParseException, JOSEException {
    String issuer = iam("Enable").text("IssuerIdentifier");
    Answer answer = token(session, REQUEST);
    assertThat(answer.text("Expiration")).isEqualTo("2026-11-22T12:05:00Z");
    SignedJWT jwt = SignedJWT.parse(answer.text("WebIdentityToken"));
    assertThat(jwt.verify(new ECDSAVerifier(key(issuer, jwt).toECKey()))).isTrue();
    assertThat(jwt.getJWTClaimsSet().getIssuer()).isEqualTo(issuer);
    assertGolden(
        "server/outbound-token.json",
        JsonMapper.shared()
                .readTree(jwt.getPayload().toString())
                .toPrettyString()
                .replace(server.url().getAuthority(), "127.0.0.1:PORT")
                .replace(foreign.host(), "127.0.0.1:FOREIGN")
                .replaceAll("[0-9a-f]{8}-[0-9a-f-]{27}", "…")
            + "\n");
  }

  @Test
  void a_token_may_be_signed_with_rsa_be_for_several_and_carry_tags()
      throws ParseException, JOSEException {
    String issuer = iam("Enable").text("IssuerIdentifier");
    Map<String, String> request =
        Map.of(
            "Audience.member.1", "a",
            "Audience.member.2", "b",
            "SigningAlgorithm", "RS256",
            "DurationSeconds", "3600",
            "Tags.member.1.Key", "Build",
            "Tags.member.1.Value", "7");
    SignedJWT jwt = SignedJWT.parse(token(session, request).text("WebIdentityToken"));
    assertThat(jwt.verify(new RSASSAVerifier(key(issuer, jwt).toRSAKey()))).isTrue();
    assertThat(jwt.getJWTClaimsSet().getAudience()).containsExactly("a", "b");
    assertThat(jwt.getPayload().toString()).contains("\"request_tags\":{\"Build\":\"7\"}");
  }

  @Test
  void a_token_does_not_outlive_the_session_that_asked_for_it() {
    iam("Enable");
    clock.set(WebIdentityCase.NOON.plus(Duration.ofMinutes(55)));
    assertThat(token(session, REQUEST).status()).isEqualTo(200);
    clock.set(WebIdentityCase.NOON.plus(Duration.ofMinutes(55)).plusSeconds(1));
    assertThat(token(session, REQUEST).error())
        .startsWith("403 SessionDurationEscalationException: The requested token duration would");
  }

  @Test
  void keys_change_and_no_token_is_lost() throws ParseException, JOSEException {
    String issuer = iam("Enable").text("IssuerIdentifier");
    Map<String, String> request = new LinkedHashMap<>(REQUEST);
    request.put("DurationSeconds", "3600");
    SignedJWT first = SignedJWT.parse(token(RunningServer.ROOT, request).text("WebIdentityToken"));
    Answer rotation =
        server.send(
            server.sign(
                server.request("POST", "/_/api/outbound-keys/rotate", ""),
                "",
                RunningServer.ROOT,
                "tegata"));
    assertThat(rotation.status()).as(rotation.toString()).isEqualTo(200);
    clock.set(WebIdentityCase.NOON.plus(SigningKeys.LEAD));
    SignedJWT next = SignedJWT.parse(token(RunningServer.ROOT, request).text("WebIdentityToken"));
    assertThat(next.getHeader().getKeyID()).isNotEqualTo(first.getHeader().getKeyID());
    assertThat(rotation.body()).contains(next.getHeader().getKeyID());
    clock.set(WebIdentityCase.NOON.plus(Duration.ofHours(1)));
    for (SignedJWT jwt : List.of(first, next)) {
      assertThat(jwt.verify(new ECDSAVerifier(key(issuer, jwt).toECKey()))).isTrue();
    }
  }

  @Test
  void a_token_that_is_too_large_is_not_signed() {
    iam("Enable");
    Map<String, String> request = new LinkedHashMap<>(REQUEST);
    for (int i = 1; i <= 50; i++) {
      request.put("Tags.member." + i + ".Key", "key" + i);
      request.put("Tags.member." + i + ".Value", "ä".repeat(256));
    }
    assertThat(token(session, request).error())
        .startsWith("400 JWTPayloadSizeExceededException: The requested token payload size");
  }

  @Test
  void such_a_token_is_of_no_use_at_home() {
    String issuer = iam("Enable").text("IssuerIdentifier");
    String jwt = token(session, REQUEST).text("WebIdentityToken");
    server.query(
        Map.of(
            "Action", "CreateOpenIDConnectProvider",
            "Version", "2010-05-08",
            "Url", issuer,
            "ClientIDList.member.1", "https://api.example.com"),
        RunningServer.ROOT,
        "iam");
    assertThat(server.exchange("arn:aws:iam::123456789012:role/ci/start", "again", jwt).status())
        .isEqualTo(400);
  }

  /// The key that the token names, found on the way that a stranger would go.
  private JWK key(String issuer, SignedJWT jwt) throws ParseException {
    Answer discovery = server.get(path(issuer) + "/.well-known/openid-configuration");
    String jwks = JsonMapper.shared().readTree(discovery.body()).path("jwks_uri").asString();
    return JWKSet.parse(server.get(path(jwks)).body()).getKeyByKeyId(jwt.getHeader().getKeyID());
  }

  private static String path(String url) {
    return URI.create(url).getPath();
  }

  private String normalised(Answer answer) {
    return (answer.status() + "\n" + answer.body())
        .replace(server.url().getAuthority(), "127.0.0.1:PORT")
        .replaceAll("[0-9a-f]{8}-[0-9a-f-]{27}", "…");
  }
}
