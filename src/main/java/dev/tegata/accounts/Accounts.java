package dev.tegata.accounts;

import dev.tegata.arn.AccountId;
import dev.tegata.arn.UniqueId;
import dev.tegata.authentication.NewAccessKey;
import dev.tegata.aws.IamError.EntityAlreadyExists;
import dev.tegata.aws.IamError.InvalidInput;
import dev.tegata.aws.IamError.NoSuchEntity;
import dev.tegata.aws.Refusal;
import dev.tegata.keys.KeyRing;
import dev.tegata.store.Account;
import dev.tegata.store.Change;
import dev.tegata.store.EntityName;
import dev.tegata.store.Identities;
import dev.tegata.store.IdentityStore;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// Makes accounts, finds them, closes them and opens them again.
///
/// Source: <https://docs.aws.amazon.com/organizations/latest/APIReference/API_CreateAccount.html>
public final class Accounts {
  private final IdentityStore store;
  private final KeyRing atRest;
  private final RandomGenerator random;

  /// `atRest` seals the secrets of root keys; ids and secrets are drawn from `random`.
  public Accounts(IdentityStore store, KeyRing atRest, RandomGenerator random) {
    this.store = store;
    this.atRest = atRest;
    this.random = random;
  }

  /// What an account is to be: of which id, if it matters, and of which name, which may be empty.
  /// The role is one that the principals of the account `by` may be let to assume.
  public record Wanted(Optional<AccountId> id, String name, Optional<String> role, AccountId by) {}

  /// Makes an account.
  ///
  /// @throws Refusal when there is one of that id
  public NewAccount create(Wanted wanted, Instant now) {
    return store.change(change -> {
      AccountId id = wanted.id().orElseGet(() -> free(change.now()));
      if (change.now().account(id).isPresent()) {
        throw new Refusal(new EntityAlreadyExists("Account " + id + " already exists."));
      }
      NewAccount made = newAccount(id, wanted, now.truncatedTo(ChronoUnit.MILLIS));
      made.put(change, atRest);
      return made;
    });
  }

  private NewAccount newAccount(AccountId id, Wanted wanted, Instant now) {
    Account account = new Account(id, now).called(wanted.name());
    return new NewAccount(
        account,
        NewAccessKey.create(UniqueId.Kind.AKIA, id, random),
        wanted
            .role()
            .map(name ->
                NewAccount.administrator(
                    new EntityName(id, "/", name), account, wanted.by(), random)));
  }

  private AccountId free(Identities now) {
    AccountId id = AccountId.create(random);
    while (now.account(id).isPresent()) {
      id = AccountId.create(random);
    }
    return id;
  }

  /// The account of that id.
  ///
  /// @throws Refusal when there is none
  public Account find(AccountId id) {
    return find(store.now(), id);
  }

  private static Account find(Identities now, AccountId id) {
    return now.account(id)
        .orElseThrow(() -> new Refusal(new NoSuchEntity("there is no account " + id)));
  }

  /// The first `limit` accounts of those whose ids come after `after`, in the order of their ids.
  public List<Account> list(String after, int limit) {
    return store.now().accounts(after, limit);
  }

  /// Admits nobody of the account from now on; what it holds stays.
  ///
  /// @throws Refusal when there is none of that id, or it is the one that manages the others
  public Account close(AccountId id, Instant now) {
    return store.change(change -> {
      Account account = find(change.now(), id);
      if (account.manages()) {
        throw new Refusal(
            new InvalidInput("account " + id + " manages the others and cannot be closed"));
      }
      return account.isOpen()
          ? changed(change, account.withClosed(Optional.of(now.truncatedTo(ChronoUnit.MILLIS))))
          : account;
    });
  }

  /// Admits those again who were admitted before the account was closed.
  ///
  /// @throws Refusal when there is none of that id
  public Account reopen(AccountId id) {
    return store.change(change -> {
      Account account = find(change.now(), id);
      return account.isOpen() ? account : changed(change, account.withClosed(Optional.empty()));
    });
  }

  private static Account changed(Change change, Account account) {
    change.setClosed(account);
    return account;
  }
}
