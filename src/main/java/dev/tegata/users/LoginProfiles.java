package dev.tegata.users;

import dev.tegata.authorization.Call;
import dev.tegata.aws.CommonError.AccessDenied;
import dev.tegata.aws.CommonError.ValidationError;
import dev.tegata.aws.IamError.EntityAlreadyExists;
import dev.tegata.aws.IamError.EntityTemporarilyUnmodifiable;
import dev.tegata.aws.IamError.InvalidUserType;
import dev.tegata.aws.IamError.NoSuchEntity;
import dev.tegata.aws.IamError.PasswordPolicyViolation;
import dev.tegata.aws.QueryOperation;
import dev.tegata.aws.Refusal;
import dev.tegata.credentials.Login;
import dev.tegata.credentials.PasswordHash;
import dev.tegata.credentials.PasswordRules;
import dev.tegata.entity.IdentityAccess;
import dev.tegata.entity.IdentityAccess.Asked;
import dev.tegata.entity.IdentityKind;
import dev.tegata.policy.NamedPolicy;
import dev.tegata.policy.Policy;
import dev.tegata.policy.PolicyKind;
import dev.tegata.store.Entity.User;
import dev.tegata.store.IdentityStore;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import software.amazon.awssdk.services.iam.model.ChangePasswordRequest;
import software.amazon.awssdk.services.iam.model.ChangePasswordResponse;
import software.amazon.awssdk.services.iam.model.CreateLoginProfileRequest;
import software.amazon.awssdk.services.iam.model.CreateLoginProfileResponse;
import software.amazon.awssdk.services.iam.model.DeleteLoginProfileRequest;
import software.amazon.awssdk.services.iam.model.DeleteLoginProfileResponse;
import software.amazon.awssdk.services.iam.model.GetLoginProfileRequest;
import software.amazon.awssdk.services.iam.model.GetLoginProfileResponse;
import software.amazon.awssdk.services.iam.model.LoginProfile;
import software.amazon.awssdk.services.iam.model.UpdateLoginProfileRequest;
import software.amazon.awssdk.services.iam.model.UpdateLoginProfileResponse;

/// The passwords of users. There is nothing here to sign in to: they are held to the account's
/// rules, and kept as hashes for those who declare them or change their own.
///
/// A hash takes long on purpose, so it is made before the change that keeps it. The sentences about
/// an old password that is wrong and about callers who are no users are from memory.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateLoginProfile.html>
public final class LoginProfiles {
  /// Every user may change its own password. It is asked about nobody else's, so it names nobody.
  private static final NamedPolicy GRANT =
      new NamedPolicy(
          "password policy of the account",
          Policy.parse(
              PolicyKind.RESOURCE,
              """
              {"Version": "2012-10-17", "Statement": {"Effect": "Allow",
               "Action": "iam:ChangePassword", "Principal": "*", "Resource": "*"}}
              """));

  private final IdentityStore store;
  private final IdentityAccess<User> users;
  private final RandomGenerator random;

  /// Salts are drawn from `random`.
  public LoginProfiles(IdentityStore store, RandomGenerator random) {
    this.store = store;
    this.users = new IdentityAccess<>(store, IdentityKind.USER);
    this.random = random;
  }

  public List<QueryOperation<Call, ?, ?>> operations() {
    return List.of(
        QueryOperation.of("CreateLoginProfile", CreateLoginProfileRequest::builder, this::create),
        QueryOperation.of("GetLoginProfile", GetLoginProfileRequest::builder, this::get),
        QueryOperation.of("UpdateLoginProfile", UpdateLoginProfileRequest::builder, this::update),
        QueryOperation.of("DeleteLoginProfile", DeleteLoginProfileRequest::builder, this::delete),
        QueryOperation.of("ChangePassword", ChangePasswordRequest::builder, this::change));
  }

  private CreateLoginProfileResponse create(CreateLoginProfileRequest request, Call call) {
    Asked asked = Users.asked("iam:CreateLoginProfile", request.userName(), call);
    requireNone(users.read(asked));
    if (request.password() == null) {
      throw new Refusal(
          new ValidationError(
              "1 validation error detected: Value at 'password' failed to satisfy constraint:"
                  + " Member must not be null"));
    }
    requireConforming(request.password(), call);
    Login login =
        new Login(
            call.time(),
            call.time(),
            Objects.requireNonNullElse(request.passwordResetRequired(), false),
            PasswordHash.create(request.password(), random),
            List.of());
    User user =
        store.change(change -> {
          User found = users.find(change.now(), asked);
          requireNone(found);
          User changed = found.withCredentials(found.credentials().withLogin(login));
          change.put(changed);
          return changed;
        });
    return CreateLoginProfileResponse.builder().loginProfile(answer(user, login)).build();
  }

