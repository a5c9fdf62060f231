package dev.tegata.token;

import java.util.List;
import java.util.Set;

/// Why a token is refused: one line a failure. Times are epoch seconds.
///
/// Source: <https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html>
public sealed interface Rejection extends Examination, Verification {

  record NotAJwt(String why) implements Rejection {}

  record MissingClaim(String name) implements Rejection {}

  /// `sub` is `null`, or has another form that names nobody.
  record UnusableSubject() implements Rejection {}

  /// `aud` is a list of nobody.
  record EmptyAudience() implements Rejection {}

  /// `aud` names several, and no `azp` says which of them asked for the token.
  record SeveralAudiences(List<String> audiences) implements Rejection {
    public SeveralAudiences {
      audiences = List.copyOf(audiences);
    }
  }

  record InvalidTimestamp(String name) implements Rejection {}

  /// `now` is already moved by the tolerance, as AWS prints it.
  record Expired(long now, long expiry) implements Rejection {}

  /// `now` is already moved by the tolerance, as AWS prints it.
  record NotYetValid(long now, long notBefore) implements Rejection {}

  record IssuedInFuture(long issuedAt) implements Rejection {}

  record UnsupportedAlgorithm(String algorithm) implements Rejection {}

  /// No provider is registered for the issuer, or the keys at hand are another issuer's.
  record IssuerNotTrusted(String issuer) implements Rejection {}

  /// The verification key cannot be had: the set has none that fits, or could not be fetched.
  record NoKey(String why) implements Rejection {}

  /// Nobody vouches for the server that the issuer's keys would come from.
  record ServerNotTrusted(String why) implements Rejection {}

  record BadSignature() implements Rejection {}

  record AudienceNotRegistered(String audience, Set<String> registered) implements Rejection {
    public AudienceNotRegistered {
      registered = Set.copyOf(registered);
    }
  }

  /// The token may be exchanged once, and was.
  record UsedAlready() implements Rejection {}

  /// Whether the issuer may have changed its keys since they were fetched, so that fetching them
  /// once more is worth it.
  default boolean isPerhapsCuredByNewerKeys() {
    return this instanceof NoKey
        || this instanceof BadSignature
        || this instanceof ServerNotTrusted;
  }

  /// The sentence that an operator reads; a client is told AWS's words instead.
  default String reason() {
    return switch (this) {
      case NotAJwt(var why) -> "the token is not a JWT: " + why;
      case MissingClaim(var name) -> "the token has no claim `" + name + "`";
      case UnusableSubject() -> "the claim `sub` is neither a string nor a number";
      case EmptyAudience() -> "the claim `aud` is an empty list";
      case SeveralAudiences(var audiences) ->
          "the claim `aud` names several audiences and there is no `azp`: "
              + String.join(", ", audiences);
      case InvalidTimestamp(var name) ->
          "the claim `" + name + "` is not a whole number of seconds";
      case Expired(var now, var expiry) ->
          "the token expired at %d, and even %d, which allows for the clocks, is not before that"
              .formatted(expiry, now);
      case NotYetValid(var now, var notBefore) ->
          "the token is valid from %d on, and even %d, which allows for the clocks, is before that"
              .formatted(notBefore, now);
      case IssuedInFuture(var issuedAt) -> "the token is issued in the future, at " + issuedAt;
      case UnsupportedAlgorithm(var algorithm) ->
          "the algorithm is `" + algorithm + "`, not one of RS256 to RS512 and ES256 to ES512";
      case IssuerNotTrusted(var issuer) -> "no provider is registered for `" + issuer + "`";
      case NoKey(var why) -> "there is no key to verify the token with: " + why;
      case ServerNotTrusted(var why) -> why;
      case BadSignature() -> "the signature does not fit the token and the issuer's key";
      case UsedAlready() -> "the token was used before, and its provider lets each be used once";
      case AudienceNotRegistered(var audience, var registered) ->
          "the audience `%s` is not among the provider's client ids: %s"
              .formatted(audience, String.join(", ", registered.stream().sorted().toList()));
    };
  }
}
