package dev.tegata.question;

import dev.tegata.explain.Explanation;
import dev.tegata.store.Role;
import dev.tegata.token.IdTokenClaims;
import java.util.List;
import java.util.Optional;

/// What was asked of a role, and all that there is to say to it.
///
/// At least one of `trust` and `permission` is there. `notices` tell what the answers rest on.
public record Answers(
    Role role,
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

  /// Whether everything that was asked is allowed.
  public boolean isAllowed() {
    return trust.map(TrustAnswer::isAllowed).orElse(true)
        && permission.map(explanation -> explanation.decision().isAllowed()).orElse(true);
  }
}
