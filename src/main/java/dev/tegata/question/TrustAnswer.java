package dev.tegata.question;

import dev.tegata.explain.Explanation;
import dev.tegata.sts.WebIdentityTrust.Presented;
import java.util.List;
import java.util.Optional;

/// What would become of a token; `client` is what a client is told of a refusal, in AWS's words.
public sealed interface TrustAnswer {
  String client();

  /// The trust policy was asked, and this is what it said.
  record Asked(Presented presented, String client, Explanation explanation)
      implements TrustAnswer {}

  /// It did not come to the trust policy; `advice` says what would help.
  record NotAsked(String client, String reason, List<String> advice) implements TrustAnswer {
    public NotAsked {
      advice = List.copyOf(advice);
    }
  }

  /// The token, if the trust policy was asked about it.
  default Optional<Presented> token() {
    return switch (this) {
      case Asked asked -> Optional.of(asked.presented());
      case NotAsked _ -> Optional.empty();
    };
  }

  default boolean isAllowed() {
    return switch (this) {
      case Asked asked -> asked.explanation().decision().isAllowed();
      case NotAsked _ -> false;
    };
  }
}
