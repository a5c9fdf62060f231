package dev.tegata.arn;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CanonicalUserIdTest {
  @Test
  void an_account_has_one_and_no_other_has_it() {
    CanonicalUserId id = CanonicalUserId.of(new AccountId("123456789012"));
    assertThat(id.digits()).matches("[0-9a-f]{64}");
    assertThat(CanonicalUserId.of(new AccountId("123456789012"))).isEqualTo(id);
    assertThat(CanonicalUserId.of(new AccountId("123456789013"))).isNotEqualTo(id);
  }
}
