package dev.tegata.store;

import dev.tegata.arn.AccountId;
import dev.tegata.arn.Arn;
import dev.tegata.arn.UniqueId;
import dev.tegata.policy.AwsManagedPolicies;
import dev.tegata.policy.NamedPolicy;
import dev.tegata.policy.PolicySet;
import dev.tegata.store.Entity.Group;
import dev.tegata.store.Entity.Identity;
import dev.tegata.store.Entity.InstanceProfile;
import dev.tegata.store.Entity.User;
import dev.tegata.store.Lookup.EntityKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Everything that the accounts' IAM holds.
///
/// Those of [IdentityStore#now] are kept in memory once they were asked for, and are as new as the
/// store says; those of [Change#now] are read in the change's own transaction. Single things are
/// found at once however many there are; lists are read from the database, a part at a time.
public final class Identities {
  private static final int PART = 1000;

  private final Lookup lookup;

  Identities(Lookup lookup) {
    this.lookup = lookup;
  }

  public Optional<Account> account(AccountId id) {
    return lookup.account(id);
  }

  /// Whether there is such an account, and it is not closed.
  public boolean isOpen(AccountId id) {
    return account(id).filter(Account::isOpen).isPresent();
  }

  /// The first `limit` accounts of those whose ids come after `after`, in the order of their ids.
  public List<Account> accounts(String after, int limit) {
    return lookup.rows(rows -> rows.accounts().list(after, limit));
  }

  /// How many accounts there are.
  public long accountCount() {
    return lookup.rows(rows -> rows.accounts().count());
  }

  /// The account that manages the others; there is none before the first start.
  public Optional<Account> managing() {
    return lookup.rows(rows -> rows.accounts().managing());
  }

  /// The provider for tokens whose `iss` is exactly `issuer`.
  public Optional<OidcProvider> provider(AccountId account, String issuer) {
    return lookup
        .provider(EntityKey.of(account, OidcProvider.url(issuer)))
        .filter(provider -> provider.issuer().equals(issuer));
  }

  public Optional<OidcProvider> provider(Arn arn) {
    String url = arn.resource().substring(arn.resource().indexOf('/') + 1);
    return lookup
        .provider(new EntityKey(arn.account(), url))
        .filter(found -> found.arn().equals(arn));
  }

  /// The providers of `account`, in the order of their URLs.
  public List<OidcProvider> providers(AccountId account) {
    return lookup.rows(rows -> rows.providers(account));
  }

  /// The role called `name`, in whatever case.
  public Optional<Role> role(AccountId account, String name) {
    return lookup.role(EntityKey.of(account, EntityName.key(name)));
  }

  public Optional<Role> role(Arn arn) {
    return lookup.role(key(arn)).filter(found -> found.arn().equals(arn));
  }

  /// The role of that ARN, if somebody may take it up: its account is not closed.
  public Optional<Role> openRole(Arn arn) {
    return role(arn).filter(role -> isOpen(role.account()));
  }

  public Optional<Role> role(UniqueId id) {
    return lookup.role(id);
  }

  /// A part of the roles of `account`, in the order of their names.
  public List<Role> roles(AccountId account, Slice slice) {
    return lookup.rows(rows -> rows.list(Role.class, account, slice));
  }

  /// All roles of `account` at once: a list that grows with the account.
  public List<Role> roles(AccountId account) {
    List<Role> all = new ArrayList<>();
    Slice slice = Slice.first(PART);
    List<Role> part;
    do {
      part = roles(account, slice);
      all.addAll(part);
      slice = part.isEmpty() ? slice : slice.behind(part.getLast().key());
    } while (part.size() == PART);
    return all;
  }

  /// How many roles `account` has.
  public long roleCount(AccountId account) {
    return lookup.rows(rows -> rows.count(Role.class, account));
  }

  /// The roles of whatever account whose trust policies name the role `arn`.
  public List<Role> rolesTrusting(Arn arn) {
    return lookup.rows(rows -> rows.rolesTrusting(arn));
  }

  /// A part of the roles of `account` that have `policy` attached, or as their boundary.
  public List<Role> rolesWith(AccountId account, Arn policy, boolean asBoundary, Slice slice) {
    return lookup.rows(rows -> rows.rolesWith(account, policy, asBoundary, slice));
  }

  /// The user called `name`, in whatever case.
  public Optional<User> user(AccountId account, String name) {
    return lookup.rows(rows -> rows.user(account, name));
  }

  public Optional<User> user(UniqueId id) {
    return lookup.user(id);
  }

  /// The user of that ARN.
  public Optional<User> user(Arn arn) {
    EntityKey key = key(arn);
    return user(new AccountId(key.account()), key.name()).filter(found -> found.arn().equals(arn));
  }

  public Optional<Group> group(AccountId account, String name) {
    return lookup.rows(rows -> rows.group(account, name));
  }

  public Optional<Group> group(UniqueId id) {
    return lookup.rows(rows -> rows.group(id));
  }

  /// The users who are in a group, in the order of their names.
  public List<User> members(Group group) {
    return lookup.rows(rows -> rows.members(group.id()));
  }

  public Optional<InstanceProfile> profile(AccountId account, String name) {
    return lookup.rows(rows -> rows.profile(account, name));
  }

