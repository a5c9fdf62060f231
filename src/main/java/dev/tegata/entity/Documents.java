package dev.tegata.entity;

import dev.tegata.arn.Arn;
import dev.tegata.aws.CommonError.ValidationError;
import dev.tegata.aws.IamError.MalformedPolicyDocument;
import dev.tegata.aws.Refusal;
import dev.tegata.http.PercentEncoding;
import dev.tegata.policy.Policy;
import dev.tegata.policy.PolicyFault;
import dev.tegata.policy.PolicyKind;
import java.util.function.Supplier;

/// Policy documents and ARNs as requests bring them, and documents as answers carry them.
public final class Documents {
  private Documents() {}

  /// Reads a policy document, or refuses it in IAM's words.
  public static Policy read(PolicyKind kind, String json) {
    return read(() -> Policy.parse(kind, json));
  }

  /// Reads the document of a managed policy, or refuses it.
  public static Policy readManaged(String json) {
    return read(() -> Policy.parseManaged(json));
  }

  private static Policy read(Supplier<Policy> document) {
    try {
      return document.get();
    } catch (PolicyFault e) {
      throw new Refusal(new MalformedPolicyDocument(e.message()));
    }
  }

  /// A document in an answer: percent-encoded, a blank as `%20`.
  public static String write(Policy policy) {
    return PercentEncoding.encode(policy.toJson());
  }

  /// Reads the ARN of an IAM resource of `kind`, such as `policy`.
  public static Arn arn(String kind, String text) {
    Arn arn;
    try {
      arn = Arn.parse(text);
    } catch (IllegalArgumentException e) {
      throw new Refusal(new ValidationError("Invalid ARN:  Could not be parsed!"));
    }
    if (!arn.service().equals("iam") || !arn.resource().startsWith(kind + "/")) {
      throw new Refusal(new ValidationError("ARN " + text + " is not valid."));
    }
    return arn;
  }
}