  private static void requireNone(User user) {
    if (user.credentials().profile().isPresent()) {
      throw new Refusal(
          new EntityAlreadyExists("Login Profile for user " + user.name() + " already exists."));
    }
  }

  private GetLoginProfileResponse get(GetLoginProfileRequest request, Call call) {
    User user = users.read(Users.asked("iam:GetLoginProfile", request.userName(), call));
    return GetLoginProfileResponse.builder().loginProfile(answer(user, login(user))).build();
  }

  private static LoginProfile answer(User user, Login login) {
    return LoginProfile.builder()
        .userName(user.name())
        .createDate(login.created())
        .passwordResetRequired(login.resetRequired())
        .build();
  }

  private UpdateLoginProfileResponse update(UpdateLoginProfileRequest request, Call call) {
    Asked asked = Users.asked("iam:UpdateLoginProfile", request.userName(), call);
    Login seen = login(users.read(asked));
    Optional<PasswordHash> next =
        Optional.ofNullable(request.password()).map(password -> acceptable(password, seen, call));
    replace(
        asked,
        seen,
        login ->
            next.map(password -> login.withPassword(password, call.time()))
                .orElse(login)
                .withResetRequired(
                    Objects.requireNonNullElse(
                        request.passwordResetRequired(), login.resetRequired())));
    return UpdateLoginProfileResponse.builder().build();
  }

  /// The hash of a new password, if the account's rules let `login` have it.
  private PasswordHash acceptable(String password, Login login, Call call) {
    requireConforming(password, call);
    PasswordHash hash = login.password().of(password);
    int kept =
        PasswordPolicies.rules(store.now(), call.account())
            .map(PasswordRules::reusePrevention)
            .orElse(0);
    if (login.hadLately(hash, kept)) {
      throw violation("Password does not conform to the account password policy.");
    }
    return hash;
  }

  private void requireConforming(String password, Call call) {
    PasswordPolicies.rules(store.now(), call.account())
        .map(rules -> rules.complaint(password))
        .orElseGet(() -> PasswordRules.defaultComplaint(password))
        .ifPresent(complaint -> {
          throw violation(complaint);
        });
  }

  private static Refusal violation(String complaint) {
    return new Refusal(new PasswordPolicyViolation(complaint));
  }

  /// Edits a login that is still what it was when somebody looked at it.
  private void replace(Asked asked, Login seen, UnaryOperator<Login> edit) {
    store.change(change -> {
      User user = users.find(change.now(), asked);
      if (!login(user).equals(seen)) {
        throw new Refusal(
            new EntityTemporarilyUnmodifiable(
                "Login Profile for User %s cannot be modified while login profile is being created."
                    .formatted(user.name())));
      }
      User changed = user.withCredentials(user.credentials().withLogin(edit.apply(seen)));
      change.put(changed);
      return changed;
    });
  }

  private DeleteLoginProfileResponse delete(DeleteLoginProfileRequest request, Call call) {
    users.change(
        Users.asked("iam:DeleteLoginProfile", request.userName(), call),
        (_, user) -> {
          login(user);
          return user.withCredentials(user.credentials().withoutLogin());
        });
    return DeleteLoginProfileResponse.builder().build();
  }

  /// The calling user's own. Where the account lets its users change their passwords, none needs a
  /// policy for it.
  private ChangePasswordResponse change(ChangePasswordRequest request, Call call) {
    String name =
        call.userName()
            .orElseThrow(() ->
                new Refusal(new InvalidUserType("Only IAM Users can change their own password")));
    Asked asked = Asked.of(call, "iam:ChangePassword", name);
    boolean isGranted =
        PasswordPolicies.rules(store.now(), call.account())
            .filter(PasswordRules::usersMayChange)
            .isPresent();
    if (isGranted) {
      users.require(asked, GRANT);
    } else {
      users.require(asked);
    }
    Login seen = login(users.find(store.now(), asked));
    if (!seen.password().matches(seen.password().of(request.oldPassword()))) {
      throw new Refusal(new AccessDenied("The old password was incorrect."));
    }
    PasswordHash next = acceptable(request.newPassword(), seen, call);
    replace(asked, seen, login -> login.withPassword(next, call.time()).withResetRequired(false));
    return ChangePasswordResponse.builder().build();
  }

  private static Login login(User user) {
    return user.credentials()
        .profile()
        .orElseThrow(() ->
            new Refusal(
                new NoSuchEntity("Login Profile for User " + user.name() + " cannot be found.")));
  }
}
