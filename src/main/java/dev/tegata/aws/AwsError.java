package dev.tegata.aws;

import java.util.SequencedMap;
import java.util.TreeMap;

/// What a client is told when it is refused: one line a failure, one row a wire form.
///
/// Source: <https://docs.aws.amazon.com/STS/latest/APIReference/CommonErrors.html>
public sealed interface AwsError permits CommonError, StsError, IamError, S3Error {
  Wire wire();

  /// `code` is what clients branch on, `status` the HTTP status, `message` a sentence for a human,
  /// `details` the further elements of an S3 error, in their order.
  record Wire(String code, int status, String message, SequencedMap<String, String> details) {
    public Wire(String code, int status, String message) {
      this(code, status, message, new TreeMap<>());
    }
  }
}
