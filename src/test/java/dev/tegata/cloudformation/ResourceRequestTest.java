package dev.tegata.cloudformation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tegata.cloudformation.ResourceRequest.NameSource;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResourceRequestTest {
  @ParameterizedTest(name = "{0} and {1} in {2}: {3}")
  @CsvSource({
    "ci, Deploy, 64, ci-Deploy-",
    "ci, Deploy, 22, ci-Deploy-",
    "ci, Deploy, 21, ci-Deplo-",
    "a-long-stack-name, Id, 24, a-long-s-Id-",
    "ci, AnEvenLongerLogicalId, 24, ci-AnEvenLo-",
    "a-long-stack-name, AnEvenLongerLogicalId, 24, a-lon-AnEve-",
  })
  void a_generated_name_is_cut_to_fit(String stack, String id, int maxLength, String start) {
    String name = new NameSource(stack, new Random(1)).generate(id, maxLength);
    assertThat(name).startsWith(start).hasSizeLessThanOrEqualTo(maxLength);
    assertThat(name.substring(start.length())).matches("[A-Z0-9]{12}");
  }

  @Test
  void no_two_generated_names_are_the_same() {
    NameSource names = new NameSource("ci", new Random(1));
    assertThat(names.generate("Deploy", 64)).isNotEqualTo(names.generate("Deploy", 64));
  }

  @ParameterizedTest
  @CsvSource({"1ci", "my_stack", "''"})
  void a_stack_name_is_a_letter_and_then_letters_digits_and_hyphens(String name) {
    assertThatThrownBy(() -> new Settings(Cloud.ACCOUNT, "eu-central-1", name, Map.of()))
        .hasMessageContaining("not `" + name + "`");
  }
}
