package dev.tegata.providers;

import dev.tegata.arn.Arn;
import dev.tegata.authorization.Call;
import dev.tegata.authorization.Call.Access;
import dev.tegata.aws.IamError.EntityAlreadyExists;
import dev.tegata.aws.IamError.InvalidInput;
import dev.tegata.aws.IamError.LimitExceeded;
import dev.tegata.aws.IamError.NoSuchEntity;
import dev.tegata.aws.QueryOperation;
import dev.tegata.aws.Refusal;
import dev.tegata.entity.ContextKeys;
import dev.tegata.entity.TagRules;
import dev.tegata.providers.OidcProviderAccess.Asked;
import dev.tegata.store.Account;
import dev.tegata.store.Change;
import dev.tegata.store.IdentityStore;
import dev.tegata.store.OidcProvider;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.function.Predicate;
import software.amazon.awssdk.services.iam.model.AddClientIdToOpenIdConnectProviderRequest;
import software.amazon.awssdk.services.iam.model.AddClientIdToOpenIdConnectProviderResponse;
import software.amazon.awssdk.services.iam.model.CreateOpenIdConnectProviderRequest;
import software.amazon.awssdk.services.iam.model.CreateOpenIdConnectProviderResponse;
import software.amazon.awssdk.services.iam.model.DeleteOpenIdConnectProviderRequest;
import software.amazon.awssdk.services.iam.model.DeleteOpenIdConnectProviderResponse;
import software.amazon.awssdk.services.iam.model.GetOpenIdConnectProviderRequest;
import software.amazon.awssdk.services.iam.model.GetOpenIdConnectProviderResponse;
import software.amazon.awssdk.services.iam.model.ListOpenIdConnectProvidersRequest;
import software.amazon.awssdk.services.iam.model.ListOpenIdConnectProvidersResponse;
import software.amazon.awssdk.services.iam.model.OpenIDConnectProviderListEntry;
import software.amazon.awssdk.services.iam.model.RemoveClientIdFromOpenIdConnectProviderRequest;
import software.amazon.awssdk.services.iam.model.RemoveClientIdFromOpenIdConnectProviderResponse;
import software.amazon.awssdk.services.iam.model.UpdateOpenIdConnectProviderThumbprintRequest;
import software.amazon.awssdk.services.iam.model.UpdateOpenIdConnectProviderThumbprintResponse;

/// The issuers whose ID tokens an account believes.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_oidc.html>
public final class OidcProviders {
  private static final int MAX_PROVIDERS = 100;
  private static final int MAX_CLIENT_IDS = 100;
  private static final int MAX_THUMBPRINTS = 5;

  private final IdentityStore store;
  private final Predicate<String> isOwnIssuer;
  private final OidcProviderAccess providers;

  /// `isOwnIssuer` knows the names of this server's issuer, whose keys are at hand.
  public OidcProviders(IdentityStore store, Predicate<String> isOwnIssuer) {
    this.store = store;
    this.isOwnIssuer = isOwnIssuer;
    this.providers = new OidcProviderAccess(store);
  }

  public List<QueryOperation<Call, ?, ?>> operations() {
    return List.of(
        QueryOperation.of(
            "CreateOpenIDConnectProvider",
            CreateOpenIdConnectProviderRequest::builder,
            this::create),
        QueryOperation.of(
            "GetOpenIDConnectProvider", GetOpenIdConnectProviderRequest::builder, this::get),
        QueryOperation.of(
            "ListOpenIDConnectProviders", ListOpenIdConnectProvidersRequest::builder, this::list),
        QueryOperation.of(
            "DeleteOpenIDConnectProvider",
            DeleteOpenIdConnectProviderRequest::builder,
            this::delete),
        QueryOperation.of(
            "AddClientIDToOpenIDConnectProvider",
            AddClientIdToOpenIdConnectProviderRequest::builder,
            this::addClientId),
        QueryOperation.of(
            "RemoveClientIDFromOpenIDConnectProvider",
            RemoveClientIdFromOpenIdConnectProviderRequest::builder,
            this::removeClientId),
        QueryOperation.of(
            "UpdateOpenIDConnectProviderThumbprint",
            UpdateOpenIdConnectProviderThumbprintRequest::builder,
            this::updateThumbprints));
  }

  public CreateOpenIdConnectProviderResponse create(
      CreateOpenIdConnectProviderRequest request, Call call) {
    SequencedMap<String, String> tags = TagRules.OIDC_PROVIDER.read(request.tags());
    OidcProvider provider =
        new OidcProvider(
            call.account(),
            IssuerUrl.parse(request.url()),
            clientIds(request.clientIDList()),
            thumbprints(request.thumbprintList()),
            tags,
            call.time());
    requireReachable(provider, call);
    ContextKeys context = new ContextKeys().requestTags(tags);
    call.require(new Access("iam:CreateOpenIDConnectProvider", provider.arn(), context.toMap()));
    if (request.hasTags()) {
      call.require(new Access("iam:TagOpenIDConnectProvider", provider.arn(), context.toMap()));
    }
    store.change(change -> add(change, provider));
    return CreateOpenIdConnectProviderResponse.builder()
        .openIDConnectProviderArn(provider.arn().toString())
        .tags(request.tags())
        .build();
  }

