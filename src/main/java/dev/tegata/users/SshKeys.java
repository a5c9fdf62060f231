package dev.tegata.users;

import dev.tegata.arn.UniqueId;
import dev.tegata.authorization.Call;
import dev.tegata.aws.IamError.DuplicateSshPublicKey;
import dev.tegata.aws.IamError.InvalidPublicKey;
import dev.tegata.aws.IamError.LimitExceeded;
import dev.tegata.aws.IamError.NoSuchEntity;
import dev.tegata.aws.IamError.UnrecognizedPublicKeyEncoding;
import dev.tegata.aws.QueryOperation;
import dev.tegata.aws.Refusal;
import dev.tegata.credentials.SshPublicKey;
import dev.tegata.credentials.SshRsaKey;
import dev.tegata.entity.IdentityAccess;
import dev.tegata.entity.IdentityAccess.Asked;
import dev.tegata.entity.IdentityKind;
import dev.tegata.entity.Page;
import dev.tegata.entity.Page.Wanted;
import dev.tegata.store.Entity.User;
import dev.tegata.store.IdentityStore;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import software.amazon.awssdk.services.iam.model.DeleteSshPublicKeyRequest;
import software.amazon.awssdk.services.iam.model.DeleteSshPublicKeyResponse;
import software.amazon.awssdk.services.iam.model.EncodingType;
import software.amazon.awssdk.services.iam.model.GetSshPublicKeyRequest;
import software.amazon.awssdk.services.iam.model.GetSshPublicKeyResponse;
import software.amazon.awssdk.services.iam.model.ListSshPublicKeysRequest;
import software.amazon.awssdk.services.iam.model.ListSshPublicKeysResponse;
import software.amazon.awssdk.services.iam.model.SSHPublicKey;
import software.amazon.awssdk.services.iam.model.SSHPublicKeyMetadata;
import software.amazon.awssdk.services.iam.model.StatusType;
import software.amazon.awssdk.services.iam.model.UpdateSshPublicKeyRequest;
import software.amazon.awssdk.services.iam.model.UpdateSshPublicKeyResponse;
import software.amazon.awssdk.services.iam.model.UploadSshPublicKeyRequest;
import software.amazon.awssdk.services.iam.model.UploadSshPublicKeyResponse;

/// The SSH keys of users, of which each may have five. They are RSA keys of 2048 bits or more.
///
/// Of the sentences only that about a text that is no key was seen at AWS.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_UploadSSHPublicKey.html>
public final class SshKeys {
  private static final int MAX_KEYS = 5;
  private static final int MIN_BITS = 2048;

  private final IdentityAccess<User> users;
  private final RandomGenerator random;

  /// Ids are drawn from `random`.
  public SshKeys(IdentityStore store, RandomGenerator random) {
    this.users = new IdentityAccess<>(store, IdentityKind.USER);
    this.random = random;
  }

  public List<QueryOperation<Call, ?, ?>> operations() {
    return List.of(
        QueryOperation.of("UploadSSHPublicKey", UploadSshPublicKeyRequest::builder, this::upload),
        QueryOperation.of("GetSSHPublicKey", GetSshPublicKeyRequest::builder, this::get),
        QueryOperation.of("ListSSHPublicKeys", ListSshPublicKeysRequest::builder, this::list),
        QueryOperation.of("UpdateSSHPublicKey", UpdateSshPublicKeyRequest::builder, this::update),
        QueryOperation.of("DeleteSSHPublicKey", DeleteSshPublicKeyRequest::builder, this::delete));
  }

  private UploadSshPublicKeyResponse upload(UploadSshPublicKeyRequest request, Call call) {
    UniqueId id = UniqueId.create(UniqueId.Kind.APKA, call.account(), random);
    User user =
        users.change(
            Asked.of(call, "iam:UploadSSHPublicKey", request.userName()),
            (_, found) -> {
              SshRsaKey key = read(request.sshPublicKeyBody());
              requireRoom(found, key);
              return with(
                  found, SshPublicKey.of(id, request.sshPublicKeyBody().strip(), call.time()));
            });
    return UploadSshPublicKeyResponse.builder()
        .sshPublicKey(answer(user, key(user, id.text()), request.sshPublicKeyBody()))
        .build();
  }

