package dev.tegata.iam;

import dev.tegata.arn.Arn;
import dev.tegata.authorization.Call;
import dev.tegata.authorization.Call.Access;
import dev.tegata.aws.IamError.FeatureDisabled;
import dev.tegata.aws.IamError.FeatureEnabled;
import dev.tegata.aws.QueryOperation;
import dev.tegata.aws.Refusal;
import dev.tegata.issuer.OutboundFederation;
import java.util.List;
import software.amazon.awssdk.services.iam.model.DisableOutboundWebIdentityFederationRequest;
import software.amazon.awssdk.services.iam.model.DisableOutboundWebIdentityFederationResponse;
import software.amazon.awssdk.services.iam.model.EnableOutboundWebIdentityFederationRequest;
import software.amazon.awssdk.services.iam.model.EnableOutboundWebIdentityFederationResponse;
import software.amazon.awssdk.services.iam.model.GetOutboundWebIdentityFederationInfoRequest;
import software.amazon.awssdk.services.iam.model.GetOutboundWebIdentityFederationInfoResponse;

/// Whether an account's callers may get ID tokens for other clouds, and in whose name.
///
/// Source:
/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_EnableOutboundWebIdentityFederation.html>
public final class OutboundIdentityFederation {
  private final OutboundFederation outbound;

  public OutboundIdentityFederation(OutboundFederation outbound) {
    this.outbound = outbound;
  }

  /// The operations that answer forms.
  public List<QueryOperation<Call, ?, ?>> operations() {
    return List.of(
        QueryOperation.of(
            "EnableOutboundWebIdentityFederation",
            EnableOutboundWebIdentityFederationRequest::builder,
            (_, call) -> enable(call)),
        QueryOperation.of(
            "DisableOutboundWebIdentityFederation",
            DisableOutboundWebIdentityFederationRequest::builder,
            (_, call) -> disable(call)),
        QueryOperation.of(
            "GetOutboundWebIdentityFederationInfo",
            GetOutboundWebIdentityFederationInfoRequest::builder,
            (_, call) -> info(call)));
  }

  private EnableOutboundWebIdentityFederationResponse enable(Call call) {
    require(call, "iam:EnableOutboundWebIdentityFederation");
    String issuer =
        outbound
            .enable(call.account())
            .orElseThrow(() ->
                new Refusal(
                    new FeatureEnabled(
                        "Outbound identity federation is already enabled for your account.")));
    return EnableOutboundWebIdentityFederationResponse.builder().issuerIdentifier(issuer).build();
  }

  private DisableOutboundWebIdentityFederationResponse disable(Call call) {
    require(call, "iam:DisableOutboundWebIdentityFederation");
    if (!outbound.disable(call.account())) {
      throw disabled();
    }
    return DisableOutboundWebIdentityFederationResponse.builder().build();
  }

  private GetOutboundWebIdentityFederationInfoResponse info(Call call) {
    require(call, "iam:GetOutboundWebIdentityFederationInfo");
    String issuer =
        outbound.issuer(call.account()).orElseThrow(OutboundIdentityFederation::disabled);
    return GetOutboundWebIdentityFederationInfoResponse.builder()
        .issuerIdentifier(issuer)
        .jwtVendingEnabled(true)
        .build();
  }

  private static void require(Call call, String action) {
    call.require(new Access(action, Arn.iam(call.account(), "*")));
  }

  private static Refusal disabled() {
    return new Refusal(
        new FeatureDisabled("Outbound identity federation is disabled for your account."));
  }
}
