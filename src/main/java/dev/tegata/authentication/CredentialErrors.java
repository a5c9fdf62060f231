package dev.tegata.authentication;

import dev.tegata.aws.AwsError;
import dev.tegata.sigv4.SignatureFault;

/// How a service words it when the credentials of a request are not good.
public interface CredentialErrors {

  /// Nobody has this access key: never, not any more, or not with this session token.
  AwsError unknownKey(String accessKeyId);

  /// The session token is none that was sealed here.
  AwsError malformedToken(String token);

  /// The session is over.
  AwsError expiredToken(String token);

  /// The signature itself is at fault; `accessKeyId` is empty where the fault is that it cannot be
  /// read.
  AwsError fault(SignatureFault fault, String accessKeyId);
}
