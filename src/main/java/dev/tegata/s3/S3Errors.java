package dev.tegata.s3;

import dev.tegata.aws.AwsError;
import dev.tegata.aws.CommonError;
import dev.tegata.aws.S3Error;
import dev.tegata.aws.XmlDocument;
import dev.tegata.http.Headers;
import dev.tegata.http.HttpRequest;
import dev.tegata.http.HttpResponse;

/// How S3 tells a client that it is refused.
///
/// Source: <https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html#RESTErrorResponses>
public final class S3Errors {
  private static final String HOST_ID = "tegata";

  private S3Errors() {}

  /// The answer to `request`; one to HEAD has the status alone.
  public static HttpResponse answer(AwsError error, HttpRequest request, String requestId) {
    AwsError.Wire wire = inWordsOfS3(error).wire();
    HttpResponse answer =
        request.method().equals("HEAD")
            ? HttpResponse.empty(wire.status(), Headers.of("Content-Type", "application/xml"))
            : body(wire, requestId);
    return answer.with("x-amz-request-id", requestId).with("x-amz-id-2", HOST_ID);
  }

  private static AwsError inWordsOfS3(AwsError error) {
    return switch (error) {
      case CommonError.InternalFailure() -> new S3Error.InternalFailure();
      case CommonError.ServiceUnavailable() -> new S3Error.ServiceUnavailable();
      default -> error;
    };
  }

  private static HttpResponse body(AwsError.Wire wire, String requestId) {
    XmlDocument xml =
        XmlDocument.plain("Error").element("Code", wire.code()).element("Message", wire.message());
    wire.details().forEach(xml::element);
    return xml.element("RequestId", requestId).element("HostId", HOST_ID).answer(wire.status());
  }
}
