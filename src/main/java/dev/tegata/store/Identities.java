package dev.tegata.store;

import dev.tegata.arn.AccountId;
import dev.tegata.arn.Arn;
import dev.tegata.arn.UniqueId;
import dev.tegata.policy.AwsManagedPolicies;
import dev.tegata.policy.NamedPolicy;
import dev.tegata.policy.Policy;
import dev.tegata.policy.PolicySet;
import dev.tegata.store.Role.Permissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Everything that the accounts' IAM holds, as it was at one moment.
///
/// It never changes: a reader that keeps one sees one state throughout. Nothing here goes to the
/// database. A role's policies are brought together at the first question and kept as long as this
/// state.
public final class Identities {
  private record Key(String account, String key) {
    static Key of(AccountId account, String key) {
      return new Key(account.digits(), key);
    }

    static Key of(Entity entity) {
      return of(entity.account(), entity.key());
    }
  }

  private final Set<AccountId> accounts;
  private final Map<Key, OidcProvider> providers;
  private final Map<Key, Role> roles;
  private final Map<UniqueId, Role> rolesById;
  private final Map<Key, ManagedPolicy> policies;
  private final Map<Arn, NamedPolicy> awsPolicies;
  private final Map<UniqueId, AccessKey> accessKeys;
  private final Map<UniqueId, PolicySet> permissions = new ConcurrentHashMap<>();

  /// A state to come, while it is put together.
  static final class Draft {
    private final Set<AccountId> accounts = new HashSet<>();
    private final Map<Key, OidcProvider> providers = new HashMap<>();
    private final Map<Key, Role> roles = new HashMap<>();
    private final Map<Key, ManagedPolicy> policies = new HashMap<>();
    private final Map<Arn, NamedPolicy> awsPolicies = new HashMap<>();
    private final Map<UniqueId, AccessKey> accessKeys = new HashMap<>();

    void add(AccountId account) {
      accounts.add(account);
    }

    void putAwsPolicy(Arn arn, Policy policy) {
      awsPolicies.put(arn, new NamedPolicy(arn.toString(), policy));
    }

    void put(AccessKey accessKey) {
      accessKeys.put(accessKey.id(), accessKey);
    }

    void remove(AccessKey accessKey) {
      accessKeys.remove(accessKey.id());
    }

    void put(Entity entity) {
      switch (entity) {
        case OidcProvider provider -> providers.put(Key.of(provider), provider);
        case Role role -> roles.put(Key.of(role), role);
        case ManagedPolicy policy -> policies.put(Key.of(policy), policy);
      }
    }

    void remove(Entity entity) {
      switch (entity) {
        case OidcProvider provider -> providers.remove(Key.of(provider));
        case Role role -> roles.remove(Key.of(role));
        case ManagedPolicy policy -> policies.remove(Key.of(policy));
      }
    }

    Identities build() {
      return new Identities(this);
    }
  }

  private Identities(Draft draft) {
    this.accounts = Set.copyOf(draft.accounts);
    this.providers = Map.copyOf(draft.providers);
    this.roles = Map.copyOf(draft.roles);
    this.policies = Map.copyOf(draft.policies);
    this.awsPolicies = Map.copyOf(draft.awsPolicies);
    this.accessKeys = Map.copyOf(draft.accessKeys);
    Map<UniqueId, Role> byId = new HashMap<>();
    roles.values().forEach(role -> byId.put(role.id(), role));
    this.rolesById = Map.copyOf(byId);
  }

  Draft draft() {
    Draft draft = new Draft();
    draft.accounts.addAll(accounts);
    draft.providers.putAll(providers);
    draft.roles.putAll(roles);
    draft.policies.putAll(policies);
    draft.awsPolicies.putAll(awsPolicies);
    draft.accessKeys.putAll(accessKeys);
    return draft;
  }

  public Set<AccountId> accounts() {
    return accounts;
  }

