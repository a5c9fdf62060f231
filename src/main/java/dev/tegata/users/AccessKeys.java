package dev.tegata.users;

import dev.tegata.arn.Arn;
import dev.tegata.arn.UniqueId;
import dev.tegata.authentication.Authenticator;
import dev.tegata.authentication.NewAccessKey;
import dev.tegata.authorization.Call;
import dev.tegata.authorization.Call.Access;
import dev.tegata.aws.CommonError.AccessDenied;
import dev.tegata.aws.IamError.LimitExceeded;
import dev.tegata.aws.IamError.NoSuchEntity;
import dev.tegata.aws.QueryOperation;
import dev.tegata.aws.Refusal;
import dev.tegata.entity.IdentityAccess;
import dev.tegata.entity.IdentityKind;
import dev.tegata.entity.Page;
import dev.tegata.entity.Page.Wanted;
import dev.tegata.entity.Quota;
import dev.tegata.keys.KeyRing;
import dev.tegata.store.AccessKey;
import dev.tegata.store.Entity.User;
import dev.tegata.store.Identities;
import dev.tegata.store.IdentityStore;
import dev.tegata.store.LastUse;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.iam.model.AccessKeyMetadata;
import software.amazon.awssdk.services.iam.model.CreateAccessKeyRequest;
import software.amazon.awssdk.services.iam.model.CreateAccessKeyResponse;
import software.amazon.awssdk.services.iam.model.DeleteAccessKeyRequest;
import software.amazon.awssdk.services.iam.model.DeleteAccessKeyResponse;
import software.amazon.awssdk.services.iam.model.GetAccessKeyLastUsedRequest;
import software.amazon.awssdk.services.iam.model.GetAccessKeyLastUsedResponse;
import software.amazon.awssdk.services.iam.model.ListAccessKeysRequest;
import software.amazon.awssdk.services.iam.model.ListAccessKeysResponse;
import software.amazon.awssdk.services.iam.model.StatusType;
import software.amazon.awssdk.services.iam.model.UpdateAccessKeyRequest;
import software.amazon.awssdk.services.iam.model.UpdateAccessKeyResponse;

/// Long-term access keys of users, and of the account's root when it asks for its own: two each.
///
/// The secret is told once, when the key is made.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateAccessKey.html>
public final class AccessKeys {
  private static final int MAX_KEYS = Quota.of("AccessKeysPerUser");
  private static final String NOT_KNOWN = "N/A";

  private final IdentityStore store;
  private final IdentityAccess<User> users;
  private final KeyRing atRest;
  private final RandomGenerator random;

  /// Secrets are sealed with `atRest`.
  public AccessKeys(IdentityStore store, KeyRing atRest, RandomGenerator random) {
    this.store = store;
    this.users = new IdentityAccess<>(store, IdentityKind.USER);
    this.atRest = atRest;
    this.random = random;
  }

  public List<QueryOperation<Call, ?, ?>> operations() {
    return List.of(
        QueryOperation.of("CreateAccessKey", CreateAccessKeyRequest::builder, this::create),
        QueryOperation.of("ListAccessKeys", ListAccessKeysRequest::builder, this::list),
        QueryOperation.of("UpdateAccessKey", UpdateAccessKeyRequest::builder, this::update),
        QueryOperation.of("DeleteAccessKey", DeleteAccessKeyRequest::builder, this::delete),
        QueryOperation.of(
            "GetAccessKeyLastUsed", GetAccessKeyLastUsedRequest::builder, this::lastUsed));
  }

  private CreateAccessKeyResponse create(CreateAccessKeyRequest request, Call call) {
    Optional<User> owner = owner(request.userName(), call, "iam:CreateAccessKey");
    NewAccessKey made = NewAccessKey.create(UniqueId.Kind.AKIA, call.account(), random);
    AccessKey key =
        new AccessKey(
            made.id(),
            Arn.iam(call.account(), "root"),
            Authenticator.seal(made.secret(), atRest),
            call.time(),
            owner.map(User::id).orElse(null),
            true);
    store.change(change -> {
      if (keys(change.now(), owner, call).size() >= MAX_KEYS) {
        throw new Refusal(
            new LimitExceeded("Cannot exceed quota for AccessKeysPerUser: " + MAX_KEYS));
      }
      change.create(key);
      return key;
    });
    return CreateAccessKeyResponse.builder()
        .accessKey(answer ->
            answer
                .userName(owner.map(User::name).orElse(null))
                .accessKeyId(key.id().text())
                .status(StatusType.ACTIVE)
                .secretAccessKey(made.secret().reveal())
                .createDate(key.created()))
        .build();
  }

