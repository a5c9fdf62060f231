package dev.tegata.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tegata.federation.TlsIssuer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What the record of an exchange says of the server that the issuer's keys came from.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class VerificationMethodTest {
  private static final String TEMPLATE =
      """
      Parameters:
        Url: {Type: String}
        Host: {Type: String}
        Thumbprint: {Type: String}
        Authority: {Type: String}
      Resources:
        Provider:
          Type: AWS::IAM::OIDCProvider
          Properties:
            Url: !Ref Url
            ClientIdList: [sts.amazonaws.com]
            ThumbprintList: [!Ref Thumbprint]
          Metadata:
            Tegata: {CertificateAuthorities: [!Ref Authority]}
        Role:
          Type: AWS::IAM::Role
          Properties:
            RoleName: deploy
            AssumeRolePolicyDocument: !Sub |
              {"Version": "2012-10-17", "Statement": {
                "Effect": "Allow", "Action": "sts:AssumeRoleWithWebIdentity",
                "Principal": {"Federated": "${Provider}"},
                "Condition": {"StringEquals": {"${Host}:sub": "ci"}}}}
      """;
  private static final String BY_THUMBPRINT =
      TEMPLATE
          .replaceAll("    Metadata:\n      Tegata: .*\n", "")
          .replace("  Authority: {Type: String}\n", "");
  private static final String NONE = "0000000000000000000000000000000000000000";

  private final ForeignIssuer keys = new ForeignIssuer();
  private Path folder;

  @BeforeAll
  void prepare(@TempDir Path work) {
    folder = work;
  }

  @AfterAll
  void stop() {
    keys.close();
  }

  /// The record of an exchange with a token of an issuer behind TLS, whose provider is as
  /// `template` says.
  private JsonNode record(String name, String template, boolean byThumbprint) throws Exception {
    Path data = folder.resolve(name);
    try (TlsIssuer issuer =
            new TlsIssuer(folder.resolve(name + ".p12"), "ip:127.0.0.1", "-1d", keys.jwkSet());
        RunningServer server =
            RunningServer.start(data, "", new SettableClock(WebIdentityCase.NOON))) {
      Map<String, String> parameters =
          byThumbprint
              ? Map.of(
                  "Url", issuer.url(), "Host", issuer.host(), "Thumbprint", issuer.thumbprint())
              : Map.of(
                  "Url", issuer.url(),
                  "Host", issuer.host(),
                  "Thumbprint", NONE,
                  "Authority", issuer.authorityPem());
      server.create(template, parameters);
      exchange(server, issuer.url());
    }
    return lastRecord(data);
  }

  private void exchange(RunningServer server, String issuer) {
    long now = WebIdentityCase.NOON.getEpochSecond();
    String token =
        keys.token(
            """
            {"iss":"%s","aud":"sts.amazonaws.com","sub":"ci","iat":%d,"exp":%d}\
            """
                .formatted(issuer, now, now + 300));
    Answer answer = server.exchange("arn:aws:iam::123456789012:role/deploy", "ci", token);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
  }

  private static JsonNode lastRecord(Path data) throws IOException {
    List<String> lines = Files.readAllLines(data.resolve("audit.jsonl"));
    return JsonMapper.shared().readTree(lines.getLast());
  }

  @Test
  void a_certificate_authority_is_a_trust_store() throws Exception {
    assertThat(record("authority", TEMPLATE, false).path("additionalEventData").toString())
        .isEqualTo("{\"identityProviderConnectionVerificationMethod\":\"IAMTrustStore\"}");
  }

  @Test
  void a_thumbprint_is_told_apart() throws Exception {
    assertThat(record("thumbprint", BY_THUMBPRINT, true).path("additionalEventData").toString())
        .isEqualTo("{\"identityProviderConnectionVerificationMethod\":\"Thumbprint\"}");
  }

  @Test
  void nothing_is_said_where_nobody_had_to_vouch() throws Exception {
    Path data = folder.resolve("loopback");
    try (RunningServer server =
        RunningServer.start(data, "", new SettableClock(WebIdentityCase.NOON))) {
      server.create(
          BY_THUMBPRINT, Map.of("Url", keys.url(), "Host", keys.host(), "Thumbprint", NONE));
      exchange(server, keys.url());
    }
    assertThat(lastRecord(data).has("additionalEventData")).isFalse();
  }
}
