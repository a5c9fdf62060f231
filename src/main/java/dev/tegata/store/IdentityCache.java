package dev.tegata.store;

import dev.tegata.arn.AccountId;
import dev.tegata.arn.Arn;
import dev.tegata.arn.UniqueId;
import dev.tegata.database.Database;
import dev.tegata.policy.NamedPolicy;
import dev.tegata.policy.Policy;
import dev.tegata.policy.PolicySet;
import dev.tegata.sharing.ChangeLog.Copies;
import dev.tegata.sharing.Remembered;
import dev.tegata.sharing.Touched;
import dev.tegata.store.Entity.User;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/// What was asked for lately, kept in memory, that it is not there included. Its room is a part of
/// the heap, so a million roles need not fit.
///
/// Finding what is there takes a look into a map: no SQL and no lock.
final class IdentityCache implements Lookup, Copies {
  private static final long SMALL_THINGS = 100_000;
  private static final long HEAP_BYTES_A_CHARACTER = 150;
  private static final int OVERHEAD = 300;

  private final Database database;
  private final Remembered<AccountId, Optional<Account>> accounts;
  private final Remembered<Boolean, Revocations> revocations;
  private final Remembered<EntityKey, Optional<OidcProvider>> providers;
  private final Remembered<EntityKey, Optional<Role>> roles;
  private final Remembered<UniqueId, Optional<EntityKey>> roleKeys;
  private final Remembered<UniqueId, Optional<User>> users;
  private final Remembered<EntityKey, Optional<ManagedPolicy>> policies;
  private final Remembered<Arn, Optional<NamedPolicy>> awsPolicies;
  private final Remembered<UniqueId, Optional<AccessKey>> accessKeys;
  private final Remembered<UniqueId, Grant> grants;

  IdentityCache(Database database) {
    this.database = database;
    long room = Runtime.getRuntime().maxMemory() / HEAP_BYTES_A_CHARACTER;
    this.accounts = new Remembered<>(SMALL_THINGS, _ -> 1, id -> rows(rows -> rows.account(id)));
    this.revocations = new Remembered<>(1, _ -> 1, _ -> rows(IdentityRows::revocations));
    this.providers =
        new Remembered<>(SMALL_THINGS, _ -> 1, key -> rows(rows -> rows.provider(key)));
    this.roles =
        new Remembered<>(
            room,
            role -> OVERHEAD + role.map(IdentityCache::size).orElse(0),
            key -> rows(rows -> rows.role(key)));
    this.roleKeys = new Remembered<>(SMALL_THINGS, _ -> 1, id -> rows(rows -> rows.roleKey(id)));
    this.users =
        new Remembered<>(
            room,
            user -> OVERHEAD + user.map(IdentityCache::size).orElse(0),
            id -> rows(rows -> rows.user(id)));
    this.policies =
        new Remembered<>(
            room,
            policy -> OVERHEAD + policy.map(IdentityCache::size).orElse(0),
            key -> rows(rows -> rows.policy(key)));
    this.awsPolicies =
        new Remembered<>(SMALL_THINGS, _ -> 1, arn -> rows(rows -> rows.awsPolicy(arn)));
    this.accessKeys =
        new Remembered<>(SMALL_THINGS, _ -> 1, id -> rows(rows -> rows.accessKey(id)));
    this.grants =
        new Remembered<>(
            room, grant -> OVERHEAD + grant.characters(), id -> rows(rows -> rows.grant(id)));
  }

  private static int size(Role role) {
    return size(
        Stream.concat(Stream.of(role.trust()), role.permissions().inline().values().stream()));
  }

  private static int size(User user) {
    return size(user.permissions().inline().values().stream()) + user.credentials().characters();
  }

  private static int size(ManagedPolicy policy) {
    return size(policy.versions().stream().map(ManagedPolicy.Version::policy));
  }

  private static int size(Stream<Policy> policies) {
    return policies.mapToInt(policy -> policy.toJson().length()).sum();
  }

  @Override
  public Optional<Account> account(AccountId id) {
    return accounts.get(id);
  }

  @Override
  public Optional<OidcProvider> provider(EntityKey key) {
    return providers.get(key);
  }

  @Override
  public Optional<Role> role(EntityKey key) {
    return roles.get(key);
  }

  /// An id is never given twice, and stands under one name as long as there is such a role.
  @Override
  public Optional<Role> role(UniqueId id) {
    return roleKeys.get(id).flatMap(roles::get).filter(role -> role.id().equals(id));
  }

  @Override
  public Optional<User> user(UniqueId id) {
    return users.get(id);
  }

  @Override
  public Optional<ManagedPolicy> policy(EntityKey key) {
    return policies.get(key);
  }

  @Override
  public Optional<NamedPolicy> awsPolicy(Arn arn) {
    return awsPolicies.get(arn);
  }

  @Override
  public Optional<AccessKey> accessKey(UniqueId id) {
    return accessKeys.get(id);
  }

  @Override
  public PolicySet permissions(UniqueId identity) {
    return grants.get(identity).policies();
  }

  @Override
  public Revocations revocations() {
    return revocations.get(true);
  }

  @Override
  public <T> T rows(Function<IdentityRows, T> question) {
    return database.read(handle -> question.apply(new IdentityRows(handle)));
  }

  /// Forgets what is known of a thing that has changed.
  @Override
  public void forget(Touched touched) {
    EntityKey key = new EntityKey(touched.account(), touched.name());
    Kind.of(touched.kind()).ifPresentOrElse(kind -> forget(kind, key), this::forgetAll);
  }

  private void forget(Kind kind, EntityKey key) {
    switch (kind) {
      case ACCOUNT -> accounts.forget(new AccountId(key.name()));
      case PROVIDER -> providers.forget(key);
      case ROLE -> roles.forget(key);
      case ROLE_ID -> {
        UniqueId id = new UniqueId(key.name());
        roleKeys.forget(id);
        grants.forget(id);
      }
      case USER -> {
        UniqueId id = new UniqueId(key.name());
        users.forget(id);
        grants.forget(id);
      }
      case GROUP -> {
        UniqueId id = new UniqueId(key.name());
        grants.forgetIf((_, grant) -> grant.groups().contains(id));
      }
      case INSTANCE_PROFILE -> {} // read from the rows every time
      case POLICY -> {
        policies.forget(key);
        grants.forgetIf((_, grant) -> grant.from().contains(key));
      }
      case AWS_POLICY -> {
        Arn arn = Arn.parse(key.name());
        awsPolicies.forget(arn);
        grants.forgetIf((_, grant) -> grant.from().contains(Identities.key(arn)));
      }
      case ACCESS_KEY -> accessKeys.forget(new UniqueId(key.name()));
      case REVOCATION -> revocations.forgetAll();
    }
  }

  @Override
  public void forgetAll() {
    Stream.of(
            accounts,
            revocations,
            providers,
            roles,
            roleKeys,
            users,
            policies,
            awsPolicies,
            accessKeys,
            grants)
        .forEach(Remembered::forgetAll);
  }
}
