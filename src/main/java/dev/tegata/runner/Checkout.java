package dev.tegata.runner;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// Copies the working tree of a source folder: what git tracks, with the changes that are not yet
/// committed, and new files that it does not ignore.
///
/// The copy is a git repository, so that steps can ask for the commit and the history. It borrows
/// the objects of the source's and has no remote: a step that pushes fails, instead of pushing into
/// the source or out to GitHub. A folder that is no git repository is copied whole.
final class Checkout {
  private final Path source;
  private final Map<String, String> env;

  /// `env` is what git runs with.
  Checkout(Path source, Map<String, String> env) {
    this.source = source.toAbsolutePath();
    this.env = env;
  }

  /// Copies into `target`, whose content goes, and says how many files that were.
  int into(Path target, Cancellation cancellation) throws IOException {
    boolean isRepository = Files.exists(source.resolve(".git"));
    JobFolder.delete(target);
    if (isRepository) {
      git(
          source,
          "clone",
          "--quiet",
          "--shared",
          "--no-checkout",
          source.toString(),
          target.toString());
      git(target, "remote", "remove", "origin");
    }
    Files.createDirectories(target);
    int copied = 0;
    for (String file : isRepository ? listed() : all()) {
      if (cancellation.isRequested()) {
        return copied;
      }
      copied += copy(source.resolve(file), target.resolve(file)) ? 1 : 0;
    }
    if (isRepository && !git(target, "for-each-ref", "--count=1").isEmpty()) {
      git(target, "reset", "--quiet");
    }
    return copied;
  }

  private Set<String> listed() throws IOException {
    String names = git(source, "ls-files", "-z", "--cached", "--others", "--exclude-standard");
    Set<String> files = new LinkedHashSet<>(List.of(names.split("\0", -1)));
    files.remove("");
    return files;
  }

  private Set<String> all() throws IOException {
    try (Stream<Path> walk = Files.walk(source)) {
      Set<String> files = new LinkedHashSet<>();
      walk.filter(file -> !file.equals(source))
          .forEach(file -> files.add(source.relativize(file).toString()));
      return files;
    }
  }

  /// A file that git knows may be gone, and a folder is a repository inside this one, whose files
  /// are its own.
  private static boolean copy(Path from, Path to) throws IOException {
    if (!Files.exists(from, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    if (Files.isDirectory(from, LinkOption.NOFOLLOW_LINKS)) {
      Files.createDirectories(to);
      return false;
    }
    Files.createDirectories(to.getParent());
    Files.copy(from, to, StandardCopyOption.COPY_ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
    return true;
  }

  /// What git prints.
  private String git(Path folder, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("git", "-C", folder.toString()));
    command.addAll(List.of(arguments));
    Path complaint = Files.createTempFile("tegata-git-", ".txt");
    try {
      ProcessBuilder builder = new ProcessBuilder(command).redirectError(complaint.toFile());
      builder.environment().clear();
      builder.environment().putAll(env);
      Process process = builder.start();
      String printed = new String(process.getInputStream().readAllBytes(), UTF_8);
      if (process.onExit().join().exitValue() != 0) {
        throw new IOException(
            "git %s: %s".formatted(arguments[0], Files.readString(complaint).strip()));
      }
      return printed;
    } finally {
      Files.deleteIfExists(complaint);
    }
  }
}
