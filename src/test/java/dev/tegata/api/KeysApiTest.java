package dev.tegata.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tegata.api.ApiFixture.Registered;
import dev.tegata.keys.SigningKeys;
import dev.tegata.server.Answer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
