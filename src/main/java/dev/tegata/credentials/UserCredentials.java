package dev.tegata.credentials;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a user has besides access keys: kept with it, and gone with it. `mfaDevices` are the names
/// of its devices, which are the account's.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_users_remove.html>
public record UserCredentials(
    @Nullable Login login,
    List<SshPublicKey> sshKeys,
    List<SigningCertificate> certificates,
    List<ServiceCredential> services,
    List<String> mfaDevices) {
  /// A user who has nothing of it.
  public static final UserCredentials NONE =
      new UserCredentials(null, List.of(), List.of(), List.of(), List.of());

  public UserCredentials {
    sshKeys = List.copyOf(sshKeys);
    certificates = List.copyOf(certificates);
    services = List.copyOf(services);
    mfaDevices = List.copyOf(mfaDevices);
  }

  /// The login profile, if the user has one.
  public Optional<Login> profile() {
    return Optional.ofNullable(login);
  }

  public UserCredentials withLogin(Login other) {
    return new UserCredentials(other, sshKeys, certificates, services, mfaDevices);
  }

  public UserCredentials withoutLogin() {
    return new UserCredentials(null, sshKeys, certificates, services, mfaDevices);
  }

  public UserCredentials withSshKeys(List<SshPublicKey> others) {
    return new UserCredentials(login, others, certificates, services, mfaDevices);
  }

  public UserCredentials withCertificates(List<SigningCertificate> others) {
    return new UserCredentials(login, sshKeys, others, services, mfaDevices);
  }

  public UserCredentials withServices(List<ServiceCredential> others) {
    return new UserCredentials(login, sshKeys, certificates, others, mfaDevices);
  }

  public UserCredentials withMfaDevices(List<String> others) {
    return new UserCredentials(login, sshKeys, certificates, services, others);
  }

  /// About how much room they take.
  public int characters() {
    return profile().map(Login::characters).orElse(0)
        + sshKeys.stream().mapToInt(key -> key.body().length()).sum()
        + certificates.stream().mapToInt(certificate -> certificate.body().length()).sum();
  }
}
