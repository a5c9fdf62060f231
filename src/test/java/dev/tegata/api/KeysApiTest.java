package dev.tegata.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tegata.api.ApiFixture.Registered;
import dev.tegata.keys.RotatingRing;
import dev.tegata.keys.SigningKeys;
import dev.tegata.server.Answer;
import dev.tegata.server.RunningServer;
import dev.tegata.sigv4.RequestSigner.Credentials;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeysApiTest {

  @Test
  void jobs_are_let_in_all_along_while_the_key_changes(@TempDir Path data) {
    try (ApiFixture api = new ApiFixture(data)) {
      api.server()
          .create(
              """
              Resources:
                Provider:
                  Type: AWS::IAM::OIDCProvider
                  Properties:
                    Url: https://token.actions.githubusercontent.com
                    ClientIdList: [sts.amazonaws.com]
                Role:
                  Type: AWS::IAM::Role
                  Properties:
                    RoleName: deploy
                    AssumeRolePolicyDocument:
                      Version: "2012-10-17"
                      Statement:
                        Effect: Allow
                        Action: sts:AssumeRoleWithWebIdentity
                        Principal: {Federated: !Ref Provider}
                        Condition:
                          StringEquals:
                            token.actions.githubusercontent.com:sub: repo:octo-org@123456/app@456789:ref:refs/heads/main
              """,
              Map.of());
      Registered job = api.register("", ApiFixture.CLAIMS);
      exchange(api, api.token(job));
      Answer rotation = api.ask("POST", "keys/rotate", "");
      assertThat(rotation.status()).isEqualTo(200);
      assertThat(ApiFixture.json(rotation).path("signs_from").asString())
          .isEqualTo(ApiFixture.NOON.plus(SigningKeys.LEAD).toString());
      assertThat(keys(api)).hasSize(2);
      String next = ApiFixture.json(rotation).path("key_id").asString();
      Set<String> signers = new HashSet<>();
      Duration whole = SigningKeys.LEAD.plus(SigningKeys.AFTERLIFE).plusMinutes(1);
      for (int second = 0; second <= whole.toSeconds(); second += 30) {
        api.clock.set(ApiFixture.NOON.plusSeconds(second));
        String token = api.token(job);
        signers.add(signer(token));
        exchange(api, token);
      }
      assertThat(signers).hasSize(2).contains(next);
      assertThat(keys(api)).containsExactly(next);
    }
  }

  @Test
  void sessions_live_on_when_their_key_is_replaced(@TempDir Path data) {
    try (ApiFixture api = new ApiFixture(data)) {
      Credentials before = api.session("{Effect: Allow, Action: 's3:*', Resource: '*'}");
      Answer rotation = api.ask("POST", "session-keys/rotate", "");
      assertThat(rotation.status()).isEqualTo(200);
      assertThat(ApiFixture.json(rotation).path("old_keys_open_until").asString())
          .isEqualTo(ApiFixture.NOON.plus(RotatingRing.RETENTION).toString());
      Credentials after = sessionToken(api);
      assertThat(sealedWith(after)).isNotEqualTo(sealedWith(before));
      assertThat(api.server().callerIdentity(before).status()).isEqualTo(200);
      assertThat(api.server().callerIdentity(after).status()).isEqualTo(200);
      api.restart();
      assertThat(api.server().callerIdentity(before).status()).isEqualTo(200);
      assertThat(api.server().callerIdentity(after).status()).isEqualTo(200);
      assertThat(sealedWith(sessionToken(api))).isEqualTo(sealedWith(after));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"keys", "session-keys", "outbound-keys"})
  void who_may_not_rotate_keys_changes_nothing(String keys, @TempDir Path data) {
    try (ApiFixture api = new ApiFixture(data)) {
      Credentials stranger = api.session("{Effect: Allow, Action: 's3:*', Resource: '*'}");
      Set<String> published = keys(api);
      String sealing = sealedWith(sessionToken(api));
      Answer refused = api.ask("POST", keys + "/rotate", "", stranger);
      assertThat(refused.status()).isEqualTo(403);
      assertThat(ApiFixture.json(refused).path("message").asString())
          .contains("is not authorized to perform: tegata:RotateKeys on resource: ");
      assertThat(keys(api)).isEqualTo(published);
      assertThat(sealedWith(sessionToken(api))).isEqualTo(sealing);
    }
  }

  private static Credentials sessionToken(ApiFixture api) {
    return RunningServer.credentials(
        api.server()
            .query(
                Map.of("Action", "GetSessionToken", "Version", "2011-06-15"),
                RunningServer.ROOT,
                "sts"));
  }

  /// The id of the key in a session token, which stands at its beginning.
  private static String sealedWith(Credentials credentials) {
    return String.valueOf(credentials.sessionToken()).substring(0, 6);
  }

  private static void exchange(ApiFixture api, String token) {
    Answer answer = api.server().exchange("arn:aws:iam::123456789012:role/deploy", "run", token);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
  }

  private static String signer(String token) {
    String header =
        new String(
            java.util.Base64.getUrlDecoder().decode(token.substring(0, token.indexOf('.'))),
            java.nio.charset.StandardCharsets.UTF_8);
    return tools.jackson.databind.json.JsonMapper.shared().readTree(header).path("kid").asString();
  }

  private static Set<String> keys(ApiFixture api) {
    Set<String> keys = new HashSet<>();
    ApiFixture.json(api.server().get("/.well-known/jwks"))
        .path("keys")
        .forEach(key -> keys.add(key.path("kid").asString()));
    return keys;
  }
}
