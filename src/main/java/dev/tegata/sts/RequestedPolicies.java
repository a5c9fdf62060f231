package dev.tegata.sts;

import dev.tegata.arn.AccountId;
import dev.tegata.arn.Arn;
import dev.tegata.authentication.Session.SessionPolicies;
import dev.tegata.aws.CommonError.ValidationError;
import dev.tegata.aws.Refusal;
import dev.tegata.aws.StsError.MalformedPolicyDocument;
import dev.tegata.policy.Policy;
import dev.tegata.policy.PolicyFault;
import dev.tegata.policy.PolicyKind;
import dev.tegata.store.Identities;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sts.model.PolicyDescriptorType;

/// The session policies that a request asks for, checked before they are sealed into a session.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies.html#policies_session>
final class RequestedPolicies {
  private static final int MAX_MANAGED = 10;
  private static final int MAX_CHARACTERS = 2048;

  private RequestedPolicies() {}

  /// Of the managed policies, those of `account` can be meant, whose role or user has the session.
  ///
  /// @throws Refusal when the document is malformed, a managed policy is not there, or both
  ///   together are too many or too long
  static SessionPolicies read(
      @Nullable String document,
      List<PolicyDescriptorType> descriptors,
      AccountId account,
      Identities now) {
    int characters = document == null ? 0 : document.length();
    List<Arn> managed = new ArrayList<>();
    for (PolicyDescriptorType descriptor : descriptors) {
      managed.add(managed(descriptor.arn(), account, now));
      characters += descriptor.arn().length();
    }
    if (managed.size() > MAX_MANAGED || characters > MAX_CHARACTERS) {
      throw new Refusal(
          new ValidationError(
              "Session policies are at most %d managed ones and %d characters together"
                  .formatted(MAX_MANAGED, MAX_CHARACTERS)));
    }
    if (document != null) {
      try {
        Policy.parse(PolicyKind.SESSION, document);
      } catch (PolicyFault fault) {
        throw new Refusal(new MalformedPolicyDocument(String.valueOf(fault.getMessage())));
      }
    }
    return new SessionPolicies(Optional.ofNullable(document), managed);
  }

  private static Arn managed(String text, AccountId account, Identities now) {
    try {
      Arn arn = Arn.parse(text);
      if (now.inForce(arn, account).isPresent()) {
        return arn;
      }
    } catch (IllegalArgumentException e) {
      throw new Refusal(new ValidationError("ARN " + text + " is not valid."));
    }
    throw new Refusal(
        new ValidationError("Policy " + text + " does not exist or is not attachable."));
  }
}
