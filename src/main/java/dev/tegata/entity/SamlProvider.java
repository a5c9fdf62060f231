package dev.tegata.entity;

import dev.tegata.arn.AccountId;
import dev.tegata.arn.Arn;
import dev.tegata.arn.UniqueId;
import dev.tegata.store.Change;
import dev.tegata.store.Identities;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/// A SAML identity provider that an account has registered, without its metadata document, which
/// may be long and is kept beside it.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_saml.html>
public record SamlProvider(
    AccountId account,
    String name,
    UniqueId id,
    Instant created,
    Instant validUntil,
    SequencedMap<String, String> tags) {
  private static final RecordKind<SamlProvider> PROVIDERS =
      new RecordKind<>("saml-provider", SamlProvider.class);
  private static final RecordKind<Metadata> DOCUMENTS =
      new RecordKind<>("saml-metadata", Metadata.class);
  private static final String PATH = "saml-provider/";

  private record Metadata(String document) {}

  public SamlProvider {
    tags = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(tags));
  }

  public static Arn arn(AccountId account, String name) {
    return Arn.iam(account, PATH + name);
  }

  public Arn arn() {
    return arn(account, name);
  }

  /// The provider of that ARN.
  public static Optional<SamlProvider> find(Identities now, Arn arn) {
    return arn.resource().startsWith(PATH)
        ? PROVIDERS
            .find(now, new AccountId(arn.account()), arn.resource().substring(PATH.length()))
            .filter(found -> found.arn().equals(arn))
        : Optional.empty();
  }

  /// The provider of that name, in whatever case.
  public static Optional<SamlProvider> find(Identities now, AccountId account, String name) {
    return PROVIDERS.find(now, account, name);
  }

  /// All of an account, in the order of their names.
  public static List<SamlProvider> list(Identities now, AccountId account) {
    return PROVIDERS.list(now, account);
  }

  public String document(Identities now) {
    return DOCUMENTS.find(now, account, id.text()).map(Metadata::document).orElse("");
  }

  public void put(Change change) {
    PROVIDERS.put(change, account, name, this);
  }

  public void putDocument(Change change, String document) {
    DOCUMENTS.put(change, account, id.text(), new Metadata(document));
  }

  public void delete(Change change) {
    PROVIDERS.delete(change, account, name);
    DOCUMENTS.delete(change, account, id.text());
  }

  public SamlProvider withValidUntil(Instant other) {
    return new SamlProvider(account, name, id, created, other, tags);
  }

  public SamlProvider withTags(SequencedMap<String, String> others) {
    return new SamlProvider(account, name, id, created, validUntil, others);
  }
}
