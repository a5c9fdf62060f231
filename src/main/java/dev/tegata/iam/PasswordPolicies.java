package dev.tegata.iam;

import dev.tegata.arn.AccountId;
import dev.tegata.arn.Arn;
import dev.tegata.authorization.Call;
import dev.tegata.authorization.Call.Access;
import dev.tegata.aws.IamError.NoSuchEntity;
import dev.tegata.aws.QueryOperation;
import dev.tegata.aws.Refusal;
import dev.tegata.store.AccountRecord;
import dev.tegata.store.IdentityStore;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.iam.model.DeleteAccountPasswordPolicyRequest;
import software.amazon.awssdk.services.iam.model.DeleteAccountPasswordPolicyResponse;
import software.amazon.awssdk.services.iam.model.GetAccountPasswordPolicyRequest;
import software.amazon.awssdk.services.iam.model.GetAccountPasswordPolicyResponse;
import software.amazon.awssdk.services.iam.model.UpdateAccountPasswordPolicyRequest;
import software.amazon.awssdk.services.iam.model.UpdateAccountPasswordPolicyResponse;
import tools.jackson.databind.json.JsonMapper;

/// What an account asks of its users' passwords. No user has one here, so it is kept and told, for
/// those who declare it with the rest of an account.
///
/// Source:
/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateAccountPasswordPolicy.html>
final class PasswordPolicies {
  private static final JsonMapper MAPPER = JsonMapper.shared();
  private static final String KIND = "password-policy";
  private static final String ONLY = "PasswordPolicy";
  private static final int DEFAULT_LENGTH = 6;

  private final IdentityStore store;

  PasswordPolicies(IdentityStore store) {
    this.store = store;
  }

  /// The policy as it is kept. A password never ends where there is no `maxAge`.
  record Kept(
      int minimumLength,
      boolean symbols,
      boolean numbers,
      boolean uppercase,
      boolean lowercase,
      boolean usersMayChange,
      @Nullable Integer maxAge,
      @Nullable Integer reusePrevention,
      @Nullable Boolean hardExpiry) {

    /// What a request leaves out gets its default, whatever it was before.
    static Kept of(UpdateAccountPasswordPolicyRequest request) {
      return new Kept(
          Objects.requireNonNullElse(request.minimumPasswordLength(), DEFAULT_LENGTH),
          Objects.requireNonNullElse(request.requireSymbols(), false),
          Objects.requireNonNullElse(request.requireNumbers(), false),
          Objects.requireNonNullElse(request.requireUppercaseCharacters(), false),
          Objects.requireNonNullElse(request.requireLowercaseCharacters(), false),
          Objects.requireNonNullElse(request.allowUsersToChangePassword(), false),
          request.maxPasswordAge(),
          request.passwordReusePrevention(),
          request.hardExpiry());
    }
  }

  List<QueryOperation<Call, ?, ?>> operations() {
    return List.of(
        QueryOperation.of(
            "GetAccountPasswordPolicy",
            GetAccountPasswordPolicyRequest::builder,
            (_, call) -> get(call)),
        QueryOperation.of(
            "UpdateAccountPasswordPolicy",
            UpdateAccountPasswordPolicyRequest::builder,
            this::update),
        QueryOperation.of(
            "DeleteAccountPasswordPolicy",
            DeleteAccountPasswordPolicyRequest::builder,
            (_, call) -> delete(call)));
  }

  private Optional<AccountRecord> find(AccountId account) {
    return store.now().record(account, KIND, ONLY);
  }

  private GetAccountPasswordPolicyResponse get(Call call) {
    call.require(new Access("iam:GetAccountPasswordPolicy", Arn.EVERY));
    Kept kept =
        find(call.account())
            .map(found -> MAPPER.readValue(found.body(), Kept.class))
            .orElseThrow(() ->
                new Refusal(
                    new NoSuchEntity(
                        "The Password Policy with domain name %s cannot be found."
                            .formatted(call.account()))));
    return GetAccountPasswordPolicyResponse.builder()
        .passwordPolicy(answer ->
            answer
                .minimumPasswordLength(kept.minimumLength)
                .requireSymbols(kept.symbols)
                .requireNumbers(kept.numbers)
                .requireUppercaseCharacters(kept.uppercase)
                .requireLowercaseCharacters(kept.lowercase)
                .allowUsersToChangePassword(kept.usersMayChange)
                .expirePasswords(kept.maxAge != null)
                .maxPasswordAge(kept.maxAge)
                .passwordReusePrevention(kept.reusePrevention)
                .hardExpiry(kept.hardExpiry))
        .build();
  }

  private UpdateAccountPasswordPolicyResponse update(
      UpdateAccountPasswordPolicyRequest request, Call call) {
    call.require(new Access("iam:UpdateAccountPasswordPolicy", Arn.EVERY));
    String body = MAPPER.writeValueAsString(Kept.of(request));
    store.change(change -> {
      change.put(new AccountRecord(call.account(), KIND, ONLY, body));
      return body;
    });
    return UpdateAccountPasswordPolicyResponse.builder().build();
  }

  private DeleteAccountPasswordPolicyResponse delete(Call call) {
    call.require(new Access("iam:DeleteAccountPasswordPolicy", Arn.EVERY));
    return store.change(change -> {
      change.delete(
          change
              .now()
              .record(call.account(), KIND, ONLY)
              .orElseThrow(() ->
                  new Refusal(
                      new NoSuchEntity(
                          "The account policy with name " + ONLY + " cannot be found."))));
      return DeleteAccountPasswordPolicyResponse.builder().build();
    });
  }
}
