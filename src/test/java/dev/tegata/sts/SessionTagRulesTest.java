package dev.tegata.sts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SessionTagRulesTest {

  @ParameterizedTest(name = "{0} = {1} is a tag: {2}")
  @CsvSource({
    "Team, core, true",
    "Team, '', true",
    "'', core, false",
    "Täam/a:b=c+d-e@f_g.h, 'ein Wert', true",
    "Team, a*b, false",
    "Te*m, core, false",
    "Team, 'a\tb', false",
    "Team, 'a\"b', false",
  })
  void a_tag_has_the_characters_that_a_tag_may_have(String key, String value, boolean isTag) {
    assertThat(SessionTagRules.admit(Map.of(key, value))).isEqualTo(isTag);
  }

  @Test
  void keys_and_values_have_their_length() {
    assertThat(SessionTagRules.admit(Map.of("k".repeat(128), "v".repeat(256)))).isTrue();
    assertThat(SessionTagRules.admit(Map.of("k".repeat(129), "v"))).isFalse();
    assertThat(SessionTagRules.admit(Map.of("k", "v".repeat(257)))).isFalse();
  }

  @Test
  void fifty_tags_fit_and_one_more_does_not() {
    SequencedMap<String, String> tags = new LinkedHashMap<>();
    for (int i = 0; i < 50; i++) {
      tags.put("k" + i, "v");
    }
    assertThat(SessionTagRules.admit(tags)).isTrue();
    tags.put("k50", "v");
    assertThat(SessionTagRules.admit(tags)).isFalse();
  }

  @Test
  void two_keys_differ_in_more_than_case() {
    assertThat(SessionTagRules.admit(Map.of("team", "a", "Team", "b"))).isFalse();
  }

  @ParameterizedTest(name = "{0} is a source identity: {1}")
  @CsvSource({"mona, true", "a, false", "mona@octo-org.example, true", "'mona lisa', false"})
  void a_source_identity_is_a_name(String name, boolean isName) {
    assertThat(SessionTagRules.admitSourceIdentity(name)).isEqualTo(isName);
  }
}
