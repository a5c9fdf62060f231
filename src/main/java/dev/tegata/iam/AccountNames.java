package dev.tegata.iam;

import dev.tegata.arn.AccountId;
import dev.tegata.arn.Arn;
import dev.tegata.authentication.MfaDevice;
import dev.tegata.authorization.Call;
import dev.tegata.authorization.Call.Access;
import dev.tegata.aws.IamError.EntityAlreadyExists;
import dev.tegata.aws.IamError.NoSuchEntity;
import dev.tegata.aws.QueryOperation;
import dev.tegata.aws.Refusal;
import dev.tegata.certificates.ServerCertificate;
import dev.tegata.entity.Quota;
import dev.tegata.entity.SamlProvider;
import dev.tegata.store.Entity.Group;
import dev.tegata.store.Entity.InstanceProfile;
import dev.tegata.store.Entity.User;
import dev.tegata.store.Identities;
import dev.tegata.store.IdentityStore;
import dev.tegata.store.ManagedPolicy;
import dev.tegata.store.OidcProvider;
import dev.tegata.store.Role;
import dev.tegata.store.Slice;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.iam.model.CreateAccountAliasRequest;
import software.amazon.awssdk.services.iam.model.CreateAccountAliasResponse;
import software.amazon.awssdk.services.iam.model.DeleteAccountAliasRequest;
import software.amazon.awssdk.services.iam.model.DeleteAccountAliasResponse;
import software.amazon.awssdk.services.iam.model.GetAccountSummaryRequest;
import software.amazon.awssdk.services.iam.model.GetAccountSummaryResponse;
import software.amazon.awssdk.services.iam.model.ListAccountAliasesRequest;
import software.amazon.awssdk.services.iam.model.ListAccountAliasesResponse;

/// What an account is called besides its number, of which there is one at most, and how much of
/// everything it has.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateAccountAlias.html>
final class AccountNames {
  private final IdentityStore store;

  AccountNames(IdentityStore store) {
    this.store = store;
  }

  List<QueryOperation<Call, ?, ?>> operations() {
    return List.of(
        QueryOperation.of("CreateAccountAlias", CreateAccountAliasRequest::builder, this::create),
        QueryOperation.of("DeleteAccountAlias", DeleteAccountAliasRequest::builder, this::delete),
        QueryOperation.of(
            "ListAccountAliases", ListAccountAliasesRequest::builder, (_, call) -> list(call)),
        QueryOperation.of(
            "GetAccountSummary", GetAccountSummaryRequest::builder, (_, call) -> summary(call)));
  }

  /// Takes the place of an alias that the account has.
  private CreateAccountAliasResponse create(CreateAccountAliasRequest request, Call call) {
    call.require(new Access("iam:CreateAccountAlias", Arn.EVERY));
    String alias = request.accountAlias();
    store.change(change -> {
      if (change.now().aliased(alias).isPresent()) {
        throw new Refusal(
            new EntityAlreadyExists("The account alias " + alias + " already exists."));
      }
      change.rename(call.account(), Optional.of(alias));
      return alias;
    });
    return CreateAccountAliasResponse.builder().build();
  }

  private DeleteAccountAliasResponse delete(DeleteAccountAliasRequest request, Call call) {
    call.require(new Access("iam:DeleteAccountAlias", Arn.EVERY));
    String alias = request.accountAlias();
    store.change(change -> {
      if (!change.now().alias(call.account()).equals(Optional.of(alias))) {
        throw new Refusal(new NoSuchEntity("The account alias " + alias + " cannot be found."));
      }
      change.rename(call.account(), Optional.empty());
      return alias;
    });
    return DeleteAccountAliasResponse.builder().build();
  }

  private ListAccountAliasesResponse list(Call call) {
    call.require(new Access("iam:ListAccountAliases", Arn.EVERY));
    return ListAccountAliasesResponse.builder()
        .accountAliases(store.now().alias(call.account()).stream().toList())
        .isTruncated(false)
        .build();
  }

  private GetAccountSummaryResponse summary(Call call) {
    call.require(new Access("iam:GetAccountSummary", Arn.EVERY));
    return GetAccountSummaryResponse.builder()
        .summaryMapWithStrings(counts(store.now(), call.account()))
        .build();
  }

  private static Map<String, Integer> counts(Identities now, AccountId account) {
    Map<String, Integer> counts = new LinkedHashMap<>(Quota.summary());
    counts.put("Users", (int) now.count(User.class, account));
    counts.put("Groups", (int) now.count(Group.class, account));
    counts.put("Roles", (int) now.count(Role.class, account));
    counts.put("Policies", (int) now.count(ManagedPolicy.class, account));
    counts.put("InstanceProfiles", (int) now.count(InstanceProfile.class, account));
    counts.put(
        "Providers",
        (int) now.count(OidcProvider.class, account) + SamlProvider.list(now, account).size());
    counts.put("ServerCertificates", ServerCertificate.list(now, account).size());
    counts.put("GlobalEndpointTokenVersion", TokenPreferences.version(now, account));
    counts.put("PolicyVersionsInUse", now.uses(account).size());
    counts.put("MFADevices", (int) MfaDevice.count(now, account));
    counts.put(
        "MFADevicesInUse",
        (int)
            MfaDevice.list(now, account, Slice.first(Integer.MAX_VALUE)).stream()
                .filter(device -> device.assigned().isPresent())
                .count());
    boolean hasRootKey = now.accessKeys(account).stream().anyMatch(key -> key.ofUser().isEmpty());
    counts.put("AccountAccessKeysPresent", hasRootKey ? 1 : 0);
    return counts;
  }
}
