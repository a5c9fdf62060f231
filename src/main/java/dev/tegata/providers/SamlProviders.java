package dev.tegata.providers;

import dev.tegata.arn.Arn;
import dev.tegata.arn.UniqueId;
import dev.tegata.authorization.Call;
import dev.tegata.authorization.Call.Access;
import dev.tegata.aws.IamError.EntityAlreadyExists;
import dev.tegata.aws.IamError.InvalidInput;
import dev.tegata.aws.IamError.LimitExceeded;
import dev.tegata.aws.IamError.NoSuchEntity;
import dev.tegata.aws.QueryOperation;
import dev.tegata.aws.Refusal;
import dev.tegata.entity.ContextKeys;
import dev.tegata.entity.SamlProvider;
import dev.tegata.entity.TagRules;
import dev.tegata.providers.SamlProviderAccess.Asked;
import dev.tegata.store.Change;
import dev.tegata.store.Identities;
import dev.tegata.store.IdentityStore;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.SequencedMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.iam.model.AssertionEncryptionModeType;
import software.amazon.awssdk.services.iam.model.CreateSamlProviderRequest;
import software.amazon.awssdk.services.iam.model.CreateSamlProviderResponse;
import software.amazon.awssdk.services.iam.model.DeleteSamlProviderRequest;
import software.amazon.awssdk.services.iam.model.DeleteSamlProviderResponse;
import software.amazon.awssdk.services.iam.model.GetSamlProviderRequest;
import software.amazon.awssdk.services.iam.model.GetSamlProviderResponse;
import software.amazon.awssdk.services.iam.model.ListSamlProvidersRequest;
import software.amazon.awssdk.services.iam.model.ListSamlProvidersResponse;
import software.amazon.awssdk.services.iam.model.SAMLPrivateKey;
import software.amazon.awssdk.services.iam.model.SAMLProviderListEntry;
import software.amazon.awssdk.services.iam.model.UpdateSamlProviderRequest;
import software.amazon.awssdk.services.iam.model.UpdateSamlProviderResponse;

/// SAML identity providers, kept and told for those who declare them with the rest of an account:
/// trust policies may name them, and nobody comes in by them, for no assertion is believed here.
///
/// So there is nothing to decrypt either. The mode `Allowed` is what each provider has; `Required`
/// and private keys are refused, for a provider that says so would not keep its word. A document
/// that does not say how long it holds does for a hundred years, as at AWS. Forms end at 10 MB, a
/// little before the longest document that AWS takes.
///
/// That no two names differ in case alone, the words about documents and quotas, and what becomes
/// of the hundred years in an update are from memory of AWS.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateSAMLProvider.html>
public final class SamlProviders {
  private static final int MAX_PROVIDERS = 100;
  private static final int YEARS = 100;

  private final IdentityStore store;
  private final SamlProviderAccess providers;
  private final RandomGenerator random;

  public SamlProviders(IdentityStore store, RandomGenerator random) {
    this.store = store;
    this.providers = new SamlProviderAccess(store);
    this.random = random;
  }

  public List<QueryOperation<Call, ?, ?>> operations() {
    return List.of(
        QueryOperation.of("CreateSAMLProvider", CreateSamlProviderRequest::builder, this::create),
        QueryOperation.of("GetSAMLProvider", GetSamlProviderRequest::builder, this::get),
        QueryOperation.of(
            "ListSAMLProviders", ListSamlProvidersRequest::builder, (_, call) -> list(call)),
        QueryOperation.of("UpdateSAMLProvider", UpdateSamlProviderRequest::builder, this::update),
        QueryOperation.of("DeleteSAMLProvider", DeleteSamlProviderRequest::builder, this::delete));
  }

  private CreateSamlProviderResponse create(CreateSamlProviderRequest request, Call call) {
    SequencedMap<String, String> tags = TagRules.SAML_PROVIDER.read(request.tags());
    ContextKeys context = new ContextKeys().requestTags(tags);
    Arn arn = SamlProvider.arn(call.account(), request.name());
    call.require(new Access("iam:CreateSAMLProvider", arn, context.toMap()));
    if (!tags.isEmpty()) {
      call.require(new Access("iam:TagSAMLProvider", arn, context.toMap()));
    }
    requireNothingEncrypted(request.assertionEncryptionMode(), request.addPrivateKey());
    SamlProvider provider =
        new SamlProvider(
            call.account(),
            request.name(),
            UniqueId.create(UniqueId.Kind.SAML, call.account(), random),
            call.time(),
            validUntil(request.samlMetadataDocument(), call.time()),
            tags);
    store.change(change -> add(change, provider, request.samlMetadataDocument()));
    return CreateSamlProviderResponse.builder()
        .samlProviderArn(arn.toString())
        .tags(request.tags())
        .build();
  }

