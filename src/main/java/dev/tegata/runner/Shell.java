package dev.tegata.runner;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The program that runs a script: the words of its command, and the script's file ending.
///
/// Source:
/// <https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idstepsshell>
record Shell(List<String> words, String extension) {
  private static final String PLACE = "{0}";

  Shell {
    words = List.copyOf(words);
  }

  /// The shell of that name, or of that format. An empty name is that of a step that names none: it
  /// gets bash if there is one, but, other than by the name `bash`, without `pipefail`.
  ///
  /// @throws IllegalArgumentException when `name` is no shell
  static Shell of(String name, boolean hasBash) {
    return switch (name) {
      case "" -> new Shell(List.of(hasBash ? "bash" : "sh", "-e", PLACE), ".sh");
      case "bash" ->
          new Shell(List.of("bash", "--noprofile", "--norc", "-e", "-o", "pipefail", PLACE), ".sh");
      case "sh" -> new Shell(List.of("sh", "-e", PLACE), ".sh");
      case "python" -> new Shell(List.of("python", PLACE), ".py");
      case "pwsh", "powershell" -> new Shell(List.of(name, "-command", ". '{0}'"), ".ps1");
      case "cmd" ->
          new Shell(List.of("cmd", "/D", "/E:ON", "/V:OFF", "/S", "/C", "CALL \"{0}\""), ".cmd");
      default -> custom(name);
    };
  }

  private static Shell custom(String format) {
    List<String> words = split(format);
    if (words.size() < 2 || words.stream().skip(1).noneMatch(word -> word.contains(PLACE))) {
      throw new IllegalArgumentException(
          "Invalid shell option. Shell must be a valid built-in (bash, sh, cmd, powershell, pwsh)"
              + " or a format string containing '{0}'");
    }
    return new Shell(words, "");
  }

  /// The words of `format`; double quotes hold one together.
  private static List<String> split(String format) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    boolean quoted = false;
    boolean begun = false;
    for (int i = 0; i < format.length(); i++) {
      char c = format.charAt(i);
      if (c == '"') {
        quoted = !quoted;
        begun = true;
      } else if (!quoted && Character.isWhitespace(c)) {
        if (begun) {
          words.add(word.toString());
        }
        word.setLength(0);
        begun = false;
      } else {
        word.append(c);
        begun = true;
      }
    }
    if (begun) {
      words.add(word.toString());
    }
    return words;
  }

  /// What goes into the file for `script`. PowerShell is told to stop at an error, and to end as
  /// the last program in it did.
  String content(String script) {
    String text = script.replace("\r\n", "\n");
    return switch (extension) {
      case ".ps1" ->
          "$ErrorActionPreference = 'stop'\n"
              + text
              + "\nif ((Test-Path -LiteralPath variable:\\LASTEXITCODE)) { exit $LASTEXITCODE }\n";
      case ".cmd" -> "@echo off\n" + text;
      default -> text;
    };
  }

  /// The command that runs `script`, its program looked up on `path`.
  ///
  /// @throws IllegalArgumentException when the program is not there
  List<String> command(Path script, String path) {
    List<String> command = new ArrayList<>();
    command.add(
        find(words.getFirst(), path)
            .orElseThrow(() ->
                new IllegalArgumentException(
                    "the shell `%s` is not on the PATH".formatted(words.getFirst()))));
    words.stream()
        .skip(1)
        .map(word -> word.replace(PLACE, script.toString()))
        .forEach(command::add);
    return command;
  }

  /// The program of that name, as the first folder of `path` has it.
  static Optional<String> find(String program, String path) {
    if (program.contains("/")) {
      return Optional.of(program);
    }
    return BaseEnvironment.folders(path).stream()
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder, program))
        .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
        .map(Path::toString)
        .findFirst();
  }
}
