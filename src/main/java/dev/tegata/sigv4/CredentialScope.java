package dev.tegata.sigv4;

import java.time.Instant;

/// What a signing key is good for: one day (such as `20130524`), one region and one service.
///
/// Source:
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html#create-string-to-sign>
public record CredentialScope(String date, String region, String service) {
  static final String TERMINATOR = "aws4_request";
  static final String S3 = "s3";

  /// The scope of a signature that is made at `time`.
  public static CredentialScope at(Instant time, String region, String service) {
    return new CredentialScope(AmzDate.date(time), region, service);
  }

  /// Whether the rules of S3 hold, which differ from those of every other service.
  boolean isS3() {
    return service.equals(S3);
  }

  /// The form in a string to sign: `20130524/us-east-1/s3/aws4_request`.
  @Override
  public String toString() {
    return date + '/' + region + '/' + service + '/' + TERMINATOR;
  }
}
