package dev.tegata.sts;

import dev.tegata.authorization.AuthorizedCall;
import dev.tegata.aws.CommonError.AccessDenied;
import dev.tegata.aws.Refusal;
import dev.tegata.aws.StsError.InvalidIdentityToken;
import software.amazon.awssdk.services.sts.model.AssumeRoleWithSamlRequest;
import software.amazon.awssdk.services.sts.model.AssumeRootRequest;

/// What an account without SAML providers, without an organization and without partners is told. An
/// account may have SAML providers, but no assertion is believed for them: it is told the same.
///
/// Source: <https://docs.aws.amazon.com/STS/latest/APIReference/API_Operations.html>
final class NotOffered {
  private NotOffered() {}

  static Refusal saml(AssumeRoleWithSamlRequest request) {
    RoleArns.parse(request.roleArn());
    return new Refusal(new InvalidIdentityToken("Specified provider doesn't exist"));
  }

  static Refusal root(AssumeRootRequest request, AuthorizedCall call) {
    return denied(call, "sts:AssumeRoot", request.targetPrincipal());
  }

  static Refusal delegated(AuthorizedCall call) {
    return denied(call, "sts:GetDelegatedAccessToken", "*");
  }

  private static Refusal denied(AuthorizedCall call, String action, String resource) {
    return new Refusal(
        new AccessDenied(
            "User: %s is not authorized to perform: %s on resource: %s"
                .formatted(call.caller().arn(), action, resource)));
  }
}
