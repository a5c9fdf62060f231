package dev.tegata.sts;

import dev.tegata.aws.AwsError;
import dev.tegata.aws.StsError;
import dev.tegata.aws.StsError.ExpiredToken;
import dev.tegata.aws.StsError.InvalidIdentityToken;
import dev.tegata.aws.StsError.UnknownTokenError;
import dev.tegata.token.Rejection;
import dev.tegata.token.Rejection.AudienceNotRegistered;
import dev.tegata.token.Rejection.BadSignature;
import dev.tegata.token.Rejection.EmptyAudience;
import dev.tegata.token.Rejection.Expired;
import dev.tegata.token.Rejection.InvalidTimestamp;
import dev.tegata.token.Rejection.IssuedInFuture;
import dev.tegata.token.Rejection.IssuerNotTrusted;
import dev.tegata.token.Rejection.MissingClaim;
import dev.tegata.token.Rejection.NoKey;
import dev.tegata.token.Rejection.NotAJwt;
import dev.tegata.token.Rejection.NotYetValid;
import dev.tegata.token.Rejection.ServerNotTrusted;
import dev.tegata.token.Rejection.SeveralAudiences;
import dev.tegata.token.Rejection.UnsupportedAlgorithm;
import dev.tegata.token.Rejection.UnusableSubject;
import dev.tegata.token.Rejection.UsedAlready;

/// What AWS tells a client whose token is refused. The operator is told [Rejection#reason].
///
/// Where no answer of AWS is known (a bad signature, an algorithm that is not accepted), it is the
/// general one.
///
/// Source:
/// <https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html#API_AssumeRoleWithWebIdentity_Errors>
public final class TokenRefusals {
  private static final String GENERAL =
      "The web identity token provided could not be validated. See the AssumeRoleWithWebIdentity"
          + " documentation for requirements.";
  private static final String NO_KEY =
      "Couldn't retrieve verification key from your identity provider,  please reference"
          + " AssumeRoleWithWebIdentity documentation for requirements";
  private static final String NOT_A_JWT =
      "The ID Token provided is not a valid JWT. (You may see this error if you sent an Access"
          + " Token)";

  private TokenRefusals() {}

  public static AwsError of(Rejection rejection) {
    return switch (rejection) {
      case NotAJwt _ -> invalid(NOT_A_JWT);
      case MissingClaim(var name) -> invalid("Missing a required claim: " + name);
      case UnusableSubject() -> new UnknownTokenError();
      case EmptyAudience() -> invalid("Claim is not allowed to be empty: aud");
      case SeveralAudiences _ ->
          invalid(
              "Token audience contains more than one audience while authorized party is not"
                  + " present");
      case InvalidTimestamp _ -> invalid("Invalid timestamp in token claims.");
      case Expired(var now, var expiry) -> new ExpiredToken(now, expiry);
      case NotYetValid(var now, var notBefore) ->
          invalid(
              "Token not yet valid: current date/time %d must be after or equal to the not-before"
                      .formatted(now)
                  + " date/time "
                  + notBefore);
      case IssuedInFuture(var issuedAt) -> invalid("Token issued in the future: " + issuedAt);
      case IssuerNotTrusted(var issuer) ->
          invalid("No OpenIDConnect provider found in your account for " + issuer);
      case NoKey _ -> invalid(NO_KEY);
      case ServerNotTrusted _ ->
          invalid("OpenIDConnect provider's HTTPS certificate doesn't match configured thumbprint");
      case UnsupportedAlgorithm _, BadSignature _, AudienceNotRegistered _, UsedAlready _ ->
          invalid(GENERAL);
    };
  }

  private static StsError invalid(String message) {
    return new InvalidIdentityToken(message);
  }
}
