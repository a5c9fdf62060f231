package dev.tegata.users;

import dev.tegata.authorization.Call;
import dev.tegata.aws.IamError.DuplicateCertificate;
import dev.tegata.aws.IamError.InvalidCertificate;
import dev.tegata.aws.IamError.LimitExceeded;
import dev.tegata.aws.IamError.MalformedCertificate;
import dev.tegata.aws.IamError.NoSuchEntity;
import dev.tegata.aws.QueryOperation;
import dev.tegata.aws.Refusal;
import dev.tegata.credentials.SigningCertificate;
import dev.tegata.entity.IdentityAccess;
import dev.tegata.entity.IdentityAccess.Asked;
import dev.tegata.entity.IdentityKind;
import dev.tegata.entity.Page;
import dev.tegata.entity.Page.Wanted;
import dev.tegata.store.AccountRecord;
import dev.tegata.store.Change;
import dev.tegata.store.Entity.User;
import dev.tegata.store.IdentityStore;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.iam.model.DeleteSigningCertificateRequest;
import software.amazon.awssdk.services.iam.model.DeleteSigningCertificateResponse;
import software.amazon.awssdk.services.iam.model.ListSigningCertificatesRequest;
import software.amazon.awssdk.services.iam.model.ListSigningCertificatesResponse;
import software.amazon.awssdk.services.iam.model.StatusType;
import software.amazon.awssdk.services.iam.model.UpdateSigningCertificateRequest;
import software.amazon.awssdk.services.iam.model.UpdateSigningCertificateResponse;
import software.amazon.awssdk.services.iam.model.UploadSigningCertificateRequest;
import software.amazon.awssdk.services.iam.model.UploadSigningCertificateResponse;

/// The signing certificates of users, of which each may have two. No two users of an account have
/// the same one. The sentences are our own; AWS repeats a certificate that it cannot read, which is
/// not done here, because it may be a private key and the sentence stands in the audit log.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_UploadSigningCertificate.html>
public final class SigningCertificates {
  private static final int MAX_CERTIFICATES = 2;
  private static final int MIN_BITS = 1024;

  /// A record for each certificate of an account, under its id: that of the user who has it.
  private static final String KIND = "signing-certificate";

  private final IdentityStore store;
  private final IdentityAccess<User> users;

  public SigningCertificates(IdentityStore store) {
    this.store = store;
    this.users = new IdentityAccess<>(store, IdentityKind.USER);
  }

  public List<QueryOperation<Call, ?, ?>> operations() {
    return List.of(
        QueryOperation.of(
            "UploadSigningCertificate", UploadSigningCertificateRequest::builder, this::upload),
        QueryOperation.of(
            "ListSigningCertificates", ListSigningCertificatesRequest::builder, this::list),
        QueryOperation.of(
            "UpdateSigningCertificate", UpdateSigningCertificateRequest::builder, this::update),
        QueryOperation.of(
            "DeleteSigningCertificate", DeleteSigningCertificateRequest::builder, this::delete));
  }

  private UploadSigningCertificateResponse upload(
      UploadSigningCertificateRequest request, Call call) {
    Asked asked = Users.asked("iam:UploadSigningCertificate", request.userName(), call);
    users.require(asked);
    users.find(store.now(), asked);
    requireValid(request.certificateBody(), call.time());
    SigningCertificate certificate = SigningCertificate.of(request.certificateBody(), call.time());
    User user =
        store.change(change -> {
          User found = users.find(change.now(), asked);
          requireRoom(found, certificate, change);
          List<SigningCertificate> all = new ArrayList<>(found.credentials().certificates());
          all.add(certificate);
          User changed = found.withCredentials(found.credentials().withCertificates(all));
          change.put(changed);
          change.put(record(found, certificate));
          return changed;
        });
    return UploadSigningCertificateResponse.builder()
        .certificate(answer(user, certificate))
        .build();
  }