  /// The provider for tokens whose `iss` is exactly `issuer`.
  public Optional<OidcProvider> provider(AccountId account, String issuer) {
    return Optional.ofNullable(providers.get(Key.of(account, OidcProvider.url(issuer))))
        .filter(provider -> provider.issuer().equals(issuer));
  }

  public Optional<OidcProvider> provider(Arn arn) {
    return find(providers, arn, arn.resource().substring(arn.resource().indexOf('/') + 1));
  }

  public List<OidcProvider> providers(AccountId account) {
    return list(providers, account);
  }

  /// The role called `name`, in whatever case.
  public Optional<Role> role(AccountId account, String name) {
    return Optional.ofNullable(roles.get(Key.of(account, EntityName.key(name))));
  }

  public Optional<Role> role(Arn arn) {
    return find(roles, arn, lastSegment(arn));
  }

  public Optional<Role> role(UniqueId id) {
    return Optional.ofNullable(rolesById.get(id));
  }

  /// The roles of `account` in the order of their names.
  public List<Role> roles(AccountId account) {
    return list(roles, account);
  }

  /// A policy that a customer manages.
  public Optional<ManagedPolicy> policy(Arn arn) {
    return find(policies, arn, lastSegment(arn));
  }

  /// The policy called `name`, in whatever case and path.
  public Optional<ManagedPolicy> policy(AccountId account, String name) {
    return Optional.ofNullable(policies.get(Key.of(account, EntityName.key(name))));
  }

  /// The policies that `account` manages, in the order of their names.
  public List<ManagedPolicy> policies(AccountId account) {
    return list(policies, account);
  }

  /// The text in force of a managed policy, whoever manages it: a customer or AWS.
  public Optional<NamedPolicy> inForce(Arn arn) {
    return awsPolicy(arn).or(() -> policy(arn).map(ManagedPolicy::named));
  }

  /// A policy that AWS manages: in the words that an account was told of, else in those known here.
  public Optional<NamedPolicy> awsPolicy(Arn arn) {
    return Optional.ofNullable(awsPolicies.get(arn)).or(() -> AwsManagedPolicies.find(arn));
  }

  public Optional<AccessKey> accessKey(UniqueId id) {
    return Optional.ofNullable(accessKeys.get(id));
  }

  public List<AccessKey> accessKeys(AccountId account) {
    return accessKeys.values().stream()
        .filter(key -> key.owner().account().equals(account.digits()))
        .sorted(Comparator.comparing(AccessKey::created).thenComparing(key -> key.id().text()))
        .toList();
  }

  /// What `role` may do in this state, ready to be asked: `role` itself may be of an older one. A
  /// role that is gone may do nothing, nor may one whose boundary cannot be found.
  public PolicySet permissions(Role role) {
    return permissions.computeIfAbsent(
        role.id(),
        id ->
            role(id)
                .map(found -> gather(found.permissions()).prepared())
                .orElse(PolicySet.identity(List.of())));
  }

  private PolicySet gather(Permissions permissions) {
    List<NamedPolicy> identity = new ArrayList<>();
    permissions.inline().forEach((name, policy) -> identity.add(new NamedPolicy(name, policy)));
    permissions.attached().forEach(arn -> inForce(arn).ifPresent(identity::add));
    PolicySet set = PolicySet.identity(identity);
    Arn boundary = permissions.boundary();
    if (boundary == null) {
      return set;
    }
    return inForce(boundary).map(set::withBoundary).orElse(PolicySet.identity(List.of()));
  }

  private static String lastSegment(Arn arn) {
    return EntityName.key(arn.resource().substring(arn.resource().lastIndexOf('/') + 1));
  }

  private static <E extends Entity> Optional<E> find(Map<Key, E> entities, Arn arn, String key) {
    return Optional.ofNullable(entities.get(new Key(arn.account(), key)))
        .filter(entity -> entity.arn().equals(arn));
  }

  private static <E extends Entity> List<E> list(Map<Key, E> entities, AccountId account) {
    return entities.values().stream()
        .filter(entity -> entity.account().equals(account))
        .sorted(Comparator.comparing(Entity::key))
        .toList();
  }
}
