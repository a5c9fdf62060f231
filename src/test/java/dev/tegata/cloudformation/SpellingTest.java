package dev.tegata.cloudformation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpellingTest {
  private static final Set<String> KNOWN = Set.of("Path", "Policies", "RoleName", "Tags");

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "rolename, RoleName",
    "RolName, RoleName",
    "RoleNames, RoleName",
    "Policy, ",
    "Polices, Policies",
    "Tag, Tags",
    "Pth, Path",
    "Description, ",
    "'', "
  })
  void a_near_name_is_suggested_and_a_far_one_is_not(String wrong, @Nullable String meant) {
    assertThat(Spelling.suggestion(wrong, KNOWN))
        .isEqualTo(meant == null ? "" : ", did you mean `" + meant + "`?");
  }
}
