package dev.tegata.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What git says of the folder that a workflow belongs to: the one that holds its `.github`.
///
/// A folder that is not the top of a checkout from GitHub has no repository there; it is then
/// called `octo-org/FOLDER`, which is GitHub's own name for an example.
record Checkout(Path root, String repository, String ref, String sha, String actor) {
  private static final Pattern GITHUB =
      Pattern.compile("(?:https://|ssh://git@|git@)github\\.com[:/]([^/]+)/(.+?)(?:\\.git)?/?");
  private static final String DEFAULT_REF = "refs/heads/main";
  private static final String NO_COMMIT = "0".repeat(40);

  /// Looks at the checkout that `workflow` is in.
  static Checkout of(Path workflow) {
    Path root = root(workflow.toAbsolutePath().normalize());
    boolean isTop =
        git(root, "rev-parse", "--show-toplevel")
            .filter(top -> Path.of(top).equals(realPath(root)))
            .isPresent();
    Optional<String> remote =
        isTop
            ? git(root, "remote", "get-url", "origin").flatMap(Checkout::ofGitHub)
            : Optional.empty();
    return new Checkout(
        root,
        remote.orElse("octo-org/" + root.getFileName()),
        git(root, "symbolic-ref", "--quiet", "HEAD")
            .or(() ->
                git(root, "describe", "--tags", "--exact-match").map(tag -> "refs/tags/" + tag))
            .orElse(DEFAULT_REF),
        git(root, "rev-parse", "--verify", "HEAD").orElse(NO_COMMIT),
        git(root, "config", "user.name").map(Checkout::login).orElse("octocat"));
  }

  /// The folder that holds `.github/workflows/FILE`, or the file's own folder elsewhere.
  private static Path root(Path workflow) {
    Path folder = workflow.resolveSibling("");
    return folder.endsWith(Path.of(".github", "workflows"))
        ? folder.resolve("../..").normalize()
        : folder;
  }

  private static Path realPath(Path path) {
    try {
      return path.toRealPath();
    } catch (IOException e) {
      return path;
    }
  }

  private static Optional<String> ofGitHub(String url) {
    Matcher matcher = GITHUB.matcher(url);
    return matcher.matches()
        ? Optional.of(matcher.group(1) + "/" + matcher.group(2))
        : Optional.empty();
  }

  /// A name as a GitHub login would spell it.
  private static String login(String name) {
    String login = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    String trimmed = login.replaceAll("^-|-$", "");
    return trimmed.isEmpty() ? "octocat" : trimmed;
  }

  private static Optional<String> git(Path folder, String... arguments) {
    List<String> command = new ArrayList<>(List.of("git", "-C", folder.toString()));
    command.addAll(List.of(arguments));
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      process.getOutputStream().close();
      String out = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
      return process.waitFor() == 0 && !out.isEmpty() ? Optional.of(out) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty(); // no git on this machine
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  /// The template beside the workflow: `cloud.yaml` in its folder, or in that of the repository.
  Optional<Path> cloud(Path workflow) {
    return List.of(
            workflow.toAbsolutePath().resolveSibling("cloud.yaml"), root.resolve("cloud.yaml"))
        .stream()
        .filter(Files::isRegularFile)
        .findFirst();
  }
}