  private static SamlProvider add(Change change, SamlProvider provider, String document) {
    Identities now = change.now();
    if (SamlProvider.find(now, provider.account(), provider.name()).isPresent()) {
      throw new Refusal(
          new EntityAlreadyExists("Provider with name " + provider.name() + " already exists."));
    }
    if (SamlProvider.list(now, provider.account()).size() >= MAX_PROVIDERS) {
      throw new Refusal(
          new LimitExceeded("Cannot exceed quota for SAMLProvidersPerAccount: " + MAX_PROVIDERS));
    }
    provider.put(change);
    provider.putDocument(change, document);
    return provider;
  }

  private static void requireNothingEncrypted(
      @Nullable AssertionEncryptionModeType mode, @Nullable String privateKey) {
    if (mode == AssertionEncryptionModeType.REQUIRED) {
      throw new Refusal(
          new InvalidInput(
              "the assertion encryption mode `Required` is not offered: no assertion is read here"));
    }
    if (privateKey != null) {
      throw new Refusal(
          new InvalidInput(
              "a private key for encrypted assertions is not kept: no assertion is read here"));
    }
  }

  /// How long `document`, which comes at `now`, holds; it is refused if it is none.
  private static Instant validUntil(String document, Instant now) {
    try {
      return SamlMetadata.parse(document)
          .validUntil()
          .orElseGet(() -> now.atOffset(ZoneOffset.UTC).plusYears(YEARS).toInstant());
    } catch (IllegalArgumentException e) {
      throw Refusal.because(
          "the SAML metadata document is not one: " + e.getMessage(),
          new InvalidInput("Could not parse metadata"));
    }
  }

  private GetSamlProviderResponse get(GetSamlProviderRequest request, Call call) {
    SamlProvider provider =
        providers.read(Asked.of(call, "iam:GetSAMLProvider", request.samlProviderArn()));
    return GetSamlProviderResponse.builder()
        .samlProviderUUID(provider.id().text())
        .samlMetadataDocument(provider.document(store.now()))
        .createDate(provider.created())
        .validUntil(provider.validUntil())
        .tags(TagRules.write(provider.tags()))
        .assertionEncryptionMode(AssertionEncryptionModeType.ALLOWED)
        .privateKeyList(List.<SAMLPrivateKey>of())
        .build();
  }

  private ListSamlProvidersResponse list(Call call) {
    call.require(new Access("iam:ListSAMLProviders", Arn.EVERY));
    return ListSamlProvidersResponse.builder()
        .samlProviderList(
            SamlProvider.list(store.now(), call.account()).stream()
                .map(SamlProviders::listed)
                .toList())
        .build();
  }

  private static SAMLProviderListEntry listed(SamlProvider provider) {
    return SAMLProviderListEntry.builder()
        .arn(provider.arn().toString())
        .validUntil(provider.validUntil())
        .createDate(provider.created())
        .build();
  }

  /// Replaces the document, if the request brings one.
  private UpdateSamlProviderResponse update(UpdateSamlProviderRequest request, Call call) {
    Asked asked = Asked.of(call, "iam:UpdateSAMLProvider", request.samlProviderArn());
    SamlProvider found = providers.read(asked);
    requireNothingEncrypted(request.assertionEncryptionMode(), request.addPrivateKey());
    if (request.removePrivateKey() != null) {
      throw new Refusal(
          new NoSuchEntity("the provider has no private key `" + request.removePrivateKey() + "`"));
    }
    String document = request.samlMetadataDocument();
    if (document != null) {
      Instant until = validUntil(document, call.time());
      store.change(change -> {
        SamlProvider provider = SamlProviderAccess.find(change.now(), asked).withValidUntil(until);
        provider.put(change);
        provider.putDocument(change, document);
        return provider;
      });
    }
    return UpdateSamlProviderResponse.builder().samlProviderArn(found.arn().toString()).build();
  }

  private DeleteSamlProviderResponse delete(DeleteSamlProviderRequest request, Call call) {
    return providers.change(
        Asked.of(call, "iam:DeleteSAMLProvider", request.samlProviderArn()),
        (change, provider) -> {
          provider.delete(change);
          return DeleteSamlProviderResponse.builder().build();
        });
  }
}
