package dev.tegata.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tegata.expression.Value.Fields;
import dev.tegata.expression.Value.Num;
import dev.tegata.expression.Value.Text;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TemplateTest {
  private static final Vocabulary MATRIX =
      new Vocabulary(Set.of("matrix"), EnumSet.allOf(Function.class), false);

  /// One row of a matrix, after something has failed or not.
  private record Row(boolean success) implements Scope {
    @Override
    public Value context(String name) {
      return Fields.of(Map.of("os", new Text("linux"), "version", new Num(3)));
    }

    @Override
    public boolean success(List<String> jobs) {
      return success;
    }

    @Override
    public boolean failure(List<String> jobs) {
      return !success;
    }

    @Override
    public boolean cancelled() {
      return false;
    }

    @Override
    public String hashFiles(List<String> patterns) {
      return "";
    }
  }

  private static String text(String template) {
    return Template.parse(template, MATRIX).text(new Row(true));
  }

  private static boolean holds(String condition, boolean success) {
    return Condition.parse(condition, MATRIX).holds(new Row(success));
  }

  @Test
  void expressions_are_put_into_the_text_around_them() {
    assertThat(text("on ${{ matrix.os }}, ${{matrix.version}}!")).isEqualTo("on linux, 3!");
  }

  @Test
  void a_text_without_expressions_stays_as_it_is() {
    assertThat(text("echo {0} }} $HOME '")).isEqualTo("echo {0} }} $HOME '");
  }

  @Test
  void braces_around_expressions_are_text() {
    assertThat(text("{${{ matrix.os }}} {1}")).isEqualTo("{linux} {1}");
  }

  @Test
  void a_closing_brace_in_a_string_does_not_close_the_expression() {
    assertThat(text("${{ format('}} {0}', matrix.os) == 'x' }}-${{ '''}}' }}"))
        .isEqualTo("false-'}}");
  }

  @Test
  void a_lone_expression_keeps_the_kind_of_its_value() {
    assertThat(Template.parse(" ${{ matrix.version }} ", MATRIX).value(new Row(true)))
        .isEqualTo(new Num(3));
    assertThat(Template.parse("v${{ matrix.version }}", MATRIX).value(new Row(true)))
        .isEqualTo(new Text("v3"));
  }

  @Test
  void an_object_is_no_text() {
    assertThatThrownBy(() -> text("${{ matrix }}"))
        .hasMessage(
            "`${{ matrix }}` gives an object where a text is expected; `toJSON` makes one of it");
    assertThat(text("all: ${{ matrix }}")).isEqualTo("all: Object");
  }

  @Test
  void an_expression_that_is_not_closed_is_refused() {
    assertThatThrownBy(() -> text("${{ matrix.os }")).hasMessage("a `${{` is not closed by `}}`");
  }

  @Test
  void a_fault_shows_the_expression_that_it_is_in() {
    assertThatThrownBy(() -> text("a ${{ matrix.os }} b ${{ matirx.os }}"))
        .hasMessage(
            "in `${{ matirx.os }}`: `matirx` is no context that can be used here: did you mean"
                + " `matrix`?");
  }

  @Test
  void a_condition_that_asks_no_status_holds_only_when_all_went_well() {
    assertThat(holds("matrix.os == 'linux'", true)).isTrue();
    assertThat(holds("matrix.os == 'linux'", false)).isFalse();
    assertThat(holds("${{ matrix.os == 'linux' }}", false)).isFalse();
    assertThat(holds("", false)).isFalse();
  }

  @Test
  void a_condition_that_asks_for_a_status_is_taken_as_it_is() {
    assertThat(holds("always()", false)).isTrue();
    assertThat(holds("matrix.os == 'linux' && failure()", false)).isTrue();
    assertThat(holds("${{ !cancelled() }}", false)).isTrue();
    assertThat(holds("failure()", true)).isFalse();
  }

  @Test
  void a_condition_of_which_only_a_part_is_an_expression_is_a_text_and_true() {
    assertThat(holds("${{ matrix.os }} == 'darwin'", true)).isTrue();
  }

  @Test
  void a_tree_evaluates_every_template_in_it() {
    Template template = Template.parse("${{ matrix.os }}", MATRIX);
    var members = new LinkedHashMap<String, TemplateTree>();
    members.put("os", new TemplateTree.Items(List.of(new TemplateTree.Leaf(template))));
    assertThat(Json.write(new TemplateTree.Members(members).value(new Row(true))))
        .isEqualTo("{\n  \"os\": [\n    \"linux\"\n  ]\n}");
  }

  @Test
  void the_nearest_word_is_offered_only_when_it_is_near() {
    assertThat(Nearest.to("permisions", List.of("permissions", "env"))).contains("permissions");
    assertThat(Nearest.to("on", List.of("or", "jobs"))).contains("or");
    assertThat(Nearest.to("enviroment", List.of("env", "environment"))).contains("environment");
    assertThat(Nearest.to("xyz", List.of("permissions", "env"))).isEmpty();
    assertThat(Nearest.to("x".repeat(10_000), List.of("env"))).isEmpty();
  }
}
