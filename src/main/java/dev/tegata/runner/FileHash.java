package dev.tegata.runner;

import dev.tegata.expression.ExpressionException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/// `hashFiles`: the SHA-256 of the SHA-256s of the files under `workspace` that the patterns take
/// in, in the order of their paths.
///
/// A later pattern overrules an earlier one, and one that begins with `!` takes files out. A
/// pattern that fits a folder takes in all that is under it.
///
/// Source:
/// <https://docs.github.com/en/actions/reference/workflows-and-actions/expressions#hashfiles>
record FileHash(Path workspace) {

  String of(List<String> patterns) {
    List<Rule> rules = new ArrayList<>();
    for (String pattern : patterns) {
      pattern
          .lines()
          .map(String::strip)
          .filter(line -> !line.isEmpty())
          .map(Rule::of)
          .forEach(rules::add);
    }
    try (Stream<Path> walk = Files.walk(workspace)) {
      List<Path> files =
          walk.filter(Files::isRegularFile)
              .filter(file -> isTaken(workspace.relativize(file), rules))
              .sorted()
              .toList();
      if (files.isEmpty()) {
        return "";
      }
      MessageDigest all = sha256();
      for (Path file : files) {
        all.update(hash(file));
      }
      return HexFormat.of().formatHex(all.digest());
    } catch (IOException | UncheckedIOException e) {
      throw new ExpressionException("`hashFiles` cannot read the workspace: " + e.getMessage());
    }
  }

  private static boolean isTaken(Path file, List<Rule> rules) {
    boolean taken = false;
    for (Rule rule : rules) {
      taken = rule.covers(file) ? rule.takes() : taken;
    }
    return taken;
  }

  private static byte[] hash(Path file) throws IOException {
    MessageDigest digest = sha256();
    try (var in = new DigestInputStream(Files.newInputStream(file), digest)) {
      in.transferTo(OutputStream.nullOutputStream());
    }
    return digest.digest();
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /// A pattern. `**/` also stands for no folder at all, for which Java's globs need a group.
  private record Rule(boolean takes, PathMatcher matcher) {

    static Rule of(String line) {
      boolean takes = !line.startsWith("!");
      String pattern = (takes ? line : line.substring(1)).strip();
      while (pattern.startsWith("./") || pattern.startsWith("/")) {
        pattern = pattern.substring(pattern.indexOf('/') + 1);
      }
      if (pattern.endsWith("/")) {
        pattern = pattern.substring(0, pattern.length() - 1);
      }
      String glob = pattern.replace("{", "\\{").replace("}", "\\}").replace("**/", "{**/,}");
      try {
        return new Rule(takes, FileSystems.getDefault().getPathMatcher("glob:" + glob));
      } catch (PatternSyntaxException e) {
        throw new ExpressionException("`hashFiles` does not understand `%s`".formatted(line));
      }
    }

    /// Whether the pattern fits `file`, or a folder that it is in.
    boolean covers(Path file) {
      for (Path part = file; part != null; part = part.getParent()) {
        if (matcher.matches(part)) {
          return true;
        }
      }
      return false;
    }
  }
}