  private ListAccessKeysResponse list(ListAccessKeysRequest request, Call call) {
    Optional<User> owner = owner(request.userName(), call, "iam:ListAccessKeys");
    Page<AccessKeyMetadata> page =
        Page.inOrder(
            keys(store.now(), owner, call).stream().map(key -> described(key, owner)).toList(),
            new Wanted(request.marker(), request.maxItems()));
    return ListAccessKeysResponse.builder()
        .accessKeyMetadata(page.items())
        .isTruncated(page.isTruncated())
        .marker(page.marker())
        .build();
  }

  private static AccessKeyMetadata described(AccessKey key, Optional<User> owner) {
    return AccessKeyMetadata.builder()
        .userName(owner.map(User::name).orElse(null))
        .accessKeyId(key.id().text())
        .status(key.active() ? StatusType.ACTIVE : StatusType.INACTIVE)
        .createDate(key.created())
        .build();
  }

  private UpdateAccessKeyResponse update(UpdateAccessKeyRequest request, Call call) {
    Optional<User> owner = owner(request.userName(), call, "iam:UpdateAccessKey");
    store.change(change -> {
      AccessKey key =
          find(keys(change.now(), owner, call), request.accessKeyId())
              .orElseThrow(() -> missing(request.accessKeyId()));
      change.setActive(key.withActive(request.status() == StatusType.ACTIVE));
      return key;
    });
    return UpdateAccessKeyResponse.builder().build();
  }

  private DeleteAccessKeyResponse delete(DeleteAccessKeyRequest request, Call call) {
    Optional<User> owner = owner(request.userName(), call, "iam:DeleteAccessKey");
    store.change(change -> {
      AccessKey key =
          find(keys(change.now(), owner, call), request.accessKeyId())
              .orElseThrow(() -> missing(request.accessKeyId()));
      change.delete(key);
      return key;
    });
    return DeleteAccessKeyResponse.builder().build();
  }

  private GetAccessKeyLastUsedResponse lastUsed(GetAccessKeyLastUsedRequest request, Call call) {
    Access access = new Access("iam:GetAccessKeyLastUsed", Arn.iam(call.account(), "user/*"));
    call.require(access);
    AccessKey key =
        find(store.now().accessKeys(call.account()), request.accessKeyId())
            .orElseThrow(() -> notYours(access, request.accessKeyId(), call));
    Optional<LastUse> last = store.now().lastUse(key.id());
    return GetAccessKeyLastUsedResponse.builder()
        .userName(key.ofUser().flatMap(store.now()::user).map(User::name).orElse(null))
        .accessKeyLastUsed(answer ->
            answer
                .lastUsedDate(last.map(LastUse::at).orElse(null))
                .serviceName(last.map(LastUse::service).orElse(NOT_KNOWN))
                .region(last.map(LastUse::region).orElse(NOT_KNOWN)))
        .build();
  }

  /// Whose keys a request is about: those of the user it names or of who asks; nobody's but the
  /// root's where the root asks for its own.
  private Optional<User> owner(@Nullable String name, Call call, String action) {
    if (name == null && call.isRoot()) {
      call.require(new Access(action, Arn.iam(call.account(), "root")));
      return Optional.empty();
    }
    return Optional.of(users.read(Users.asked(action, name, call)));
  }

  private static List<AccessKey> keys(Identities now, Optional<User> owner, Call call) {
    return owner
        .map(now::accessKeys)
        .orElseGet(() ->
            now.accessKeys(call.account()).stream().filter(key -> key.ofUser().isEmpty()).toList());
  }

  /// A key that is nowhere is refused like one of another account.
  private static Refusal notYours(Access access, String id, Call call) {
    return call.refused(
        access,
        new AccessDenied(
            "User: %s is not authorized to perform iam:GetAccessKeyLastUsed on resource: access key %s"
                .formatted(call.callerArn(), id)),
        "the account has no such key");
  }

  private static Optional<AccessKey> find(List<AccessKey> keys, String id) {
    return keys.stream().filter(key -> key.id().text().equals(id)).findFirst();
  }

  private static Refusal missing(String id) {
    return new Refusal(new NoSuchEntity("The Access Key with id " + id + " cannot be found."));
  }
}
