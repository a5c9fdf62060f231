package dev.tegata.runner;

import java.nio.file.Path;
import java.util.Map;

/// What a run is about, as whoever starts it says.
///
/// `workflowPath` is the file's path in the repository, and `source` the folder that
/// `actions/checkout` copies. `machine` is the environment of the calling process, of which steps
/// inherit a chosen few: the PATH, the language, proxies and certificates, and no credentials.
public record RunSettings(
    Repository repository,
    Commit commit,
    Event event,
    RunNumber number,
    String workflowPath,
    Path source,
    Values values,
    Map<String, String> machine,
    boolean color) {
  public RunSettings {
    machine = Map.copyOf(machine);
  }

  /// What the run is about, without the secrets that it holds.
  @Override
  public String toString() {
    return "RunSettings[%s of %s]".formatted(workflowPath, repository.fullName());
  }

  public record Repository(String owner, String name, String ownerId, String id) {
    /// `owner/name`.
    public String fullName() {
      return owner + "/" + name;
    }
  }

  /// A full ref, such as `refs/heads/main`, and the commit it stands for.
  public record Commit(String ref, String sha) {}

  /// What started the run; `payload` is JSON. Where it is `readOnly`, as for a pull request from a
  /// fork, no job may write, whatever its permissions say, nor have ID tokens.
  public record Event(
      String name, String payload, String actor, String actorId, boolean readOnly) {}

  public record RunNumber(String id, long number, int attempt) {}

  /// `env` is for every step, beneath what the workflow sets. The log hides every secret.
  public record Values(
      Map<String, String> env,
      Map<String, String> secrets,
      Map<String, String> vars,
      Map<String, String> inputs) {
    public Values {
      env = Map.copyOf(env);
      secrets = Map.copyOf(secrets);
      vars = Map.copyOf(vars);
      inputs = Map.copyOf(inputs);
    }

    @Override
    public String toString() {
      return "Values[hidden]";
    }

    /// Whether the run asks for a log with debug lines, as GitHub's own secret or variable does.
    boolean debug() {
      String flag = "ACTIONS_STEP_DEBUG";
      return "true".equals(secrets.get(flag)) || "true".equals(vars.get(flag));
    }
  }
}
