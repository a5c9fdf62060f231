package dev.tegata.runner;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkflowCommandTest {

  private static WorkflowCommand command(String name, Map<String, String> properties, String data) {
    return new WorkflowCommand(name, properties, data);
  }

  @Test
  void a_command_has_a_name_properties_and_data() {
    assertThat(WorkflowCommand.parse("::error file=a.sh,line=3::went wrong"))
        .contains(command("error", Map.of("file", "a.sh", "line", "3"), "went wrong"));
    assertThat(WorkflowCommand.parse("   ::endgroup::"))
        .contains(command("endgroup", Map.of(), ""));
    assertThat(WorkflowCommand.parse("::Set-Output name=a::b::c"))
        .contains(command("set-output", Map.of("name", "a"), "b::c"));
  }

  @Test
  void what_is_escaped_is_unescaped_once() {
    assertThat(WorkflowCommand.parse("::warning title=a%3A%2C%25%0A::x%0D%0Ay%25%3A%253A"))
        .contains(command("warning", Map.of("title", "a:,%\n"), "x\r\ny%%3A%3A"));
    assertThat(WorkflowCommand.parse("::warning title=%253A::"))
        .contains(command("warning", Map.of("title", "%3A"), ""));
  }

  @Test
  void the_older_form_may_stand_anywhere_in_a_line() {
    assertThat(WorkflowCommand.parse("12:00 ##[set-output name=a;x=y%3Bz%5D]value%3B"))
        .contains(command("set-output", Map.of("name", "a", "x", "y;z]"), "value;"));
  }

  @Test
  void a_property_without_a_value_is_none() {
    assertThat(WorkflowCommand.parse("::error file=,line,=3, col=4::x"))
        .contains(command("error", Map.of("col", "4"), "x"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "::",
        "::::",
        "text",
        "a ::error::b",
        "::error",
        "::unknown::x",
        "##[unknown]x",
        "##[error",
        ":: error::x"
      })
  void anything_else_is_text(String line) {
    assertThat(WorkflowCommand.parse(line)).isEqualTo(Optional.empty());
  }

  @FuzzTest(maxDuration = "60s")
  @Tag("fuzz")
  void any_line_is_a_command_of_a_known_name_or_text(FuzzedDataProvider data) {
    WorkflowCommand.parse(data.consumeRemainingAsString())
        .ifPresent(command -> assertThat(WorkflowCommand.isName(command.name())).isTrue());
  }
}
