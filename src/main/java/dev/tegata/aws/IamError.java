package dev.tegata.aws;

/// The refusals of Identity and Access Management: one line a failure, one row a wire form.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html>
public sealed interface IamError extends AwsError {
  record DeleteConflict(String message) implements IamError {}

  record DuplicateCertificate(String message) implements IamError {}

  record DuplicateSshPublicKey(String message) implements IamError {}

  record EntityAlreadyExists(String message) implements IamError {}

  /// Somebody else changes the same thing just now.
  record EntityTemporarilyUnmodifiable(String message) implements IamError {}

  /// A feature of the account is on, or off, already.
  record FeatureDisabled(String message) implements IamError {}

  record FeatureEnabled(String message) implements IamError {}

  record InvalidAuthenticationCode(String message) implements IamError {}

  record InvalidCertificate(String message) implements IamError {}

  record InvalidInput(String message) implements IamError {}

  record InvalidPublicKey(String message) implements IamError {}

  record InvalidUserType(String message) implements IamError {}

  /// A private key that is not that of a certificate.
  record KeyPairMismatch(String message) implements IamError {}

  record LimitExceeded(String message) implements IamError {}

  record MalformedCertificate(String message) implements IamError {}

  record MalformedPolicyDocument(String message) implements IamError {}

  record NoSuchEntity(String message) implements IamError {}

  /// A policy that AWS keeps for its services.
  record PolicyNotAttachable(String message) implements IamError {}

  record PasswordPolicyViolation(String message) implements IamError {}

  /// A credential report that is too old; AWS has no words for it.
  record ReportExpired() implements IamError {}

  record ReportNotPresent() implements IamError {}

  /// Only AWS itself may change that, such as a role of one of its services.
  record UnmodifiableEntity(String message) implements IamError {}

  record UnrecognizedPublicKeyEncoding(String message) implements IamError {}

  @Override
  default Wire wire() {
    return switch (this) {
      case DeleteConflict(var message) -> new Wire("DeleteConflict", 409, message);
      case DuplicateCertificate(var message) -> new Wire("DuplicateCertificate", 409, message);
      case DuplicateSshPublicKey(var message) -> new Wire("DuplicateSSHPublicKey", 400, message);
      case EntityAlreadyExists(var message) -> new Wire("EntityAlreadyExists", 409, message);
      case EntityTemporarilyUnmodifiable(var message) ->
          new Wire("EntityTemporarilyUnmodifiable", 409, message);
      case FeatureDisabled(var message) -> new Wire("FeatureDisabled", 404, message);
      case FeatureEnabled(var message) -> new Wire("FeatureEnabled", 409, message);
      case InvalidAuthenticationCode(var message) ->
          new Wire("InvalidAuthenticationCode", 403, message);
      case InvalidCertificate(var message) -> new Wire("InvalidCertificate", 400, message);
      case InvalidInput(var message) -> new Wire("InvalidInput", 400, message);
      case InvalidPublicKey(var message) -> new Wire("InvalidPublicKey", 400, message);
      case InvalidUserType(var message) -> new Wire("InvalidUserType", 400, message);
      case KeyPairMismatch(var message) -> new Wire("KeyPairMismatch", 400, message);
      case LimitExceeded(var message) -> new Wire("LimitExceeded", 409, message);
      case MalformedCertificate(var message) -> new Wire("MalformedCertificate", 400, message);
      case MalformedPolicyDocument(var message) ->
          new Wire("MalformedPolicyDocument", 400, message);
      case NoSuchEntity(var message) -> new Wire("NoSuchEntity", 404, message);
      case PolicyNotAttachable(var message) -> new Wire("PolicyNotAttachable", 400, message);
      case PasswordPolicyViolation(var message) ->
          new Wire("PasswordPolicyViolation", 400, message);
      case ReportExpired() -> new Wire("ReportExpired", 410, "");
      case ReportNotPresent() -> new Wire("ReportNotPresent", 410, "");
      case UnmodifiableEntity(var message) -> new Wire("UnmodifiableEntity", 400, message);
      case UnrecognizedPublicKeyEncoding(var message) ->
          new Wire("UnrecognizedPublicKeyEncoding", 400, message);
    };
  }
}
