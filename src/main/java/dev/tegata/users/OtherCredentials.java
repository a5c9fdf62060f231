package dev.tegata.users;

import dev.tegata.arn.Arn;
import dev.tegata.authorization.Call;
import dev.tegata.authorization.Call.Access;
import dev.tegata.aws.IamError.NoSuchEntity;
import dev.tegata.aws.QueryOperation;
import dev.tegata.aws.Refusal;
import dev.tegata.entity.IdentityAccess;
import dev.tegata.entity.IdentityAccess.Asked;
import dev.tegata.entity.IdentityKind;
import dev.tegata.store.Entity.User;
import dev.tegata.store.IdentityStore;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.iam.model.DeleteLoginProfileRequest;
import software.amazon.awssdk.services.iam.model.DeleteLoginProfileResponse;
import software.amazon.awssdk.services.iam.model.GetLoginProfileRequest;
import software.amazon.awssdk.services.iam.model.GetLoginProfileResponse;
import software.amazon.awssdk.services.iam.model.ListMfaDevicesRequest;
import software.amazon.awssdk.services.iam.model.ListMfaDevicesResponse;
import software.amazon.awssdk.services.iam.model.ListServiceSpecificCredentialsRequest;
import software.amazon.awssdk.services.iam.model.ListServiceSpecificCredentialsResponse;
import software.amazon.awssdk.services.iam.model.ListSigningCertificatesRequest;
import software.amazon.awssdk.services.iam.model.ListSigningCertificatesResponse;
import software.amazon.awssdk.services.iam.model.ListSshPublicKeysRequest;
import software.amazon.awssdk.services.iam.model.ListSshPublicKeysResponse;
import software.amazon.awssdk.services.iam.model.ListVirtualMfaDevicesRequest;
import software.amazon.awssdk.services.iam.model.ListVirtualMfaDevicesResponse;
import software.amazon.awssdk.services.iam.model.MFADevice;
import software.amazon.awssdk.services.iam.model.SSHPublicKeyMetadata;
import software.amazon.awssdk.services.iam.model.ServiceSpecificCredentialMetadata;
import software.amazon.awssdk.services.iam.model.SigningCertificate;
import software.amazon.awssdk.services.iam.model.VirtualMFADevice;

/// The credentials of a user that are no access keys: no user has any here, and tools ask for them
/// before they delete one.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_users_remove.html>
public final class OtherCredentials {
  private final IdentityAccess<User> users;

  public OtherCredentials(IdentityStore store) {
    this.users = new IdentityAccess<>(store, IdentityKind.USER);
  }

  public List<QueryOperation<Call, ?, ?>> operations() {
    return List.of(
        QueryOperation.of("ListSSHPublicKeys", ListSshPublicKeysRequest::builder, this::sshKeys),
        QueryOperation.of("ListMFADevices", ListMfaDevicesRequest::builder, this::devices),
        QueryOperation.of(
            "ListSigningCertificates", ListSigningCertificatesRequest::builder, this::certificates),
        QueryOperation.of(
            "ListServiceSpecificCredentials",
            ListServiceSpecificCredentialsRequest::builder,
            this::ofServices),
        QueryOperation.of(
            "ListVirtualMFADevices",
            ListVirtualMfaDevicesRequest::builder,
            (_, call) -> virtualDevices(call)),
        QueryOperation.of("GetLoginProfile", GetLoginProfileRequest::builder, this::login),
        QueryOperation.of(
            "DeleteLoginProfile", DeleteLoginProfileRequest::builder, this::deleteLogin));
  }

  private User user(@Nullable String name, Call call, String action) {
    return users.read(Asked.of(call, action, Users.nameOrOwn(name, call)));
  }

  private ListSshPublicKeysResponse sshKeys(ListSshPublicKeysRequest request, Call call) {
    user(request.userName(), call, "iam:ListSSHPublicKeys");
    return ListSshPublicKeysResponse.builder()
        .sshPublicKeys(List.<SSHPublicKeyMetadata>of())
        .isTruncated(false)
        .build();
  }

  private ListMfaDevicesResponse devices(ListMfaDevicesRequest request, Call call) {
    user(request.userName(), call, "iam:ListMFADevices");
    return ListMfaDevicesResponse.builder()
        .mfaDevices(List.<MFADevice>of())
        .isTruncated(false)
        .build();
  }

  private static ListVirtualMfaDevicesResponse virtualDevices(Call call) {
    call.require(new Access("iam:ListVirtualMFADevices", Arn.EVERY));
    return ListVirtualMfaDevicesResponse.builder()
        .virtualMFADevices(List.<VirtualMFADevice>of())
        .isTruncated(false)
        .build();
  }

  private ListSigningCertificatesResponse certificates(
      ListSigningCertificatesRequest request, Call call) {
    user(request.userName(), call, "iam:ListSigningCertificates");
    return ListSigningCertificatesResponse.builder()
        .certificates(List.<SigningCertificate>of())
        .isTruncated(false)
        .build();
  }

  private ListServiceSpecificCredentialsResponse ofServices(
      ListServiceSpecificCredentialsRequest request, Call call) {
    user(request.userName(), call, "iam:ListServiceSpecificCredentials");
    return ListServiceSpecificCredentialsResponse.builder()
        .serviceSpecificCredentials(List.<ServiceSpecificCredentialMetadata>of())
        .build();
  }

  private GetLoginProfileResponse login(GetLoginProfileRequest request, Call call) {
    throw noLogin(user(request.userName(), call, "iam:GetLoginProfile"));
  }

  private DeleteLoginProfileResponse deleteLogin(DeleteLoginProfileRequest request, Call call) {
    throw noLogin(user(request.userName(), call, "iam:DeleteLoginProfile"));
  }

  private static Refusal noLogin(User user) {
    return new Refusal(
        new NoSuchEntity("Login Profile for User " + user.name() + " cannot be found."));
  }
}
