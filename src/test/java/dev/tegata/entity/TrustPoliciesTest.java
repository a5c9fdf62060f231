package dev.tegata.entity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tegata.arn.AccountId;
import dev.tegata.arn.UniqueId;
import dev.tegata.policy.Policy;
import dev.tegata.policy.PolicyKind;
import dev.tegata.store.EntityName;
import dev.tegata.store.Role;
import dev.tegata.store.Role.Permissions;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import org.junit.jupiter.api.Test;

class TrustPoliciesTest {
  private static final AccountId ACCOUNT = new AccountId("123456789012");
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
  private static final Role GONE =
      new Role(
          new UniqueId("AROARZPUZDIKNAAAAAAAA"),
          new EntityName(ACCOUNT, "/", "ci"),
          NOON,
          Policy.parse(
              PolicyKind.TRUST,
              """
              {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"sts:AssumeRole",\
              "Principal":{"AWS":"123456789012"}}]}\
              """),
          "",
          Duration.ofHours(1),
          new LinkedHashMap<>(),
          Permissions.none());

  private static Policy trust(String principal) {
    return Policy.parse(
        PolicyKind.TRUST,
        """
        {"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"sts:AssumeRole",\
        "Principal":%s,"Condition":{"ArnLike":{"aws:PrincipalArn":\
        "arn:aws:iam::123456789012:role/ci"}}}}\
        """
            .formatted(principal));
  }

  @Test
  void a_role_that_is_gone_is_named_by_its_id_where_it_was_a_principal() {
    Policy before = trust("{\"AWS\":[\"123456789012\",\"arn:aws:iam::123456789012:role/ci\"]}");
    assertThat(TrustPolicies.names(before, GONE.arn())).isTrue();
    assertThat(TrustPolicies.with(before, GONE.arn().toString(), GONE.id().text()))
        .isEqualTo(trust("{\"AWS\":[\"123456789012\",\"AROARZPUZDIKNAAAAAAAA\"]}"));
  }

  @Test
  void a_role_that_only_a_condition_names_is_no_principal() {
    assertThat(TrustPolicies.names(trust("{\"AWS\":\"123456789012\"}"), GONE.arn())).isFalse();
    assertThat(TrustPolicies.names(trust("\"*\""), GONE.arn())).isFalse();
  }
}
