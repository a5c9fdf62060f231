package dev.tegata.users;

import dev.tegata.arn.AccountId;
import dev.tegata.arn.Arn;
import dev.tegata.authorization.Call;
import dev.tegata.authorization.Call.Access;
import dev.tegata.aws.IamError.NoSuchEntity;
import dev.tegata.aws.QueryOperation;
import dev.tegata.aws.Refusal;
import dev.tegata.credentials.PasswordRules;
import dev.tegata.store.AccountRecord;
import dev.tegata.store.Identities;
import dev.tegata.store.IdentityStore;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import software.amazon.awssdk.services.iam.model.DeleteAccountPasswordPolicyRequest;
import software.amazon.awssdk.services.iam.model.DeleteAccountPasswordPolicyResponse;
import software.amazon.awssdk.services.iam.model.GetAccountPasswordPolicyRequest;
import software.amazon.awssdk.services.iam.model.GetAccountPasswordPolicyResponse;
import software.amazon.awssdk.services.iam.model.UpdateAccountPasswordPolicyRequest;
import software.amazon.awssdk.services.iam.model.UpdateAccountPasswordPolicyResponse;

/// What an account asks of its users' passwords, which [LoginProfiles] holds them to.
///
/// Source:
/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateAccountPasswordPolicy.html>
public final class PasswordPolicies {
  private static final String KIND = "password-policy";
  private static final String ONLY = "PasswordPolicy";
  private static final int DEFAULT_LENGTH = 6;

  private final IdentityStore store;

  public PasswordPolicies(IdentityStore store) {
    this.store = store;
  }

  public List<QueryOperation<Call, ?, ?>> operations() {
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

  /// The rules that an account has set.
  public static Optional<PasswordRules> rules(Identities now, AccountId account) {
    return now.record(account, KIND, ONLY).map(found -> found.as(PasswordRules.class));
  }

  private GetAccountPasswordPolicyResponse get(Call call) {
    call.require(new Access("iam:GetAccountPasswordPolicy", Arn.EVERY));
    PasswordRules rules =
        rules(store.now(), call.account())
            .orElseThrow(() ->
                new Refusal(
                    new NoSuchEntity(
                        "The Password Policy with domain name %s cannot be found."
                            .formatted(call.account()))));
    return GetAccountPasswordPolicyResponse.builder()
        .passwordPolicy(answer ->
            answer
                .minimumPasswordLength(rules.minimumLength())
                .requireSymbols(rules.symbols())
                .requireNumbers(rules.numbers())
                .requireUppercaseCharacters(rules.uppercase())
                .requireLowercaseCharacters(rules.lowercase())
                .allowUsersToChangePassword(rules.usersMayChange())
                .expirePasswords(rules.maxAge() != null)
                .maxPasswordAge(rules.maxAge())
                .passwordReusePrevention(rules.reusePrevention())
                .hardExpiry(rules.hardExpiry()))
        .build();
  }

  private UpdateAccountPasswordPolicyResponse update(
      UpdateAccountPasswordPolicyRequest request, Call call) {
    call.require(new Access("iam:UpdateAccountPasswordPolicy", Arn.EVERY));
    return store.change(change -> {
      change.put(AccountRecord.of(call.account(), KIND, ONLY, rules(request)));
      return UpdateAccountPasswordPolicyResponse.builder().build();
    });
  }

  /// What a request leaves out gets its default, whatever it was before.
  private static PasswordRules rules(UpdateAccountPasswordPolicyRequest request) {
    return new PasswordRules(
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
