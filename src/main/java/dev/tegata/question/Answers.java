package dev.tegata.question;

import dev.tegata.explain.Explanation;
import dev.tegata.store.Entity.Identity;
import dev.tegata.token.IdTokenClaims;
import java.util.List;
import java.util.Optional;

/// What was asked of a role or user, and all that there is to say to it.
///
/// At least one of `trust` and `permission` is there. `notices` tell what the answers rest on.
public record Answers(
    Identity<?> identity,
    Optional<Token> token,
    Optional<TrustAnswer> trust,
    Optional<Explanation> permission,
    List<String> notices) {
  public Answers {
    notices = List.copyOf(notices);
  }

  /// The token in question; `origin` says where it comes from: `token`, `claims` or `run`.
  /// `warnings` are what would keep STS from taking it although the policies would.
  public record Token(
      String origin, String description, IdTokenClaims claims, List<String> warnings) {
    public Token {
      warnings = List.copyOf(warnings);
    }
  }

  /// What it is that was asked: `role` or `user`.
  String kind() {
    return identity.arn().resource().replaceFirst("/.*", "");
  }

  /// Whether everything that was asked is allowed.
  public boolean isAllowed() {
    return trust.map(TrustAnswer::isAllowed).orElse(true)
        && permission.map(explanation -> explanation.decision().isAllowed()).orElse(true);
  }
}
