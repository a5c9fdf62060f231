package dev.tegata.aws;

/// The refusals of S3: one line a failure, one row a wire form.
///
/// Source: <https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html>
public sealed interface S3Error extends AwsError {
  record AccessDenied(String message) implements S3Error {}

  record NoSuchBucket(String bucket) implements S3Error {}

  @Override
  default Wire wire() {
    return switch (this) {
      case AccessDenied(var message) -> new Wire("AccessDenied", 403, message);
      case NoSuchBucket(var _) ->
          new Wire("NoSuchBucket", 404, "The specified bucket does not exist");
    };
  }
}
