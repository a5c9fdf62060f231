package dev.tegata.token;

import dev.tegata.arn.Arn;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// What a token's `https://aws.amazon.com/…` claims ask for, or why they are refused.
///
/// GitHub does not let a job put such claims into its tokens; other issuers do.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html>
public sealed interface AwsClaims {

  /// `principalTags` become session tags, of which those in `transitiveTagKeys` pass on to further
  /// roles; whether the keys and values are fit for tags is not checked here. `roleAuthorizedByIdp`
  /// is the condition key: the token lists the role that it is used for.
  record Requested(
      SequencedMap<String, String> principalTags,
      List<String> transitiveTagKeys,
      @Nullable String sourceIdentity,
      boolean roleAuthorizedByIdp)
      implements AwsClaims {
    public Requested {
      principalTags = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(principalTags));
      transitiveTagKeys = List.copyOf(transitiveTagKeys);
    }
  }

  /// `message` is what AWS tells the client, as an `InvalidIdentityToken`; `why` is for the
  /// operator.
  record Malformed(String message, String why) implements AwsClaims {}

  /// Reads the claims of a token that is used to assume `role`.
  static AwsClaims read(IdTokenClaims claims, Arn role) {
    try {
      return AwsClaimsReader.read(claims.claims(), role);
    } catch (IllegalArgumentException e) {
      String message = String.valueOf(e.getMessage());
      return new Malformed(message, message);
    }
  }
}
