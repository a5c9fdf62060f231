package dev.tegata.sts;

import dev.tegata.arn.AccountId;
import dev.tegata.arn.Arn;
import dev.tegata.arn.UniqueId;
import dev.tegata.authorization.AuthorizedCall;
import dev.tegata.authorization.Call.Access;
import dev.tegata.aws.CommonError.ValidationError;
import dev.tegata.aws.Refusal;
import dev.tegata.aws.StsError.InvalidAuthorizationMessage;
import dev.tegata.store.AccessKey;
import dev.tegata.store.IdentityStore;
import java.util.Optional;
import software.amazon.awssdk.services.sts.model.DecodeAuthorizationMessageRequest;
import software.amazon.awssdk.services.sts.model.DecodeAuthorizationMessageResponse;
import software.amazon.awssdk.services.sts.model.GetAccessKeyInfoRequest;
import software.amazon.awssdk.services.sts.model.GetAccessKeyInfoResponse;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityRequest;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;

/// What helps to find out who one is, whose a key is, and why something was refused.
///
/// Source: <https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html> Source:
/// <https://docs.aws.amazon.com/STS/latest/APIReference/API_GetAccessKeyInfo.html> Source:
/// <https://docs.aws.amazon.com/STS/latest/APIReference/API_DecodeAuthorizationMessage.html>
final class Diagnosis {
  private final IdentityStore identities;

  Diagnosis(IdentityStore identities) {
    this.identities = identities;
  }

  /// Who signed. No policy can forbid anybody to learn that.
  GetCallerIdentityResponse callerIdentity(GetCallerIdentityRequest request, AuthorizedCall call) {
    return GetCallerIdentityResponse.builder()
        .userId(call.caller().userId())
        .account(call.account().digits())
        .arn(call.caller().arn().toString())
        .build();
  }

  /// The account of a key: that of one that is kept here, or the one that is written into the id.
  GetAccessKeyInfoResponse accessKeyInfo(GetAccessKeyInfoRequest request, AuthorizedCall call) {
    require(call, "sts:GetAccessKeyInfo");
    UniqueId id = new UniqueId(request.accessKeyId());
    return identities
        .now()
        .accessKey(id)
        .map(AccessKey::owner)
        .map(owner -> new AccountId(owner.account()))
        .or(() -> isAccessKey(id) ? id.account() : Optional.empty())
        .map(account -> GetAccessKeyInfoResponse.builder().account(account.digits()).build())
        .orElseThrow(() ->
            new Refusal(new ValidationError("no account is written into the access key id " + id)));
  }

  private static boolean isAccessKey(UniqueId id) {
    return id.is(UniqueId.Kind.AKIA) || id.is(UniqueId.Kind.ASIA);
  }

  /// Why a request of the caller's account was refused.
  DecodeAuthorizationMessageResponse authorizationMessage(
      DecodeAuthorizationMessageRequest request, AuthorizedCall call) {
    require(call, "sts:DecodeAuthorizationMessage");
    return call.authorization()
        .messages()
        .open(request.encodedMessage(), call.account(), call.time())
        .map(json -> DecodeAuthorizationMessageResponse.builder().decodedMessage(json).build())
        .orElseThrow(() -> new Refusal(new InvalidAuthorizationMessage()));
  }

  private static void require(AuthorizedCall call, String action) {
    call.require(new Access(action, new Arn("aws", "sts", "", call.account().digits(), "*")));
  }
}
