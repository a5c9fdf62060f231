package dev.tegata.sts;

import dev.tegata.arn.AccountId;
import dev.tegata.arn.Arn;
import dev.tegata.aws.CommonError.ValidationError;
import dev.tegata.aws.Refusal;

/// Reads the `RoleArn` of a request.
final class RoleArns {
  private RoleArns() {}

  /// @throws Refusal when `text` is no ARN, or that of something else
  static Arn parse(String text) {
    Arn arn;
    try {
      arn = Arn.parse(text);
    } catch (IllegalArgumentException e) {
      throw invalid(text);
    }
    if (!arn.service().equals("iam") || !arn.resource().startsWith("role/")) {
      throw new Refusal(new ValidationError("Request ARN is invalid"));
    }
    try {
      new AccountId(arn.account());
    } catch (IllegalArgumentException e) {
      throw invalid(text);
    }
    return arn;
  }

  private static Refusal invalid(String text) {
    return new Refusal(new ValidationError(text + " is invalid"));
  }
}
