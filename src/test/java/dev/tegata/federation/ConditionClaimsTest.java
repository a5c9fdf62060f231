package dev.tegata.federation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tegata.json.JsonValue.JsonObject;
import dev.tegata.policy.Context;
import dev.tegata.policy.Context.Value.Multi;
import dev.tegata.policy.Context.Value.Single;
import dev.tegata.token.Crypto;
import dev.tegata.token.Jwk;
import dev.tegata.token.JwkSet;
import dev.tegata.token.JwsAlgorithm;
import dev.tegata.token.KeyId;
import dev.tegata.token.PlausibleJwt;
import dev.tegata.token.RsaKeys;
import dev.tegata.token.TokenSigner;
import dev.tegata.token.TrustedIssuer;
import dev.tegata.token.Verification.Verified;
import dev.tegata.token.VerifiedClaims;
import dev.tegata.token.Verifier;
import java.security.KeyPair;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConditionClaimsTest {
  private static final Instant NOON = Instant.parse("2026-09-11T12:00:00Z");
  private static final KeyPair KEY = RsaKeys.pair(2048);

  @Test
  void github_has_the_ten_keys_that_aws_offers_and_no_others() {
    Context context =
        context(
            "token.actions.githubusercontent.com",
            """
            "repository":"o/r","actor":"mona","event_name":"push","runner_environment":"x",
            "environment":"Production"
            """);
    String prefix = "token.actions.githubusercontent.com:";
    assertThat(context.get(prefix + "repository")).hasValue(new Single("o/r"));
    assertThat(context.get(prefix + "actor")).hasValue(new Single("mona"));
    assertThat(context.get(prefix + "environment")).hasValue(new Single("Production"));
    assertThat(context.get(prefix + "event_name")).isEmpty();
    assertThat(context.get(prefix + "runner_environment")).isEmpty();
  }

  @Test
  void an_enterprise_of_github_has_them_under_its_own_path() {
    Context context =
        context("token.actions.githubusercontent.com/octo", "\"repository\":\"o/r\",\"sha\":\"1\"");
    assertThat(context.get("token.actions.githubusercontent.com/octo:repository"))
        .hasValue(new Single("o/r"));
    assertThat(context.get("token.actions.githubusercontent.com/octo:sha")).isEmpty();
  }

  @Test
  void an_issuer_that_aws_does_not_know_has_its_strings_booleans_and_lists() {
    Context context =
        context(
            "ci.example",
            """
            "team":"core","trusted":true,"groups":["a","b"],"one":["a"],"level":3,"map":{"a":"b"}
            """);
    assertThat(context.get("ci.example:team")).hasValue(new Single("core"));
    assertThat(context.get("ci.example:trusted")).hasValue(new Single("true"));
    assertThat(context.get("ci.example:groups")).hasValue(new Multi(List.of("a", "b")));
    assertThat(context.get("ci.example:one")).hasValue(new Multi(List.of("a")));
    assertThat(context.get("ci.example:level")).isEmpty();
    assertThat(context.get("ci.example:map")).isEmpty();
  }

  @Test
  void where_only_the_keys_of_aws_are_wanted_it_has_the_general_ones_alone() {
    Context context =
        context(new ConditionClaims(false), "ci.example", "\"team\":\"core\",\"email\":\"a@b.c\"");
    assertThat(context.values())
        .containsOnlyKeys(
            "ci.example:aud", "ci.example:oaud", "ci.example:sub", "ci.example:email");
  }

  @ParameterizedTest(name = "{0} has {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "gitlab.com | namespace_id | \"namespace_id\":\"72\" | 72",
        "agent.buildkite.com | pipeline_slug | \"pipeline_slug\":\"app\" | app",
        "agent.octo.buildkite.dev | build_branch | \"build_branch\":\"main\" | main",
        "token.actions.octo.ghe.com | ref | \"ref\":\"refs/heads/main\" | refs/heads/main",
        "github.com/enterprises/octo | actor_id | \"actor_id\":\"7\" | 7",
        "oidc.circleci.com/org/1 | oidc.circleci.com/project-id |"
            + " \"oidc.circleci.com/project-id\":\"p\" | p",
        "accounts.google.com | google/organization_number |"
            + " \"google\":{\"organization_number\":5} | 5",
        "idcs-1.identity.oraclecloud.com | rpst_id | \"rpst_id\":\"r\" | r"
      })
  void an_issuer_that_aws_knows_has_the_keys_of_aws_alone(
      String url, String key, String claim, String value) {
    Context context = context(url, claim + ",\"other\":\"x\"");
    assertThat(context.get(url + ":" + key)).hasValue(new Single(value));
    assertThat(context.get(url + ":other")).isEmpty();
  }

  @Test
  void a_key_of_aws_has_one_value_or_none() {
    Context context = context("gitlab.com", "\"project_id\":[\"1\"],\"user_id\":null");
    assertThat(context.get("gitlab.com:project_id")).isEmpty();
    assertThat(context.get("gitlab.com:user_id")).isEmpty();
  }

  @Test
  void subject_and_audience_are_keys_of_every_issuer_in_any_case() {
    Context context = context("ci.example", "\"amr\":[\"mfa\"],\"email\":\"a@b.c\"");
    assertThat(context.get("CI.example:SUB")).hasValue(new Single("subject"));
    assertThat(context.get("ci.example:aud")).hasValue(new Single("sts.amazonaws.com"));
    assertThat(context.get("ci.example:oaud")).hasValue(new Single("sts.amazonaws.com"));
    assertThat(context.get("ci.example:amr")).hasValue(new Multi(List.of("mfa")));
    assertThat(context.get("ci.example:email")).hasValue(new Single("a@b.c"));
  }

  @Test
  void a_claim_that_differs_in_case_takes_no_verified_one_from_its_place() {
    Context context =
        context("ci.example", "\"Sub\":\"victim\",\"AUD\":\"x\",\"oaud\":\"x\",\"Email\":\"x\"");
    assertThat(context.get("ci.example:sub")).hasValue(new Single("subject"));
    assertThat(context.get("ci.example:aud")).hasValue(new Single("sts.amazonaws.com"));
    assertThat(context.get("ci.example:oaud")).hasValue(new Single("sts.amazonaws.com"));
    assertThat(context.get("ci.example:email")).isEmpty();
  }

  @Test
  void times_and_ids_of_a_token_are_no_keys() {
    Context context = context("ci.example", "\"jti\":\"1\",\"azp\":\"sts.amazonaws.com\"");
    assertThat(context.get("ci.example:jti")).isEmpty();
    assertThat(context.get("ci.example:azp")).isEmpty();
    assertThat(context.get("ci.example:iss")).isEmpty();
    assertThat(context.get("ci.example:exp")).isEmpty();
  }

  private static Context context(String url, String claims) {
    return context(new ConditionClaims(true), url, claims);
  }

  private static Context context(ConditionClaims conditionClaims, String url, String claims) {
    Context.Builder context = Context.builder();
    conditionClaims.put(url, verified("https://" + url, claims).idToken(), context);
    return context.build();
  }

  private static VerifiedClaims verified(String issuer, String claims) {
    Crypto crypto = Crypto.jdk();
    KeyId keyId = new KeyId("k");
    long now = NOON.getEpochSecond();
    String token =
        new TokenSigner(keyId, JwsAlgorithm.RS256, KEY.getPrivate(), crypto)
            .sign(
                JsonObject.parse(
                    """
                    {"iss":"%s","sub":"subject","aud":"sts.amazonaws.com","iat":%d,"exp":%d,%s}
                    """
                        .formatted(issuer, now, now + 300, claims)));
    String keys = Jwk.set(List.of(new Jwk(keyId, JwsAlgorithm.RS256, KEY.getPublic()))).toJson();
    TrustedIssuer trusted =
        new TrustedIssuer(issuer, Set.of("sts.amazonaws.com"), JwkSet.read(keys, crypto));
    PlausibleJwt jwt = (PlausibleJwt) Verifier.examine(token, NOON);
    return ((Verified) Verifier.verify(jwt, trusted)).claims();
  }
}