  private static SshRsaKey read(String body) {
    SshRsaKey key;
    try {
      key = SshRsaKey.parse(body);
    } catch (IllegalArgumentException e) {
      throw new Refusal(new UnrecognizedPublicKeyEncoding("Invalid public key uploaded."));
    }
    if (key.bits() < MIN_BITS) {
      throw new Refusal(
          new InvalidPublicKey("The public key must have at least " + MIN_BITS + " bits."));
    }
    return key;
  }

  private static void requireRoom(User user, SshRsaKey key) {
    List<SshPublicKey> keys = user.credentials().sshKeys();
    if (keys.stream().anyMatch(other -> other.key().equals(key))) {
      throw new Refusal(
          new DuplicateSshPublicKey(
              "The SSH public key is already associated with user " + user.name() + "."));
    }
    if (keys.size() >= MAX_KEYS) {
      throw new Refusal(
          new LimitExceeded("Cannot exceed quota for SSHPublicKeysPerUser: " + MAX_KEYS));
    }
  }

  private static User with(User user, SshPublicKey key) {
    List<SshPublicKey> keys = new ArrayList<>(user.credentials().sshKeys());
    keys.add(key);
    return user.withCredentials(user.credentials().withSshKeys(keys));
  }

  private GetSshPublicKeyResponse get(GetSshPublicKeyRequest request, Call call) {
    User user = users.read(Asked.of(call, "iam:GetSSHPublicKey", request.userName()));
    SshPublicKey key = key(user, request.sshPublicKeyId());
    String body = request.encoding() == EncodingType.PEM ? key.key().toPem() : key.body();
    return GetSshPublicKeyResponse.builder().sshPublicKey(answer(user, key, body)).build();
  }

  private static SSHPublicKey answer(User user, SshPublicKey key, String body) {
    return SSHPublicKey.builder()
        .userName(user.name())
        .sshPublicKeyId(key.id().text())
        .fingerprint(key.key().fingerprint())
        .sshPublicKeyBody(body)
        .status(status(key))
        .uploadDate(key.uploaded())
        .build();
  }

  private static StatusType status(SshPublicKey key) {
    return key.active() ? StatusType.ACTIVE : StatusType.INACTIVE;
  }

  private ListSshPublicKeysResponse list(ListSshPublicKeysRequest request, Call call) {
    User user = users.read(Users.asked("iam:ListSSHPublicKeys", request.userName(), call));
    Page<SSHPublicKeyMetadata> page =
        Page.inOrder(
            user.credentials().sshKeys().stream().map(key -> listed(user, key)).toList(),
            new Wanted(request.marker(), request.maxItems()));
    return ListSshPublicKeysResponse.builder()
        .sshPublicKeys(page.items())
        .isTruncated(page.isTruncated())
        .marker(page.marker())
        .build();
  }

  private static SSHPublicKeyMetadata listed(User user, SshPublicKey key) {
    return SSHPublicKeyMetadata.builder()
        .userName(user.name())
        .sshPublicKeyId(key.id().text())
        .status(status(key))
        .uploadDate(key.uploaded())
        .build();
  }

  private UpdateSshPublicKeyResponse update(UpdateSshPublicKeyRequest request, Call call) {
    users.change(
        Asked.of(call, "iam:UpdateSSHPublicKey", request.userName()),
        (_, user) -> {
          SshPublicKey key = key(user, request.sshPublicKeyId());
          boolean isActive = request.status() == StatusType.ACTIVE;
          return user.withCredentials(
              user.credentials()
                  .withSshKeys(
                      user.credentials().sshKeys().stream()
                          .map(other -> other.equals(key) ? key.withActive(isActive) : other)
                          .toList()));
        });
    return UpdateSshPublicKeyResponse.builder().build();
  }

  private DeleteSshPublicKeyResponse delete(DeleteSshPublicKeyRequest request, Call call) {
    users.change(
        Asked.of(call, "iam:DeleteSSHPublicKey", request.userName()),
        (_, user) -> {
          SshPublicKey key = key(user, request.sshPublicKeyId());
          return user.withCredentials(
              user.credentials()
                  .withSshKeys(
                      user.credentials().sshKeys().stream()
                          .filter(other -> !other.equals(key))
                          .toList()));
        });
    return DeleteSshPublicKeyResponse.builder().build();
  }

  private static SshPublicKey key(User user, String id) {
    return user.credentials().sshKeys().stream()
        .filter(key -> key.id().text().equals(id))
        .findFirst()
        .orElseThrow(() ->
            new Refusal(new NoSuchEntity("The Public Key with id " + id + " cannot be found.")));
  }
}
