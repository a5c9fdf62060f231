package dev.tegata.certificates;

import dev.tegata.authorization.Call;
import dev.tegata.aws.QueryOperation;
import dev.tegata.entity.ContextKeys;
import dev.tegata.entity.IdentityAccess.Asked;
import dev.tegata.entity.Page;
import dev.tegata.entity.Page.Wanted;
import dev.tegata.entity.TagRules;
import dev.tegata.store.IdentityStore;
import java.util.List;
import software.amazon.awssdk.services.iam.model.ListServerCertificateTagsRequest;
import software.amazon.awssdk.services.iam.model.ListServerCertificateTagsResponse;
import software.amazon.awssdk.services.iam.model.Tag;
import software.amazon.awssdk.services.iam.model.TagServerCertificateRequest;
import software.amazon.awssdk.services.iam.model.TagServerCertificateResponse;
import software.amazon.awssdk.services.iam.model.UntagServerCertificateRequest;
import software.amazon.awssdk.services.iam.model.UntagServerCertificateResponse;

/// The tags of server certificates, whose keys may differ in case alone.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_TagServerCertificate.html>
public final class ServerCertificateTags {
  private final ServerCertificateAccess certificates;

  public ServerCertificateTags(IdentityStore store) {
    this.certificates = new ServerCertificateAccess(store);
  }

  public List<QueryOperation<Call, ?, ?>> operations() {
    return List.of(
        QueryOperation.of("TagServerCertificate", TagServerCertificateRequest::builder, this::tag),
        QueryOperation.of(
            "UntagServerCertificate", UntagServerCertificateRequest::builder, this::untag),
        QueryOperation.of(
            "ListServerCertificateTags", ListServerCertificateTagsRequest::builder, this::list));
  }

  private TagServerCertificateResponse tag(TagServerCertificateRequest request, Call call) {
    TagRules rules = TagRules.SERVER_CERTIFICATE;
    ContextKeys context = new ContextKeys().requestTags(rules.read(request.tags()));
    return certificates.change(
        new Asked(call, "iam:TagServerCertificate", request.serverCertificateName(), context),
        (change, certificate) -> {
          certificate.withTags(rules.add(certificate.tags(), request.tags())).put(change);
          return TagServerCertificateResponse.builder().build();
        });
  }

  private UntagServerCertificateResponse untag(UntagServerCertificateRequest request, Call call) {
    ContextKeys context = new ContextKeys().tagKeys(request.tagKeys());
    return certificates.change(
        new Asked(call, "iam:UntagServerCertificate", request.serverCertificateName(), context),
        (change, certificate) -> {
          certificate
              .withTags(TagRules.SERVER_CERTIFICATE.remove(certificate.tags(), request.tagKeys()))
              .put(change);
          return UntagServerCertificateResponse.builder().build();
        });
  }

  private ListServerCertificateTagsResponse list(
      ListServerCertificateTagsRequest request, Call call) {
    ServerCertificate certificate =
        certificates.read(
            Asked.of(call, "iam:ListServerCertificateTags", request.serverCertificateName()));
    Page<Tag> page =
        Page.inOrder(
            TagRules.write(certificate.tags()), new Wanted(request.marker(), request.maxItems()));
    return ListServerCertificateTagsResponse.builder()
        .tags(page.items())
        .isTruncated(page.isTruncated())
        .marker(page.marker())
        .build();
  }
}
