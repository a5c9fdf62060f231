package dev.tegata.providers;

import dev.tegata.authorization.Call;
import dev.tegata.aws.IamError.InvalidInput;
import dev.tegata.aws.QueryOperation;
import dev.tegata.aws.Refusal;
import dev.tegata.entity.ContextKeys;
import dev.tegata.entity.Page;
import dev.tegata.entity.Page.Wanted;
import dev.tegata.entity.TagRules;
import dev.tegata.providers.OidcProviderAccess.Asked;
import dev.tegata.store.IdentityStore;
import dev.tegata.store.OidcProvider;
import java.util.List;
import software.amazon.awssdk.services.iam.model.ListOpenIdConnectProviderTagsRequest;
import software.amazon.awssdk.services.iam.model.ListOpenIdConnectProviderTagsResponse;
import software.amazon.awssdk.services.iam.model.Tag;
import software.amazon.awssdk.services.iam.model.TagOpenIdConnectProviderRequest;
import software.amazon.awssdk.services.iam.model.TagOpenIdConnectProviderResponse;
import software.amazon.awssdk.services.iam.model.UntagOpenIdConnectProviderRequest;
import software.amazon.awssdk.services.iam.model.UntagOpenIdConnectProviderResponse;

/// The tags of OIDC providers, whose keys differ by case.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_TagOpenIDConnectProvider.html>
public final class OidcProviderTags {
  private final OidcProviderAccess providers;

  public OidcProviderTags(IdentityStore store) {
    this.providers = new OidcProviderAccess(store);
  }

  public List<QueryOperation<Call, ?, ?>> operations() {
    return List.of(
        QueryOperation.of(
            "TagOpenIDConnectProvider", TagOpenIdConnectProviderRequest::builder, this::tag),
        QueryOperation.of(
            "UntagOpenIDConnectProvider", UntagOpenIdConnectProviderRequest::builder, this::untag),
        QueryOperation.of(
            "ListOpenIDConnectProviderTags",
            ListOpenIdConnectProviderTagsRequest::builder,
            this::list));
  }

  public TagOpenIdConnectProviderResponse tag(TagOpenIdConnectProviderRequest request, Call call) {
    requireSome(request.tags());
    ContextKeys context =
        new ContextKeys().requestTags(TagRules.OIDC_PROVIDER.read(request.tags()));
    providers.change(
        Asked.of(call, "iam:TagOpenIDConnectProvider", request.openIDConnectProviderArn(), context),
        provider -> provider.withTags(TagRules.OIDC_PROVIDER.add(provider.tags(), request.tags())));
    return TagOpenIdConnectProviderResponse.builder().build();
  }

  public UntagOpenIdConnectProviderResponse untag(
      UntagOpenIdConnectProviderRequest request, Call call) {
    requireSome(request.tagKeys());
    providers.change(
        Asked.of(
            call,
            "iam:UntagOpenIDConnectProvider",
            request.openIDConnectProviderArn(),
            new ContextKeys().tagKeys(request.tagKeys())),
        provider ->
            provider.withTags(TagRules.OIDC_PROVIDER.remove(provider.tags(), request.tagKeys())));
    return UntagOpenIdConnectProviderResponse.builder().build();
  }

  public ListOpenIdConnectProviderTagsResponse list(
      ListOpenIdConnectProviderTagsRequest request, Call call) {
    OidcProvider provider =
        providers.read(
            Asked.of(
                call, "iam:ListOpenIDConnectProviderTags", request.openIDConnectProviderArn()));
    Page<Tag> page =
        Page.inOrder(
            TagRules.write(provider.tags()), new Wanted(request.marker(), request.maxItems()));
    return ListOpenIdConnectProviderTagsResponse.builder()
        .tags(page.items())
        .isTruncated(page.isTruncated())
        .marker(page.marker())
        .build();
  }

  private static void requireSome(List<?> tagsOrKeys) {
    if (tagsOrKeys.isEmpty()) {
      throw new Refusal(new InvalidInput("Tag list must contain at least one entry."));
    }
  }
}
