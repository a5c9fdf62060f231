package dev.tegata.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShellTest {

  @ParameterizedTest(name = "{0} is {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "^^ | bash -e {0} | .sh",
        "bash | bash --noprofile --norc -e -o pipefail {0} | .sh",
        "sh | sh -e {0} | .sh",
        "python | python {0} | .py",
        "pwsh | pwsh -command . '{0}' | .ps1",
        "perl {0} | perl {0} | ^^",
        "\"my shell\" -x \"a {0} b\" | my shell -x a {0} b | ^^"
      })
  void a_shell_has_its_command(String name, String words, String extension) {
    Shell shell = Shell.of(name, true);
    assertThat(String.join(" ", shell.words())).isEqualTo(words);
    assertThat(shell.extension()).isEqualTo(extension);
  }

  @Test
  void without_bash_a_step_that_names_no_shell_gets_sh() {
    assertThat(Shell.of("", false).words()).containsExactly("sh", "-e", "{0}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"fish", "perl -x", "{0}"})
  void what_has_no_place_for_the_script_is_no_shell(String name) {
    assertThatThrownBy(() -> Shell.of(name, true))
        .hasMessageStartingWith("Invalid shell option. Shell must be a valid built-in");
  }

  @Test
  void the_program_is_looked_up_on_the_path_of_the_step() {
    assertThat(Shell.of("sh", true).command(Path.of("/tmp/x.sh"), "/nowhere::/bin"))
        .isEqualTo(List.of("/bin/sh", "-e", "/tmp/x.sh"));
    assertThatThrownBy(() -> Shell.of("sh", true).command(Path.of("/x"), "/nowhere"))
        .hasMessage("the shell `sh` is not on the PATH");
  }

  @Test
  void scripts_get_what_their_shell_needs() {
    assertThat(Shell.of("bash", true).content("a\r\nb")).isEqualTo("a\nb");
    assertThat(Shell.of("pwsh", true).content("ls"))
        .startsWith("$ErrorActionPreference = 'stop'\nls\n")
        .endsWith("exit $LASTEXITCODE }\n");
    assertThat(Shell.of("cmd", true).content("dir")).isEqualTo("@echo off\ndir");
  }
}
