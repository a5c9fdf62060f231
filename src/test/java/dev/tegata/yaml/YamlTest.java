package dev.tegata.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.tegata.yaml.Node.Mapping;
import dev.tegata.yaml.Node.Place;
import dev.tegata.yaml.Node.Scalar;
import dev.tegata.yaml.Node.ScalarType;
import dev.tegata.yaml.Node.Sequence;
import java.util.Collections;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class YamlTest {

  private static Node value(String text) {
    return ((Mapping) Yaml.read("key: " + text)).get("key").orElseThrow();
  }

  @Test
  void every_node_knows_its_place() {
    Mapping root = (Mapping) Yaml.read("a: 1\nb:\n  - x\n  - c: y\n");
    assertThat(root.place()).isEqualTo(new Place(1, 1));
    assertThat(root.entries().get(1).key().place()).isEqualTo(new Place(2, 1));
    Sequence list = (Sequence) root.get("b").orElseThrow();
    assertThat(list.items())
        .extracting(Node::place)
        .containsExactly(new Place(3, 5), new Place(4, 5));
  }

  @ParameterizedTest(name = "{0} is {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "text | STRING",
        "'1' | STRING",
        "\"true\" | STRING",
        "yes | STRING",
        "on | STRING",
        "1.2.3 | STRING",
        "1 | NUMBER",
        "0x1F | NUMBER",
        "0o17 | NUMBER",
        "-1.5e3 | NUMBER",
        ".inf | NUMBER",
        "true | BOOLEAN",
        "False | BOOLEAN",
        "null | NULL",
        "~ | NULL",
        "`` | NULL"
      })
  void a_plain_scalar_is_what_the_core_schema_says(String text, ScalarType type) {
    assertThat(((Scalar) value(text)).type()).isEqualTo(type);
  }

  @Test
  void json_is_read_too() {
    Mapping root = (Mapping) Yaml.read("{\"a\": [1, \"x\", null], \"b\": {}}");
    assertThat(root.get("a").orElseThrow().kind()).isEqualTo("a list");
    assertThat(root.get("b").orElseThrow().kind()).isEqualTo("a mapping");
    assertThat(root.get("c")).isEmpty();
  }

  @Test
  void local_tags_are_kept() {
    assertThat(value("!Sub hello").tag()).isEqualTo("!Sub");
    assertThat(value("!GetAtt [a, b]").tag()).isEqualTo("!GetAtt");
    assertThat(value("plain").tag()).isEmpty();
  }

  @Test
  void an_alias_stands_for_what_it_names() {
    Mapping root = (Mapping) Yaml.read("a: &x [1, 2]\nb: *x\n");
    assertThat(root.get("b")).isEqualTo(root.get("a"));
  }

  @Test
  void lines_of_a_block_keep_their_breaks() {
    assertThat(((Scalar) value("|\n  one\n  two\n")).text()).isEqualTo("one\ntwo\n");
  }

  @ParameterizedTest(name = "{1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "a: 1\\na: 2 | 2:1: the key `a` occurs twice",
        "'' | 1:1: the document is empty",
        "# only words | 1:1: the document is empty",
        "[a]: 1 | 1:1: a key is a scalar, not a list",
        "a: &x [*x] | 1:4: the alias leads back into itself",
        "a: [1 | 1:6: expected ',' or ']', but got <stream end>",
        "a: *nobody | 1:4: found undefined alias nobody",
        "a: b: c | 1:5: mapping values are not allowed here"
      })
  void what_is_wrong_is_said_with_its_place(String text, String message) {
    assertThatThrownBy(() -> Yaml.read(text.replace("\\n", "\n")))
        .isInstanceOfSatisfying(
            YamlException.class,
            e -> assertThat(e.place() + ": " + e.getMessage()).isEqualTo(message));
  }

  @Test
  void a_message_can_name_the_file() {
    assertThat(new YamlException(new Place(3, 7), "no").in("a.yml")).isEqualTo("a.yml:3:7: no");
  }

  @Test
  void nesting_size_and_expansion_are_bounded() {
    assertThatThrownBy(() -> Yaml.read("[".repeat(60) + "]".repeat(60)))
        .hasMessageContaining("more than 50 deep");
    assertThatThrownBy(() -> Yaml.read("[".repeat(100_000))).isInstanceOf(YamlException.class);
    assertThatThrownBy(() -> Yaml.read("x".repeat(Yaml.MAX_LENGTH + 1)))
        .hasMessageContaining("longer than 1048576 characters");
    StringBuilder laughs = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 9; i++) {
      String alias = "*a" + (i - 1);
      laughs.append(
          "a%d: &a%d [%s]\n".formatted(i, i, String.join(", ", Collections.nCopies(9, alias))));
    }
    assertThatThrownBy(() -> Yaml.read(laughs.toString())).isInstanceOf(YamlException.class);
  }

  @FuzzTest(maxDuration = "60s")
  @Tag("fuzz")
  void any_text_is_read_or_refused_with_a_place_in_it(FuzzedDataProvider data) {
    String text = data.consumeRemainingAsString();
    try {
      assertThat(Yaml.read(text)).isEqualTo(Yaml.read(text));
    } catch (YamlException e) {
      assertThat(e.place().line()).isPositive();
      assertThat(e.getMessage()).isNotBlank();
    }
  }
}
