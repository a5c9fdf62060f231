package dev.tegata.store;

import dev.tegata.arn.AccountId;
import dev.tegata.arn.Arn;
import dev.tegata.arn.UniqueId;
import dev.tegata.policy.NamedPolicy;
import dev.tegata.policy.PolicySet;
import dev.tegata.store.Entity.User;
import java.util.Optional;
import java.util.function.Function;

/// Finds single things: in a transaction's rows, or in what is kept of them in memory.
interface Lookup {

  /// A name as it is compared, in its account.
  record EntityKey(String account, String name) {
    static EntityKey of(AccountId account, String name) {
      return new EntityKey(account.digits(), name);
    }
  }

  Optional<Account> account(AccountId id);

  Optional<OidcProvider> provider(EntityKey key);

  Optional<Role> role(EntityKey key);

  Optional<Role> role(UniqueId id);

  Optional<User> user(UniqueId id);

  Optional<ManagedPolicy> policy(EntityKey key);

  /// The text of a policy that AWS manages, where an account told of one.
  Optional<NamedPolicy> awsPolicy(Arn arn);

  Optional<AccessKey> accessKey(UniqueId id);

  /// What the role or user of that id may do; nothing when there is none.
  PolicySet permissions(UniqueId identity);

  Revocations revocations();

  /// Asks the rows themselves, for lists and counts.
  <T> T rows(Function<IdentityRows, T> question);
}
