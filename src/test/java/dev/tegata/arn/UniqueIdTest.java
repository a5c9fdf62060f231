package dev.tegata.arn;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UniqueIdTest {
  private static final Arn NAME = Arn.parse("arn:aws:iam::aws:policy/AdministratorAccess");

  @Test
  void what_has_one_id_everywhere_has_one_of_its_kind_that_holds_no_account() {
    UniqueId id = UniqueId.derived(UniqueId.Kind.ANPA, NAME);

    assertThat(id.text()).matches("ANPAI[A-Z2-7]{16}");
    assertThat(id.account()).isEmpty();
    assertThat(id).isEqualTo(UniqueId.derived(UniqueId.Kind.ANPA, NAME));
    assertThat(id).isNotEqualTo(UniqueId.derived(UniqueId.Kind.ANPA, Arn.parse(NAME + "2")));
  }
}
