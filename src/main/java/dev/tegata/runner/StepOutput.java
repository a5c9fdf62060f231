package dev.tegata.runner;

import dev.tegata.runner.Log.Level;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// Takes what a step prints: most of it goes to the log, and the workflow commands in it are
/// obeyed.
final class StepOutput implements Consumer<String> {
  private static final int MAX_OUTPUT_CHARACTERS = FileCommands.MAX_FILE_BYTES;

  private final Log log;
  private final Masker masker;
  private final boolean debug;
  private final boolean allowsOldCommands;
  private final Map<String, String> outputs = new LinkedHashMap<>();
  private final Map<String, String> env = new LinkedHashMap<>();
  private final List<String> path = new ArrayList<>();
  private String resumeBy = "";
  private boolean echo;
  private boolean failed;
  private int characters;

  StepOutput(Log log, Masker masker, boolean debug, boolean allowsOldCommands) {
    this.log = log;
    this.masker = masker;
    this.debug = debug;
    this.echo = debug;
    this.allowsOldCommands = allowsOldCommands;
  }

  /// Outputs, variables and folders of the PATH that the step has set by commands.
  Map<String, String> outputs() {
    return outputs;
  }

  Map<String, String> env() {
    return env;
  }

  List<String> path() {
    return path;
  }

  /// Whether a command was refused, which fails the step.
  boolean hasFailed() {
    return failed;
  }

  @Override
  public void accept(String line) {
    String text = line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
    if (!resumeBy.isEmpty()) {
      if (text.strip().equals("::" + resumeBy + "::")) {
        resumeBy = "";
      } else {
        log.line(text);
      }
      return;
    }
    WorkflowCommand.parse(text)
        .ifPresentOrElse(command -> obey(command, text), () -> log.line(text));
  }

  private void obey(WorkflowCommand command, String line) {
    switch (command.name()) {
      case "debug" -> {
        if (debug) {
          log.line(Level.DEBUG, command.data());
        }
      }
      case "notice" -> annotate(Level.NOTICE, command);
      case "warning" -> annotate(Level.WARNING, command);
      case "error" -> annotate(Level.ERROR, command);
      case "group" -> log.group(command.data());
      case "endgroup" -> log.endGroup();
      case "add-mask" -> mask(command.data());
      case "stop-commands" -> stop(command.data());
      case "echo" -> echo(command.data());
      case "set-output" -> set(outputs, command, line);
      case "set-env" -> {
        if (isAllowed(command)) {
          set(env, command, line);
        }
      }
      case "add-path" -> {
        if (isAllowed(command)) {
          keep(command.data());
          path.add(command.data());
          echoed(line);
        }
      }
      default -> echoed(line); // matchers and the state of actions have no part in a log
    }
  }

  private void annotate(Level level, WorkflowCommand command) {
    String title = command.property("title");
    String file = command.property("file");
    String at = command.property("line");
    String place = file.isEmpty() ? "" : " (" + file + (at.isEmpty() ? "" : ":" + at) + ")";
    log.line(level, (title.isEmpty() ? "" : title + ": ") + command.data() + place);
  }

  private void mask(String secret) {
    if (secret.isBlank()) {
      log.line(Level.WARNING, "`add-mask` was given nothing to hide");
    } else {
      masker.add(secret);
    }
  }

  /// A token that is itself a command would end the pause by accident.
  private void stop(String token) {
    if (token.isBlank() || WorkflowCommand.isName(token)) {
      refuse("`stop-commands` needs a word that is no command, to go on by, not `" + token + "`");
    } else {
      resumeBy = token.strip();
    }
  }

  private void echo(String value) {
    switch (value.strip()) {
      case "on" -> echo = true;
      case "off" -> echo = false;
      default -> refuse("`echo` is on or off, not `" + value + "`");
    }
  }

  private boolean isAllowed(WorkflowCommand command) {
    if (!allowsOldCommands) {
      refuse(
          "the command `%s` is disabled; write to the file `%s` instead"
              .formatted(
                  command.name(),
                  command.name().equals("set-env") ? "$GITHUB_ENV" : "$GITHUB_PATH"));
    }
    return allowsOldCommands;
  }

  private void set(Map<String, String> values, WorkflowCommand command, String line) {
    String name = command.property("name");
    if (name.isEmpty()) {
      refuse("`%s` needs `name=`".formatted(command.name()));
    } else {
      keep(name + command.data());
      values.put(name, command.data());
      echoed(line);
    }
  }

  private void keep(String text) {
    characters += text.length();
    if (characters > MAX_OUTPUT_CHARACTERS) {
      throw new IllegalArgumentException(
          "commands of one step may set at most %d characters".formatted(MAX_OUTPUT_CHARACTERS));
    }
  }

  private void echoed(String line) {
    if (echo) {
      log.line(line);
    }
  }

  private void refuse(String reason) {
    failed = true;
    log.line(Level.ERROR, reason);
  }
}
