package dev.tegata.credentials;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PasswordTest {
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

  private static PasswordHash hash(int number) {
    return new PasswordHash("00", "%04x".formatted(number), 1);
  }

  @Test
  void a_hash_knows_its_password_and_tells_nothing_of_it() {
    PasswordHash hash = PasswordHash.create("Correct-horse-1", new Random(1));
    assertThat(hash.matches(hash.of("Correct-horse-1"))).isTrue();
    assertThat(hash.matches(hash.of("Correct-horse-2"))).isFalse();
    assertThat(hash.hash()).hasSize(128);
    assertThat(hash.rounds()).isEqualTo(210_000);
    assertThat(hash).hasToString("PasswordHash[hidden]");
  }

  @Test
  void hashes_of_different_logins_never_match() {
    assertThat(hash(1).matches(new PasswordHash("01", "0001", 1))).isFalse();
    assertThat(hash(1).matches(new PasswordHash("00", "0001", 2))).isFalse();
    assertThat(hash(1).matches(hash(1))).isTrue();
  }

  @Test
  void a_login_remembers_its_last_passwords() {
    Login login = new Login(NOON, NOON, false, hash(0), List.of());
    for (int i = 1; i <= 30; i++) {
      login = login.withPassword(hash(i), NOON.plusSeconds(i));
    }
    assertThat(login.hadLately(hash(30), 1)).isTrue();
    assertThat(login.hadLately(hash(29), 1)).isFalse();
    assertThat(login.hadLately(hash(30), 0)).isFalse();
    assertThat(login.hadLately(hash(7), 24)).isTrue();
    assertThat(login.hadLately(hash(6), 24)).isFalse();
    assertThat(login.earlier()).hasSize(23);
    assertThat(login.changed()).isEqualTo(NOON.plusSeconds(30));
  }

  @Test
  void an_account_without_rules_asks_for_eight_characters_of_three_kinds() {
    assertThat(PasswordRules.defaultComplaint("Abcdef7"))
        .hasValueSatisfying(
            text -> assertThat(text).isEqualTo("Password should have a minimum length of 8"));
    assertThat(PasswordRules.defaultComplaint("Abcdefg7")).isEmpty();
    assertThat(PasswordRules.defaultComplaint("abcdefg!7")).isEmpty();
    assertThat(PasswordRules.defaultComplaint("abcdefgh"))
        .contains(
            "Password should meet 2 more of the following requirements: Password should have at"
                + " least one uppercase letter, Password should have at least one number, Password"
                + " should have at least one symbol");
  }

  @Test
  void only_the_symbols_that_iam_names_are_symbols() {
    PasswordRules rules = new PasswordRules(6, true, false, false, false, false, null, null, null);
    assertThat(rules.complaint("abcdef~")).contains("Password should have at least one symbol");
    assertThat(rules.complaint("abcdef'")).isEmpty();
    assertThat(rules.complaint("abcdéf")).isPresent();
  }
}
