package dev.tegata.providers;

import dev.tegata.authorization.Call;
import dev.tegata.aws.QueryOperation;
import dev.tegata.entity.ContextKeys;
import dev.tegata.entity.Page;
import dev.tegata.entity.Page.Wanted;
import dev.tegata.entity.SamlProvider;
import dev.tegata.entity.TagRules;
import dev.tegata.providers.SamlProviderAccess.Asked;
import dev.tegata.store.IdentityStore;
import java.util.List;
import software.amazon.awssdk.services.iam.model.ListSamlProviderTagsRequest;
import software.amazon.awssdk.services.iam.model.ListSamlProviderTagsResponse;
import software.amazon.awssdk.services.iam.model.Tag;
import software.amazon.awssdk.services.iam.model.TagSamlProviderRequest;
import software.amazon.awssdk.services.iam.model.TagSamlProviderResponse;
import software.amazon.awssdk.services.iam.model.UntagSamlProviderRequest;
import software.amazon.awssdk.services.iam.model.UntagSamlProviderResponse;

/// The tags of SAML providers, whose keys may differ in case alone.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_TagSAMLProvider.html>
public final class SamlProviderTags {
  private final SamlProviderAccess providers;

  public SamlProviderTags(IdentityStore store) {
    this.providers = new SamlProviderAccess(store);
  }

  public List<QueryOperation<Call, ?, ?>> operations() {
    return List.of(
        QueryOperation.of("TagSAMLProvider", TagSamlProviderRequest::builder, this::tag),
        QueryOperation.of("UntagSAMLProvider", UntagSamlProviderRequest::builder, this::untag),
        QueryOperation.of(
            "ListSAMLProviderTags", ListSamlProviderTagsRequest::builder, this::list));
  }

  private TagSamlProviderResponse tag(TagSamlProviderRequest request, Call call) {
    TagRules rules = TagRules.SAML_PROVIDER;
    ContextKeys context = new ContextKeys().requestTags(rules.read(request.tags()));
    return providers.change(
        Asked.of(call, "iam:TagSAMLProvider", request.samlProviderArn(), context),
        (change, provider) -> {
          provider.withTags(rules.add(provider.tags(), request.tags())).put(change);
          return TagSamlProviderResponse.builder().build();
        });
  }

  private UntagSamlProviderResponse untag(UntagSamlProviderRequest request, Call call) {
    ContextKeys context = new ContextKeys().tagKeys(request.tagKeys());
    return providers.change(
        Asked.of(call, "iam:UntagSAMLProvider", request.samlProviderArn(), context),
        (change, provider) -> {
          provider
              .withTags(TagRules.SAML_PROVIDER.remove(provider.tags(), request.tagKeys()))
              .put(change);
          return UntagSamlProviderResponse.builder().build();
        });
  }

  private ListSamlProviderTagsResponse list(ListSamlProviderTagsRequest request, Call call) {
    SamlProvider provider =
        providers.read(Asked.of(call, "iam:ListSAMLProviderTags", request.samlProviderArn()));
    Page<Tag> page =
        Page.inOrder(
            TagRules.write(provider.tags()), new Wanted(request.marker(), request.maxItems()));
    return ListSamlProviderTagsResponse.builder()
        .tags(page.items())
        .isTruncated(page.isTruncated())
        .marker(page.marker())
        .build();
  }
}
