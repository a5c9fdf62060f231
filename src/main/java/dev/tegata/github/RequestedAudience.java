package dev.tegata.github;

import dev.tegata.github.WorkflowRun.Repository;
import java.util.Locale;

/// Whether a job may have a token for the audience it asks for.
///
/// Anything goes but the addresses of others at `github.com`: since a token is for its repository's
/// owner unless it says otherwise, nobody may ask for one that is for somebody else.
///
/// Source: <https://docs.github.com/en/actions/reference/security/oidc>
public sealed interface RequestedAudience {

  record Accepted(String audience) implements RequestedAudience {}

  record Refused(String audience) implements RequestedAudience {
    /// What GitHub answers, with status 400.
    public String message() {
      return "Can't issue ID_TOKEN for audience '" + audience + "'";
    }
  }

  /// Judges `requested`, which is empty when the job asks for nothing in particular: then it gets
  /// `otherwise`.
  static RequestedAudience of(String requested, Repository repository, DefaultAudience otherwise) {
    if (requested.isEmpty()) {
      return new Accepted(otherwise.of(repository));
    }
    int start = requested.toLowerCase(Locale.ROOT).indexOf("github.com");
    return start < 0 || isOwn(requested.substring(start), repository)
        ? new Accepted(requested)
        : new Refused(requested);
  }

  /// Whether `address`, which starts with `github.com`, is of the site, the owner or the
  /// repository.
  private static boolean isOwn(String address, Repository repository) {
    String own = "github.com/" + repository.fullName();
    String owner = "github.com/" + repository.owner().name();
    return address.startsWith(own + "/")
        || address.equals(own)
        || address.equals(owner)
        || address.equals(owner + "/")
        || address.equals("github.com")
        || address.equals("github.com/");
  }
}
