package dev.tegata.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileCommandsTest {

  @Test
  void a_line_sets_a_value() {
    assertThat(FileCommands.pairs("a=1\n\nb=x=y<<z\nc=\na=2"))
        .containsExactly(entry("a", "2"), entry("b", "x=y<<z"), entry("c", ""));
  }

  @Test
  void a_block_keeps_the_breaks_within_it() {
    assertThat(FileCommands.pairs("a<<END\none\n\ntwo = 2\nEND\nb=3\n"))
        .containsExactly(entry("a", "one\n\ntwo = 2"), entry("b", "3"));
    assertThat(FileCommands.pairs("a<<END\nEND\n")).containsExactly(entry("a", ""));
    assertThat(FileCommands.pairs("a<<END\nx\nEND")).containsExactly(entry("a", "x"));
  }

  @Test
  void a_carriage_return_belongs_to_the_value() {
    assertThat(FileCommands.pairs("a=1\r\nb<<E\nx\r\nE\n"))
        .containsExactly(entry("a", "1\r"), entry("b", "x\r"));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "text | Invalid format 'text'",
        "=x | Invalid format '=x'",
        "<<END | Invalid format '<<END'",
        "a<< | Invalid format 'a<<'",
        "a<<END\\nx\\n | Invalid value. Matching delimiter not found 'END'",
        "a<<END\\nx | Invalid value. EOF marker missing new line."
      })
  void what_has_no_form_is_refused(String text, String message) {
    assertThatThrownBy(() -> FileCommands.pairs(text.replace("\\n", "\n"))).hasMessage(message);
  }

  @Test
  void a_file_that_is_gone_says_nothing_and_one_that_is_too_large_is_refused(@TempDir Path folder)
      throws IOException {
    assertThat(FileCommands.content(folder.resolve("gone"), 3)).isEmpty();
    Path file = Files.writeString(folder.resolve("file"), "abcd");
    assertThat(FileCommands.content(file, 4)).isEqualTo("abcd");
    assertThatThrownBy(() -> FileCommands.content(file, 3))
        .hasMessage("the file has 4 bytes, and may have 3");
  }

  @FuzzTest(maxDuration = "60s")
  @Tag("fuzz")
  void any_text_is_read_or_refused(FuzzedDataProvider data) {
    String text = data.consumeRemainingAsString();
    try {
      assertThat(FileCommands.pairs(text).keySet()).doesNotContain("");
    } catch (IllegalArgumentException e) {
      assertThat(e).hasMessageStartingWith("Invalid ");
    }
  }
}
