package dev.tegata.sts;

import dev.tegata.aws.CommonError.AccessDenied;
import dev.tegata.aws.Refusal;
import org.jspecify.annotations.Nullable;

/// Refuses whoever shows a second factor: nobody here has one, and a code that is not checked must
/// not pass for one that is.
///
/// Source:
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_mfa_configure-api-require.html>
final class SecondFactor {
  private SecondFactor() {}

  /// @throws Refusal in AWS's words, when a serial number or a code is given
  static void requireNone(@Nullable String serialNumber, @Nullable String tokenCode) {
    if (serialNumber == null && tokenCode == null) {
      return;
    }
    throw new Refusal(
        new AccessDenied(
            serialNumber == null || tokenCode == null
                ? "MultiFactorAuthentication failed, must provide both MFA serial number and one"
                    + " time pass code."
                : "MultiFactorAuthentication failed, unable to validate MFA code.  Please verify"
                    + " your MFA serial number is valid and associated with this user."));
  }
}
