package dev.tegata.server;

import dev.tegata.arn.AccountId;
import dev.tegata.arn.Arn;
import dev.tegata.arn.UniqueId;
import dev.tegata.authentication.Authenticator;
import dev.tegata.authentication.NewAccessKey;
import dev.tegata.database.StoreException;
import dev.tegata.keys.KeyRing;
import dev.tegata.sigv4.RequestSigner.Credentials;
import dev.tegata.store.AccessKey;
import dev.tegata.store.IdentityStore;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/// The account of a server and its root access key, made at the first start.
///
/// `created` is the key when this start has made it up: it is shown once and never again.
public record RootAccount(AccountId account, Optional<NewAccessKey> created) {

  /// What may be asked for at the first start.
  record Wanted(Optional<AccountId> account, Optional<Credentials> rootKey) {}

  /// @throws StoreException when another account is there than the one that is wanted
  static RootAccount open(
      IdentityStore identities,
      KeyRing atRest,
      Wanted wanted,
      RandomGenerator random,
      Instant now) {
    Set<AccountId> accounts = identities.now().accounts();
    if (!accounts.isEmpty()) {
      return existing(accounts, wanted);
    }
    AccountId account = wanted.account().orElseGet(() -> randomId(random));
    NewAccessKey key =
        wanted
            .rootKey()
            .map(given ->
                new NewAccessKey(new UniqueId(given.accessKeyId()), given.secretAccessKey()))
            .orElseGet(() -> NewAccessKey.create(UniqueId.Kind.AKIA, account, random));
    return identities.change(change -> {
      Set<AccountId> meanwhile = change.now().accounts();
      if (!meanwhile.isEmpty()) { // another server has started in the same moment
        return existing(meanwhile, wanted);
      }
      change.createAccount(account, now);
      change.create(
          new AccessKey(
              key.id(), Arn.iam(account, "root"), Authenticator.seal(key.secret(), atRest), now));
      return new RootAccount(
          account, wanted.rootKey().isPresent() ? Optional.empty() : Optional.of(key));
    });
  }

  private static RootAccount existing(Set<AccountId> accounts, Wanted wanted) {
    AccountId found = wanted.account().orElse(accounts.iterator().next());
    if (!accounts.contains(found)) {
      throw new StoreException(
          "the data folder holds account %s, not %s".formatted(accounts.iterator().next(), found));
    }
    return new RootAccount(found, Optional.empty());
  }

  private static AccountId randomId(RandomGenerator random) {
    return new AccountId(Long.toString(random.nextLong(100_000_000_000L, 1_000_000_000_000L)));
  }
}
