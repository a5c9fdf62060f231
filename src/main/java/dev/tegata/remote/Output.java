package dev.tegata.remote;

import dev.tegata.json.JsonValue.JsonObject;
import java.io.PrintWriter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/// How to print what a server answered: as text for people, or as it came for programs.
final class Output {
  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      scope = ScopeType.INHERIT,
      defaultValue = "text",
      description = "text or json; ${DEFAULT-VALUE} if left out.")
  private Format format = Format.TEXT;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec = CommandSpec.create();

  enum Format {
    TEXT,
    JSON
  }

  /// Prints a line for people at once, while there is more to do.
  void tell(String line) {
    if (format == Format.TEXT) {
      PrintWriter out = spec.commandLine().getOut();
      out.println(line);
      out.flush();
    }
  }

  /// Prints `text`, which ends its lines itself, or in its place `answer`.
  void print(JsonObject answer, String text) {
    PrintWriter out = spec.commandLine().getOut();
    out.print(
        switch (format) {
          case JSON -> Json.pretty(answer.toJson());
          case TEXT -> text;
        });
    out.flush();
  }
}
