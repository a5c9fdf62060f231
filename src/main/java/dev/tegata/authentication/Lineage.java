package dev.tegata.authentication;

import dev.tegata.arn.AccountId;
import dev.tegata.arn.UniqueId;
import dev.tegata.authentication.Session.AssumedRole;
import dev.tegata.authentication.Session.WebIdentity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What a session came of: the credentials and the roles before it in a chain, and the web identity
/// at the beginning of that. Whoever revokes one of them revokes all that came of it.
///
/// A chain may be as long as its roles let it be. Of its access keys the first is kept and the last
/// [#MOST_KEYS], of its roles each.
public record Lineage(
    Optional<WebIdentity> webIdentity, List<String> accessKeyIds, List<UniqueId> roles) {
  /// Nothing was before it.
  public static final Lineage NONE = new Lineage(Optional.empty(), List.of(), List.of());

  static final int MOST_KEYS = 32;

  public Lineage {
    accessKeyIds = List.copyOf(accessKeyIds);
    roles = List.copyOf(roles);
  }

  /// The accounts of all that was before, as far as the ids tell; the id of a root key that was
  /// given to the server may tell of some other account.
  Set<AccountId> accounts() {
    return Stream.of(
            webIdentity.stream().map(it -> new AccountId(it.provider().account())),
            roles.stream().flatMap(id -> id.account().stream()),
            accessKeyIds.stream().flatMap(id -> new UniqueId(id).account().stream()))
        .flatMap(accounts -> accounts)
        .collect(Collectors.toSet());
  }

  /// That of a session for which a long-lived key asks.
  public static Lineage of(String accessKeyId) {
    return new Lineage(Optional.empty(), List.of(accessKeyId), List.of());
  }

  /// That of a session for which `session` asks.
  public static Lineage of(Session session) {
    Lineage before = session.lineage();
    List<String> keys = new ArrayList<>(before.accessKeyIds());
    keys.add(session.accessKeyId().text());
    if (keys.size() > MOST_KEYS + 1) {
      keys.remove(1);
    }
    List<UniqueId> roles = new ArrayList<>(before.roles());
    if (session.holder() instanceof AssumedRole role && !roles.contains(role.roleId())) {
      roles.add(role.roleId());
    }
    return new Lineage(session.webIdentity().or(before::webIdentity), keys, roles);
  }
}
