package dev.tegata.server;

import static dev.tegata.Golden.assertGolden;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tegata.http.HttpRequest;
import dev.tegata.sigv4.Payload;
import dev.tegata.sigv4.RequestSigner;
import dev.tegata.sigv4.RequestSigner.Credentials;
import dev.tegata.sigv4.SecretAccessKey;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// What is answered to who shows credentials, word for word.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CredentialAnswersTest {
  private static final Instant NOON = WebIdentityCase.NOON;
  private static final String IDENTITY = "Action=GetCallerIdentity&Version=2011-06-15";

  private final ForeignIssuer issuer = new ForeignIssuer();
  private RunningServer server;
  private Credentials mine;

  @BeforeAll
  void start(@TempDir Path data) {
    server = RunningServer.start(data, "", new SettableClock(NOON));
    server.create(WebIdentityCase.cloud(), Map.of("Issuer", issuer.url(), "Host", issuer.host()));
    mine =
        RunningServer.credentials(
            server.exchange(
                WebIdentityCase.ROLE, "run-1", issuer.token(WebIdentityCase.goodClaims(issuer))));
  }

  @AfterAll
  void stop() {
    server.close();
    issuer.close();
  }

  /// The same session, by somebody who does not know its secret.
  private Credentials guessed() {
    return new Credentials(mine.accessKeyId(), new SecretAccessKey("guessed"), mine.sessionToken());
  }

  private Answer s3(Credentials credentials, Instant signed) {
    HttpRequest request = server.request("GET", "/releases?list-type=2", "");
    return server.send(
        new RequestSigner(credentials, "us-east-1", "s3")
            .sign(request, Payload.Hashed.EMPTY, signed));
  }

  @Test
  void a_session_is_told_who_it_is() throws IOException {
    assertGolden("server/caller-identity.xml", server.normalised(server.callerIdentity(mine)));
  }

  @Test
  void the_root_key_is_told_that_it_is_the_account() throws IOException {
    assertGolden(
        "server/caller-identity-of-root.xml",
        server.normalised(server.callerIdentity(RunningServer.ROOT)));
  }

  @Test
  void s3_shows_what_it_signed_when_signatures_differ() throws IOException {
    assertGolden(
        "server/s3-signature-does-not-match.xml",
        server
            .normalised(s3(guessed(), NOON))
            .replaceAll(
                "(<(SignatureProvided|StringToSignBytes|CanonicalRequestBytes)>)[^<]+", "$1…")
            .replaceAll("(x-amz-security-token:)\\S+", "$1…")
            .replaceAll("\n[0-9a-f]{64}</StringToSign>", "\n…</StringToSign>"));
  }

  @Test
  void s3_tells_the_two_times_when_clocks_differ() throws IOException {
    assertGolden(
        "server/s3-request-time-too-skewed.xml",
        server.normalised(s3(mine, NOON.minusSeconds(901))));
  }

  @Test
  void sts_tells_of_a_wrong_signature_in_its_own_form() throws IOException {
    assertGolden(
        "server/sts-signature-does-not-match.xml",
        server.normalised(
            server.send(
                new RequestSigner(guessed(), "us-east-1", "sts")
                    .sign(
                        server.formRequest(IDENTITY),
                        Payload.Hashed.of(IDENTITY.getBytes(UTF_8)),
                        NOON))));
  }
}