  private static void requireValid(String body, Instant now) {
    X509Certificate certificate;
    try {
      certificate = SigningCertificate.read(body);
    } catch (IllegalArgumentException e) {
      throw new Refusal(new MalformedCertificate("Unable to parse certificate: " + e.getMessage()));
    }
    if (!now.isBefore(certificate.getNotAfter().toInstant())) {
      throw new Refusal(
          new MalformedCertificate(
              "The certificate has expired on " + certificate.getNotAfter().toInstant()));
    }
    if (certificate.getPublicKey() instanceof RSAPublicKey key
        && key.getModulus().bitLength() < MIN_BITS) {
      throw new Refusal(
          new InvalidCertificate("The certificate's key has less than " + MIN_BITS + " bits."));
    }
    if (now.isBefore(certificate.getNotBefore().toInstant())) {
      throw new Refusal(
          new InvalidCertificate(
              "The certificate is not valid before " + certificate.getNotBefore().toInstant()));
    }
  }

  private static void requireRoom(User user, SigningCertificate certificate, Change change) {
    if (change.now().record(user.account(), KIND, certificate.id()).isPresent()) {
      throw new Refusal(
          new DuplicateCertificate(
              "The certificate is already associated with an IAM user of the account."));
    }
    if (user.credentials().certificates().size() >= MAX_CERTIFICATES) {
      throw new Refusal(
          new LimitExceeded(
              "Cannot exceed quota for SigningCertificatesPerUser: " + MAX_CERTIFICATES));
    }
  }

  /// Lets others have the certificates of a user who goes with them.
  public static void release(User user, Change change) {
    user.credentials()
        .certificates()
        .forEach(certificate -> change.delete(record(user, certificate)));
  }

  private static AccountRecord record(User user, SigningCertificate certificate) {
    return new AccountRecord(user.account(), KIND, certificate.id(), user.id().text());
  }

  private static software.amazon.awssdk.services.iam.model.SigningCertificate answer(
      User user, SigningCertificate certificate) {
    return software.amazon.awssdk.services.iam.model.SigningCertificate.builder()
        .userName(user.name())
        .certificateId(certificate.id())
        .certificateBody(certificate.body())
        .status(certificate.active() ? StatusType.ACTIVE : StatusType.INACTIVE)
        .uploadDate(certificate.uploaded())
        .build();
  }

  private ListSigningCertificatesResponse list(ListSigningCertificatesRequest request, Call call) {
    User user = users.read(Users.asked("iam:ListSigningCertificates", request.userName(), call));
    Page<SigningCertificate> page =
        Page.inOrder(
            user.credentials().certificates(), new Wanted(request.marker(), request.maxItems()));
    return ListSigningCertificatesResponse.builder()
        .certificates(page.items().stream().map(each -> answer(user, each)).toList())
        .isTruncated(page.isTruncated())
        .marker(page.marker())
        .build();
  }

  private UpdateSigningCertificateResponse update(
      UpdateSigningCertificateRequest request, Call call) {
    users.change(
        Users.asked("iam:UpdateSigningCertificate", request.userName(), call),
        (_, user) -> {
          SigningCertificate found = find(user, request.certificateId());
          boolean isActive = request.status() == StatusType.ACTIVE;
          return user.withCredentials(
              user.credentials()
                  .withCertificates(
                      user.credentials().certificates().stream()
                          .map(other -> other.equals(found) ? found.withActive(isActive) : other)
                          .toList()));
        });
    return UpdateSigningCertificateResponse.builder().build();
  }

  private DeleteSigningCertificateResponse delete(
      DeleteSigningCertificateRequest request, Call call) {
    Asked asked = Users.asked("iam:DeleteSigningCertificate", request.userName(), call);
    users.require(asked);
    return store.change(change -> {
      User user = users.find(change.now(), asked);
      SigningCertificate found = find(user, request.certificateId());
      change.put(
          user.withCredentials(
              user.credentials()
                  .withCertificates(
                      user.credentials().certificates().stream()
                          .filter(other -> !other.equals(found))
                          .toList())));
      change.delete(record(user, found));
      return DeleteSigningCertificateResponse.builder().build();
    });
  }

  private static SigningCertificate find(User user, String id) {
    return user.credentials().certificates().stream()
        .filter(certificate -> certificate.id().equals(id))
        .findFirst()
        .orElseThrow(() ->
            new Refusal(new NoSuchEntity("The Certificate with id " + id + " cannot be found.")));
  }
}
