package dev.tegata.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import picocli.CommandLine;

/// Runs commands in this process.
final class Tegata {
  private Tegata() {}

  /// What a command printed, and its exit status.
  record Output(int status, String out, String err) {}

  static Output run(Object... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine line = Main.commandLine();
    line.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    String[] texts = Arrays.stream(arguments).map(Object::toString).toArray(String[]::new);
    return new Output(line.execute(texts), out.toString(), err.toString());
  }
}
