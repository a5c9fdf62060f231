package dev.tegata.aws;

import dev.tegata.aws.AwsError.Wire;
import dev.tegata.http.HttpResponse;
import dev.tegata.http.Query;
import java.util.function.Supplier;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.utils.builder.SdkBuilder;

/// Requests and answers of the Query protocol: a form comes in, XML goes out.
///
/// The shapes are those of the model classes of AWS SDK for Java, whose fields know their names on
/// the wire; so one reader and one writer serve every operation.
///
/// Source: <https://smithy.io/2.0/aws/protocols/aws-query-protocol.html>
public final class QueryProtocol {
  private static final String FAULT_NAMESPACE = "http://webservices.amazon.com/AWSFault/2005-15-09";
  private static final String CONTENT_TYPE = "text/xml";
  private static final String REQUEST_ID = "x-amzn-RequestId";

  private QueryProtocol() {}

  /// Reads `form` into the request that `builder` builds; parameters it has no field for are
  /// ignored.
  ///
  /// @throws Refusal with MalformedInput when a value is not of its field's type
  public static <I, B extends SdkPojo & SdkBuilder<B, I>> I read(Query form, Supplier<B> builder) {
    B request = builder.get();
    new FormReader(form).readInto(request);
    return request.build();
  }

  /// The answer to a request that was carried out.
  public static HttpResponse write(
      String operation, SdkPojo answer, String namespace, String requestId) {
    XmlWriter xml = new XmlWriter();
    xml.nest(
        operation + "Response",
        namespace,
        () -> {
          // Where an answer is empty AWS leaves its element out for some operations and not for
          // others (UpdateRole), and clients insist on it only for the latter.
          xml.nest(operation + "Result", () -> xml.fields(answer));
          xml.nest("ResponseMetadata", () -> xml.text("RequestId", requestId));
        });
    return respond(200, xml, requestId);
  }

  /// The answer to a request that was refused.
  public static HttpResponse error(AwsError error, String namespace, String requestId) {
    Wire wire = error.wire();
    XmlWriter xml = new XmlWriter();
    xml.nest(
        "ErrorResponse",
        error instanceof CommonError.InvalidAction ? FAULT_NAMESPACE : namespace,
        () -> {
          xml.nest(
              "Error",
              () -> {
                xml.text("Type", wire.status() < 500 ? "Sender" : "Receiver");
                xml.text("Code", wire.code());
                if (!wire.message().isEmpty()) {
                  xml.text("Message", wire.message());
                }
              });
          xml.text("RequestId", requestId);
        });
    return respond(wire.status(), xml, requestId);
  }

  private static HttpResponse respond(int status, XmlWriter xml, String requestId) {
    return HttpResponse.text(status, CONTENT_TYPE, xml.toString()).with(REQUEST_ID, requestId);
  }
}