  /// The instance profiles with `role`, in the order of their names.
  public List<InstanceProfile> profilesOf(Role role) {
    return lookup.rows(rows -> rows.profilesOf(role.id()));
  }

  /// A part of the entities of `type` that `account` has, in the order of their names.
  public <E extends Entity> List<E> list(Class<E> type, AccountId account, Slice slice) {
    return lookup.rows(rows -> rows.list(type, account, slice));
  }

  /// How many entities of `type` an account has.
  public long count(Class<? extends Entity> type, AccountId account) {
    return lookup.rows(rows -> rows.count(type, account));
  }

  /// The users or groups with `policy` attached, or as their boundary, in the order of their names.
  public <I extends Identity<I>> List<I> identitiesWith(
      Class<I> type, AccountId account, Arn policy, boolean asBoundary) {
    return lookup.rows(rows -> rows.identitiesWith(type, account, policy, asBoundary));
  }

  /// The name of an account, if it has one.
  public Optional<String> alias(AccountId account) {
    return lookup.rows(rows -> rows.alias(account));
  }

  /// The account of that name.
  public Optional<AccountId> aliased(String alias) {
    return lookup.rows(rows -> rows.aliased(alias));
  }

  /// A policy that a customer manages.
  public Optional<ManagedPolicy> policy(Arn arn) {
    return lookup.policy(key(arn)).filter(found -> found.arn().equals(arn));
  }

  /// The policy called `name`, in whatever case and path.
  public Optional<ManagedPolicy> policy(AccountId account, String name) {
    return lookup.policy(EntityKey.of(account, EntityName.key(name)));
  }

  /// A part of the policies that `account` manages, in the order of their names.
  public List<ManagedPolicy> policies(AccountId account, Slice slice) {
    return lookup.rows(rows -> rows.list(ManagedPolicy.class, account, slice));
  }

  /// The policies that `account` manages, in the order of their names.
  public List<ManagedPolicy> policies(AccountId account) {
    return policies(account, Slice.first(Integer.MAX_VALUE));
  }

  /// How many policies `account` manages.
  public long policyCount(AccountId account) {
    return lookup.rows(rows -> rows.count(ManagedPolicy.class, account));
  }

  /// How many providers `account` has.
  public long providerCount(AccountId account) {
    return lookup.rows(rows -> rows.count(OidcProvider.class, account));
  }

  /// How many roles of `account` refer to `policy`.
  public PolicyUse use(AccountId account, Arn policy) {
    return lookup.rows(rows -> rows.use(account, policy));
  }

  /// The managed policies, the customer's and AWS's, that roles of `account` refer to.
  public List<PolicyUse> uses(AccountId account) {
    return lookup.rows(rows -> rows.uses(account));
  }

  /// The text in force of a managed policy, whoever manages it: a customer or AWS.
  public Optional<NamedPolicy> inForce(Arn arn) {
    return awsPolicy(arn).or(() -> policy(arn).map(ManagedPolicy::named));
  }

  /// The same, as far as `account` may refer to it: it manages it itself, or AWS does.
  public Optional<NamedPolicy> inForce(Arn arn, AccountId account) {
    return inForce(arn)
        .filter(_ -> arn.account().equals("aws") || arn.account().equals(account.digits()));
  }

  /// A policy that AWS manages: in the words that an account was told of, else in those known here.
  public Optional<NamedPolicy> awsPolicy(Arn arn) {
    return lookup.awsPolicy(arn).or(() -> AwsManagedPolicies.find(arn));
  }

  public Optional<AccessKey> accessKey(UniqueId id) {
    return lookup.accessKey(id);
  }

  /// The access keys of `account`, the oldest first.
  public List<AccessKey> accessKeys(AccountId account) {
    return lookup.rows(rows -> rows.accessKeys(account));
  }

  /// The access keys of `user`, the oldest first.
  public List<AccessKey> accessKeys(User user) {
    return lookup.rows(rows -> rows.accessKeys(user.id()));
  }

  /// What a role or user may do now, ready to be asked: `identity` itself may be of an older state.
  /// One that is gone may do nothing, nor may one whose boundary cannot be found.
  public PolicySet permissions(Identity<?> identity) {
    return lookup.permissions(identity.id());
  }

  /// When the role or access key of that id was last used, but for the last minute.
  public Optional<LastUse> lastUse(UniqueId id) {
    return lookup.rows(rows -> rows.lastUse(id));
  }

  /// The record of that kind and name.
  public Optional<AccountRecord> record(AccountId account, String kind, String name) {
    return lookup.rows(rows -> rows.records().find(account, kind, name));
  }

  /// A part of the records of a kind, in the order of their names, which start with the prefix.
  public List<AccountRecord> records(AccountId account, String kind, Slice slice) {
    return lookup.rows(rows -> rows.records().list(account, kind, slice));
  }

  /// How many records of a kind an account has.
  public long recordCount(AccountId account, String kind) {
    return lookup.rows(rows -> rows.records().count(account, kind));
  }

  /// All that was revoked.
  public Revocations revocations() {
    return lookup.revocations();
  }

  /// Where a role or a managed policy of that ARN would stand.
  static EntityKey key(Arn arn) {
    String resource = arn.resource();
    return new EntityKey(
        arn.account(), EntityName.key(resource.substring(resource.lastIndexOf('/') + 1)));
  }
}