  /// As AWS does, refuses an issuer that is not `https`. The first account of a server and its
  /// operator may have one on this machine, and each account may have this server's own.
  private void requireReachable(OidcProvider provider, Call call) {
    boolean isKnown =
        IssuerUrl.isHttps(provider.issuer())
            || call.isOperator()
            || isOwnIssuer.test(provider.issuer())
            || store.now().account(call.account()).filter(Account::manages).isPresent();
    if (!isKnown) {
      throw call.refused(
          new Access("iam:CreateOpenIDConnectProvider", provider.arn()),
          IssuerUrl.INVALID,
          "only the server's first account may have an issuer on this machine");
    }
  }

  private static OidcProvider add(Change change, OidcProvider provider) {
    if (change.now().provider(provider.arn()).isPresent()) {
      throw new Refusal(
          new EntityAlreadyExists("Provider with url " + provider.issuer() + " already exists."));
    }
    if (change.now().providerCount(provider.account()) >= MAX_PROVIDERS) {
      throw limit("OpenIdConnectProvidersPerAccount", MAX_PROVIDERS);
    }
    change.put(provider);
    return provider;
  }

  public GetOpenIdConnectProviderResponse get(GetOpenIdConnectProviderRequest request, Call call) {
    OidcProvider provider =
        providers.read(
            Asked.of(call, "iam:GetOpenIDConnectProvider", request.openIDConnectProviderArn()));
    return GetOpenIdConnectProviderResponse.builder()
        .url(provider.url())
        .clientIDList(provider.clientIds())
        .thumbprintList(provider.thumbprints())
        .createDate(provider.created())
        .tags(TagRules.write(provider.tags()))
        .build();
  }

  public ListOpenIdConnectProvidersResponse list(
      ListOpenIdConnectProvidersRequest request, Call call) {
    call.require(
        new Access("iam:ListOpenIDConnectProviders", Arn.iam(call.account(), "oidc-provider/*")));
    return ListOpenIdConnectProvidersResponse.builder()
        .openIDConnectProviderList(
            store.now().providers(call.account()).stream()
                .map(each ->
                    OpenIDConnectProviderListEntry.builder().arn(each.arn().toString()).build())
                .toList())
        .build();
  }

  public DeleteOpenIdConnectProviderResponse delete(
      DeleteOpenIdConnectProviderRequest request, Call call) {
    Asked asked =
        Asked.of(call, "iam:DeleteOpenIDConnectProvider", request.openIDConnectProviderArn());
    providers.require(asked);
    return store.change(change -> {
      OidcProvider provider =
          change
              .now()
              .provider(asked.arn())
              .filter(found -> found.account().equals(call.account()))
              .orElseThrow(() ->
                  new Refusal(
                      new NoSuchEntity(
                          "OpenId connect Provider " + asked.arn() + " cannot be found.")));
      change.delete(provider);
      return DeleteOpenIdConnectProviderResponse.builder().build();
    });
  }

  public AddClientIdToOpenIdConnectProviderResponse addClientId(
      AddClientIdToOpenIdConnectProviderRequest request, Call call) {
    providers.change(
        Asked.of(
            call, "iam:AddClientIDToOpenIDConnectProvider", request.openIDConnectProviderArn()),
        provider -> {
          List<String> ids = new ArrayList<>(provider.clientIds());
          ids.add(request.clientID());
          return provider.withClientIds(clientIds(ids));
        });
    return AddClientIdToOpenIdConnectProviderResponse.builder().build();
  }

  public RemoveClientIdFromOpenIdConnectProviderResponse removeClientId(
      RemoveClientIdFromOpenIdConnectProviderRequest request, Call call) {
    providers.change(
        Asked.of(
            call,
            "iam:RemoveClientIDFromOpenIDConnectProvider",
            request.openIDConnectProviderArn()),
        provider ->
            provider.withClientIds(
                provider.clientIds().stream()
                    .filter(id -> !id.equals(request.clientID()))
                    .toList()));
    return RemoveClientIdFromOpenIdConnectProviderResponse.builder().build();
  }

  public UpdateOpenIdConnectProviderThumbprintResponse updateThumbprints(
      UpdateOpenIdConnectProviderThumbprintRequest request, Call call) {
    providers.change(
        Asked.of(
            call, "iam:UpdateOpenIDConnectProviderThumbprint", request.openIDConnectProviderArn()),
        provider -> {
          if (request.thumbprintList().isEmpty()) {
            throw new Refusal(new InvalidInput("Thumbprint list must contain at least one entry."));
          }
          return provider.withThumbprints(thumbprints(request.thumbprintList()));
        });
    return UpdateOpenIdConnectProviderThumbprintResponse.builder().build();
  }

  private static List<String> clientIds(List<String> ids) {
    List<String> distinct = List.copyOf(new LinkedHashSet<>(ids));
    if (distinct.size() > MAX_CLIENT_IDS) {
      throw limit("ClientIdsPerOpenIdConnectProvider", MAX_CLIENT_IDS);
    }
    return distinct;
  }

  private static List<String> thumbprints(List<String> thumbprints) {
    if (thumbprints.size() > MAX_THUMBPRINTS) {
      throw new Refusal(new InvalidInput("Thumbprint list must contain fewer than 5 entries."));
    }
    return thumbprints.stream().map(each -> each.toLowerCase(Locale.ROOT)).toList();
  }

  private static Refusal limit(String quota, int limit) {
    return new Refusal(new LimitExceeded("Cannot exceed quota for %s: %d".formatted(quota, limit)));
  }
}
