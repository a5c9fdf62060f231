package dev.tegata.sts;

import dev.tegata.authentication.Caller;
import dev.tegata.authentication.Caller.Federated;
import dev.tegata.authentication.Caller.RoleSession;
import dev.tegata.authentication.Caller.Root;
import dev.tegata.authentication.Caller.RootSession;
import dev.tegata.authentication.Caller.User;
import dev.tegata.authentication.Caller.UserSession;
import dev.tegata.authentication.SecondFactors;
import dev.tegata.authentication.SecondFactors.Shown;
import dev.tegata.authorization.AuthorizedCall;
import dev.tegata.authorization.Call.Access;
import dev.tegata.aws.CommonError.AccessDenied;
import dev.tegata.aws.Refusal;
import dev.tegata.store.Entity;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The second factor that a request shows: the serial number of a multi-factor device and its code.
///
/// Only users have devices. What cannot be checked must not pass for checked: it is refused.
///
/// Source:
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_mfa_configure-api-require.html>
record SecondFactor(SecondFactors factors) {
  private static final String FAILED = "MultiFactorAuthentication failed";

  /// What a request shows.
  record Proof(@Nullable String serialNumber, @Nullable String tokenCode) {
    @Override
    public String toString() {
      return "Proof[hidden]";
    }
  }

  /// Whether a request for `access` shows one.
  ///
  /// @throws Refusal in AWS's words, when it shows a wrong one, or half of one; the operator is
  ///   told more
  boolean isShown(Proof proof, Access access, AuthorizedCall call) {
    String serialNumber = proof.serialNumber;
    String tokenCode = proof.tokenCode;
    if (serialNumber == null && tokenCode == null) {
      return false;
    }
    if (serialNumber == null || tokenCode == null) {
      throw new Refusal(
          new AccessDenied(
              FAILED + ", must provide both MFA serial number and one time pass code."));
    }
    Shown shown =
        user(call.caller())
            .map(user -> factors.show(user, serialNumber, tokenCode, call.time()))
            .orElse(Shown.NO_DEVICE);
    AccessDenied invalid = new AccessDenied(FAILED + " with invalid MFA one time pass code. ");
    return switch (shown) {
      case RIGHT -> true;
      case WRONG ->
          throw call.refused(access, invalid, "the code is none that the device shows now");
      case USED -> throw call.refused(access, invalid, "the code, or a later one, has been used");
      case TOO_SOON ->
          throw call.refused(
              access, invalid, "after several wrong codes the device takes one in half a minute");
      case NO_DEVICE ->
          throw call.refused(
              access,
              new AccessDenied(
                  FAILED
                      + ", unable to validate MFA code.  Please verify your MFA serial number is"
                      + " valid and associated with this user."),
              "the caller has no device `%s`".formatted(serialNumber));
    };
  }

  private static Optional<Entity.User> user(Caller caller) {
    return switch (caller) {
      case User(var user, var _) -> Optional.of(user);
      case UserSession(var _, var user) -> Optional.of(user);
      case Root _, RootSession _, RoleSession _, Federated _ -> Optional.empty();
    };
  }
}
