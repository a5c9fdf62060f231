package dev.tegata.github;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A run of a workflow: what all of its jobs' tokens say alike.
///
/// Source:
/// <https://docs.github.com/en/actions/reference/workflows-and-actions/contexts#github-context>
public record WorkflowRun(
    Repository repository,
    Revision revision,
    Event event,
    Actor actor,
    Workflow workflow,
    Attempt attempt) {
  private static final String DEPENDABOT = "dependabot[bot]";

  /// Whether GitHub cuts the permissions of the run's jobs to reading, so that none of them gets an
  /// ID token whatever it asks for: pull requests from forks, and those of Dependabot.
  ///
  /// `pull_request_target` is exempt: it runs what the base repository says, with its rights.
  ///
  /// Source:
  /// <https://docs.github.com/en/actions/reference/workflows-and-actions/events-that-trigger-workflows#workflows-in-forked-repositories>
  public boolean isReadOnly() {
    return event.runsForeignCode() && (event.isFromFork() || actor.name().equals(DEPENDABOT));
  }

  /// `properties` are the custom properties that the tokens may tell, by their names.
  public record Repository(
      Owner owner,
      String name,
      long id,
      Visibility visibility,
      SequencedMap<String, String> properties) {
    public Repository {
      properties = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(properties));
    }

    /// The same repository, telling of no other properties than those in `told`.
    public Repository telling(Set<String> told) {
      SequencedMap<String, String> kept = new LinkedHashMap<>(properties);
      kept.keySet().retainAll(told);
      return new Repository(owner, name, id, visibility, kept);
    }

    /// `owner/name`.
    public String fullName() {
      return owner.name() + "/" + name;
    }
  }

  /// A user or an organization, which may belong to an enterprise.
  public record Owner(String name, long id, @Nullable Enterprise enterprise) {}

  public record Enterprise(String slug, long id) {}

  /// Who may see a repository.
  public enum Visibility {
    PUBLIC,
    PRIVATE,
    INTERNAL
  }

  /// What is built: `ref` is the full name, such as `refs/heads/main`, and empty for a deployment.
  public record Revision(String ref, RefType type, boolean isProtected, String sha) {}

  /// What a ref names.
  public enum RefType {
    BRANCH,
    TAG
  }

  /// What started the run. The two refs are short branch names, and empty but for pull requests,
  /// which alone may come from a fork.
  public record Event(String name, String headRef, String baseRef, boolean isFromFork) {
    private static final Set<String> FOREIGN_CODE =
        Set.of("pull_request", "pull_request_review", "pull_request_review_comment");

    /// An event within the repository.
    public Event(String name, String headRef, String baseRef) {
      this(name, headRef, baseRef, false);
    }

    /// Whether the workflow is the pull request's own, whoever wrote that.
    private boolean runsForeignCode() {
      return FOREIGN_CODE.contains(name);
    }

    /// Whether a job's default subject is that of a pull request.
    boolean isPullRequest() {
      return name.equals("pull_request");
    }
  }

  public record Actor(String name, long id) {}

  /// `name` is the workflow's own, or the path of its file.
  public record Workflow(String name, WorkflowFile file) {}

  /// `ref` tells the file and its version: `o/r/.github/workflows/f.yml@refs/heads/main`.
  public record WorkflowFile(String ref, String sha) {}

  /// `runNumber` counts the workflow's runs, `number` the attempts of this one.
  public record Attempt(long runId, long runNumber, int number) {}
}
