package dev.tegata.store;

import dev.tegata.arn.AccountId;
import dev.tegata.arn.Arn;
import dev.tegata.arn.UniqueId;
import dev.tegata.database.Sealed;
import dev.tegata.policy.Policy;
import dev.tegata.policy.PolicyKind;
import dev.tegata.store.ManagedPolicy.Version;
import dev.tegata.store.Role.Permissions;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;

/// Identities for tests, each told by its name.
final class Samples {
  static final AccountId ACCOUNT = new AccountId("123456789012");
  static final AccountId OTHER = new AccountId("210987654321");
  static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

  private Samples() {}

  static SequencedMap<String, String> tags(String... keysAndValues) {
    SequencedMap<String, String> tags = new LinkedHashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      tags.put(keysAndValues[i], keysAndValues[i + 1]);
    }
    return tags;
  }

  /// An id that is the name's own.
  static UniqueId id(String kind, String name) {
    String hash = "%08X".formatted(name.toLowerCase(Locale.ROOT).hashCode());
    return new UniqueId(kind + "RZPUZDIKN" + hash);
  }

  static Policy trust(String principal) {
    return Policy.parse(
        PolicyKind.TRUST,
        """
        {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"sts:AssumeRole",\
        "Principal":{"AWS":"%s"}}]}\
        """
            .formatted(principal));
  }

  static Role role(String name) {
    return role(ACCOUNT, "/ci/", name);
  }

  static Role role(AccountId account, String path, String name) {
    return new Role(
        id("AROA", account + name),
        new EntityName(account, path, name),
        NOON,
        trust("123456789012"),
        "builds",
        Duration.ofHours(2),
        tags("Team", "z", "Area", ""),
        Permissions.none());
  }

  static Role role(String name, Permissions permissions) {
    return role(name).withPermissions(permissions);
  }

  static SequencedMap<String, Policy> none() {
    return new LinkedHashMap<>();
  }

  static SequencedMap<String, Policy> inline(String name) {
    SequencedMap<String, Policy> inline = none();
    inline.put(name, read("*"));
    return inline;
  }

  static Policy read(String resource) {
    return Policy.parse(
        PolicyKind.IDENTITY,
        """
        {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject",\
        "Resource":"%s"}]}\
        """
            .formatted(resource));
  }

  static ManagedPolicy managed(String name) {
    return managed("/", name);
  }

  static ManagedPolicy managed(String path, String name) {
    return new ManagedPolicy(
        id("ANPA", name),
        new EntityName(ACCOUNT, path, name),
        NOON,
        "reads",
        tags(),
        List.of(new Version(1, read("*"), NOON)),
        1,
        1);
  }

  static OidcProvider provider(String issuer) {
    return new OidcProvider(
        ACCOUNT, issuer, List.of("sts.amazonaws.com", "b"), List.of(), tags("a", "b"), NOON);
  }

  static AccessKey rootKey() {
    return new AccessKey(
        new UniqueId("AKIARZPUZDIKNAAAAAAA"),
        Arn.iam(ACCOUNT, "root"),
        new Sealed(new byte[] {1, 2, 3}),
        NOON);
  }

  static Permissions attached(ManagedPolicy... policies) {
    return Permissions.none()
        .withAttached(List.of(policies).stream().map(ManagedPolicy::arn).toList());
  }

  /// Creates both accounts.
  static void addAccounts(IdentityStore store) {
    store.change(change -> {
      change.create(new Account(ACCOUNT, NOON));
      change.create(new Account(OTHER, NOON));
      return change;
    });
  }

  static void put(IdentityStore store, Entity... entities) {
    store.change(change -> {
      List.of(entities).forEach(change::put);
      return change;
    });
  }

  static void delete(IdentityStore store, Entity... entities) {
    store.change(change -> {
      List.of(entities).forEach(change::delete);
      return change;
    });
  }
}
