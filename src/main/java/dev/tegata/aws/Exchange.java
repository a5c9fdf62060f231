package dev.tegata.aws;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkPojo;

/// What a Query service read and what it answered, for whoever keeps a record of it. Used by one
/// request's thread.
public final class Exchange {
  private final String requestId;
  private @Nullable SdkPojo request;
  private @Nullable SdkPojo answer;

  public Exchange(String requestId) {
    this.requestId = requestId;
  }

  /// The request, once it was read; whether it is valid is another matter.
  public Optional<SdkPojo> request() {
    return Optional.ofNullable(request);
  }

  /// The answer, if the request was carried out.
  public Optional<SdkPojo> answer() {
    return Optional.ofNullable(answer);
  }

  String requestId() {
    return requestId;
  }

  void asks(SdkPojo read) {
    request = read;
  }

  void answers(SdkPojo given) {
    answer = given;
  }
}
