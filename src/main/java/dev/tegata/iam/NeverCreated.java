package dev.tegata.iam;

import dev.tegata.arn.Arn;
import dev.tegata.authorization.Call;
import dev.tegata.authorization.Call.Access;
import dev.tegata.aws.QueryOperation;
import java.util.List;
import java.util.Objects;
import software.amazon.awssdk.services.iam.model.ListServerCertificatesRequest;
import software.amazon.awssdk.services.iam.model.ListServerCertificatesResponse;
import software.amazon.awssdk.services.iam.model.ServerCertificateMetadata;

/// What an account may have at AWS and nobody can create here: tools that go through an account ask
/// for it, and there is none.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListSAMLProviders.html>
final class NeverCreated {
  List<QueryOperation<Call, ?, ?>> operations() {
    return List.of(
        QueryOperation.of(
            "ListServerCertificates",
            ListServerCertificatesRequest::builder,
            NeverCreated::serverCertificates));
  }

  private static ListServerCertificatesResponse serverCertificates(
      ListServerCertificatesRequest request, Call call) {
    String prefix = Objects.requireNonNullElse(request.pathPrefix(), "/");
    call.require(
        new Access(
            "iam:ListServerCertificates", Arn.iam(call.account(), "server-certificate" + prefix)));
    return ListServerCertificatesResponse.builder()
        .serverCertificateMetadataList(List.<ServerCertificateMetadata>of())
        .isTruncated(false)
        .build();
  }
}
