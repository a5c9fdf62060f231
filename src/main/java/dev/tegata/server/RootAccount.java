package dev.tegata.server;

import dev.tegata.accounts.NewAccount;
import dev.tegata.arn.AccountId;
import dev.tegata.arn.UniqueId;
import dev.tegata.authentication.NewAccessKey;
import dev.tegata.database.StoreException;
import dev.tegata.keys.KeyRing;
import dev.tegata.sigv4.RequestSigner.Credentials;
import dev.tegata.store.Account;
import dev.tegata.store.Identities;
import dev.tegata.store.IdentityStore;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// The account that a server speaks of when it starts: the one that was asked for, or else the one
/// that manages the others. The first start makes that one, with its root access key.
///
/// `created` is the key when this start has made it up: it is shown once and never again.
public record RootAccount(AccountId account, Optional<NewAccessKey> created) {

  /// What may be asked for: the account, and at the first start its key.
  record Wanted(Optional<AccountId> account, Optional<Credentials> rootKey) {}

  /// @throws StoreException when the account that is wanted is not there, and others are
  static RootAccount open(
      IdentityStore identities,
      KeyRing atRest,
      Wanted wanted,
      RandomGenerator random,
      Instant now) {
    Optional<RootAccount> found = existing(identities.now(), wanted);
    if (found.isPresent()) {
      return found.get();
    }
    AccountId id = wanted.account().orElseGet(() -> AccountId.create(random));
    Account account =
        new Account(id, "", true, now.truncatedTo(ChronoUnit.MILLIS), Optional.empty());
    NewAccessKey key =
        wanted
            .rootKey()
            .map(given ->
                new NewAccessKey(new UniqueId(given.accessKeyId()), given.secretAccessKey()))
            .orElseGet(() -> NewAccessKey.create(UniqueId.Kind.AKIA, id, random));
    return identities.change(change -> {
      Optional<RootAccount> meanwhile = existing(change.now(), wanted);
      if (meanwhile.isPresent()) { // another server has started in the same moment
        return meanwhile.get();
      }
      new NewAccount(account, key, Optional.empty()).put(change, atRest);
      return new RootAccount(
          id, wanted.rootKey().isPresent() ? Optional.empty() : Optional.of(key));
    });
  }

  private static Optional<RootAccount> existing(Identities now, Wanted wanted) {
    Optional<Account> managing = now.managing();
    if (managing.isEmpty()) {
      return Optional.empty();
    }
    AccountId id = wanted.account().orElse(managing.get().id());
    Account account =
        now.account(id)
            .orElseThrow(() ->
                new StoreException(
                    "account %s is not here; %s was made first, and `tegata account create` makes"
                            .formatted(id, managing.get().id())
                        + " others"));
    if (!account.isOpen()) {
      throw new StoreException("account " + id + " is closed");
    }
    return Optional.of(new RootAccount(id, Optional.empty()));
  }
}
