package dev.tegata.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.tegata.expression.Value.Fields;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ExpressionTest {
  private static final Vocabulary ALL =
      new Vocabulary(
          Set.of("github", "matrix", "steps", "needs", "env"),
          EnumSet.allOf(Function.class),
          false);
  private static final Vocabulary OF_JOBS =
      new Vocabulary(Set.of(), EnumSet.allOf(Function.class), true);
  private static final String CONTEXTS =
      """
      {
        "github": {
          "ref": "refs/heads/main",
          "with-hyphen": "hyphen",
          "null": null,
          "event": {
            "number": 7,
            "commits": [{"id": "a1", "files": ["x", "y"]}, {"id": "b2", "files": []}]
          }
        },
        "matrix": {"os": "linux", "versions": [1, 2, 3]},
        "steps": {"build": {"outputs": {"version": "1.2", "flag": "true"}}},
        "needs": {"a": {"result": "success"}, "b": {"result": "failure"}},
        "env": {"Path": "mixed"}
      }
      """;

  /// A moment at which all went well.
  private static final class Fine implements Scope {
    private final Fields contexts = (Fields) Json.read(CONTEXTS);

    @Override
    public Value context(String name) {
      Value value = contexts.get(name);
      return name.equals("env") && value instanceof Fields fields
          ? new Fields(fields.members(), true)
          : value;
    }

    @Override
    public boolean success(List<String> jobs) {
      return !jobs.contains("broken");
    }

    @Override
    public boolean failure(List<String> jobs) {
      return jobs.contains("broken");
    }

    @Override
    public boolean cancelled() {
      return false;
    }

    @Override
    public String hashFiles(List<String> patterns) {
      return "hash of " + String.join(" ", patterns);
    }
  }

  static List<Arguments> expressions() throws IOException {
    return Files.readAllLines(Path.of("src/test/resources/vectors/expression/expressions.tsv"))
        .stream()
        .filter(line -> !line.startsWith("#"))
        .map(line -> line.split("\t", 2))
        .map(columns -> Arguments.of(columns[0], columns[1]))
        .toList();
  }

  @ParameterizedTest(name = "{0} gives {1}")
  @MethodSource("expressions")
  void an_expression_gives_its_value_or_says_what_is_wrong(String expression, String expected) {
    if (expected.startsWith("error: ")) {
      assertThatThrownBy(() -> evaluate(expression))
          .isInstanceOf(ExpressionException.class)
          .hasMessageContaining(expected.substring("error: ".length()));
    } else {
      assertThat(Json.write(evaluate(expression))).isEqualTo(Json.write(Json.read(expected)));
    }
  }

  private static Value evaluate(String expression) {
    return Evaluation.of(Parser.parse(expression, ALL), new Fine());
  }

  @Test
  void success_and_failure_can_be_asked_about_single_jobs_where_jobs_are() {
    assertThat(Condition.parse("success('fine')", OF_JOBS).holds(new Fine())).isTrue();
    assertThat(Condition.parse("failure('broken')", OF_JOBS).holds(new Fine())).isTrue();
    assertThat(Condition.parse("success('broken')", OF_JOBS).holds(new Fine())).isFalse();
  }

  @Test
  void an_expression_of_the_greatest_length_is_read_and_a_longer_one_is_not() {
    String longest = "'" + "x".repeat(Parser.MAX_LENGTH - 2) + "'";
    assertThat(evaluate(longest).text()).hasSize(Parser.MAX_LENGTH - 2);
    assertThatThrownBy(() -> evaluate(longest + " "))
        .hasMessage("the expression is longer than 21000 characters");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("chains")
  void nesting_is_bounded_in_every_direction(String before, String middle, String after) {
    String shallow = before.repeat(40) + middle + after.repeat(40);
    evaluate(shallow);
    String deep = before.repeat(60) + middle + after.repeat(60);
    assertThatThrownBy(() -> evaluate(deep))
        .hasMessage("the expression is nested more than 50 deep");
  }

  static List<Arguments> chains() {
    return List.of(
        Arguments.of("(", "1", ")"),
        Arguments.of("!", "1", ""),
        Arguments.of("", "github", ".x"),
        Arguments.of("", "github", "[0]"),
        Arguments.of("github[", "1", "]"),
        Arguments.of("contains(1, ", "1", ")"),
        Arguments.of("", "1", " == 1"),
        Arguments.of("", "1", " < 1"));
  }

  @Test
  void many_operands_of_one_operator_are_not_nested() {
    assertThat(evaluate("1" + " && 1".repeat(1000)).text()).isEqualTo("1");
    assertThat(evaluate("0" + " || 0".repeat(1000)).text()).isEqualTo("0");
  }

  @Test
  void the_text_that_an_expression_makes_is_bounded() {
    String grown = "'" + "x".repeat(400) + "'";
    for (int i = 0; i < 20; i++) {
      grown = "format('{0}{0}{0}{0}', " + grown + ")";
    }
    String bomb = grown;
    assertThatThrownBy(() -> evaluate(bomb)).hasMessageContaining("characters of text");
  }

  @FuzzTest(maxDuration = "60s")
  @Tag("fuzz")
  void any_text_is_read_and_evaluated_or_refused(FuzzedDataProvider data) {
    String text = data.consumeRemainingAsString();
    try {
      Value value = evaluate(text);
      assertThat(value.isTruthy()).isEqualTo(evaluate("!!(" + text + ")").isTruthy());
      Template.parse("a ${{ " + text + " }} b", ALL);
      Condition.parse(text, ALL).holds(new Fine());
    } catch (ExpressionException e) {
      assertThat(e.getMessage()).isNotBlank();
    }
  }
}
