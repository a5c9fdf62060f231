package dev.tegata.iam;

import dev.tegata.arn.AccountId;
import dev.tegata.arn.Arn;
import dev.tegata.authorization.Call;
import dev.tegata.authorization.Call.Access;
import dev.tegata.aws.QueryOperation;
import dev.tegata.entity.RecordKind;
import dev.tegata.store.Identities;
import dev.tegata.store.IdentityStore;
import java.util.List;
import software.amazon.awssdk.services.iam.model.GlobalEndpointTokenVersion;
import software.amazon.awssdk.services.iam.model.SetSecurityTokenServicePreferencesRequest;
import software.amazon.awssdk.services.iam.model.SetSecurityTokenServicePreferencesResponse;

/// Which version of session tokens an account wants of STS's global endpoint. There is one endpoint
/// here and one kind of token, so it is kept and told, for those who declare it.
///
/// Source:
/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_SetSecurityTokenServicePreferences.html>
final class TokenPreferences {
  private static final RecordKind<Kept> PREFERENCES =
      new RecordKind<>("token-preferences", Kept.class);
  private static final String ONLY = "global-endpoint";

  private final IdentityStore store;

  TokenPreferences(IdentityStore store) {
    this.store = store;
  }

  private record Kept(int version) {}

  List<QueryOperation<Call, ?, ?>> operations() {
    return List.of(
        QueryOperation.of(
            "SetSecurityTokenServicePreferences",
            SetSecurityTokenServicePreferencesRequest::builder,
            this::set));
  }

  /// The version that `account` wants: 1, unless it has said otherwise.
  static int version(Identities now, AccountId account) {
    return PREFERENCES.find(now, account, ONLY).map(Kept::version).orElse(1);
  }

  private SetSecurityTokenServicePreferencesResponse set(
      SetSecurityTokenServicePreferencesRequest request, Call call) {
    call.require(new Access("iam:SetSecurityTokenServicePreferences", Arn.EVERY));
    boolean isFirst = request.globalEndpointTokenVersion() == GlobalEndpointTokenVersion.V1_TOKEN;
    return store.change(change -> {
      PREFERENCES.put(change, call.account(), ONLY, new Kept(isFirst ? 1 : 2));
      return SetSecurityTokenServicePreferencesResponse.builder().build();
    });
  }
}
