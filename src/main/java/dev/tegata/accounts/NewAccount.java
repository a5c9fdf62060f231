package dev.tegata.accounts;

import dev.tegata.arn.AccountId;
import dev.tegata.arn.Arn;
import dev.tegata.arn.UniqueId;
import dev.tegata.authentication.Authenticator;
import dev.tegata.authentication.NewAccessKey;
import dev.tegata.keys.KeyRing;
import dev.tegata.policy.Policy;
import dev.tegata.policy.PolicyKind;
import dev.tegata.store.AccessKey;
import dev.tegata.store.Account;
import dev.tegata.store.Change;
import dev.tegata.store.EntityName;
import dev.tegata.store.Role;
import dev.tegata.store.Role.Permissions;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// An account that is about to be made: with the root access key that is told once, and with a role
/// if there is one.
public record NewAccount(Account account, NewAccessKey rootKey, Optional<Role> role) {
  private static final Arn ADMINISTRATOR = Arn.parse("arn:aws:iam::aws:policy/AdministratorAccess");

  /// With what a role is made that AWS makes too, if one is wanted.
  ///
  /// Source:
  /// <https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_accounts_access.html>
  static Role administrator(
      EntityName name, Account account, AccountId by, RandomGenerator random) {
    return new Role(
        UniqueId.create(UniqueId.Kind.AROA, account.id(), random),
        name,
        account.created(),
        Policy.parse(
            PolicyKind.TRUST,
            """
            {"Version":"2012-10-17","Statement":[{"Effect":"Allow",\
            "Principal":{"AWS":"arn:aws:iam::%s:root"},"Action":"sts:AssumeRole"}]}\
            """
                .formatted(by)),
        "",
        Duration.ofHours(1),
        new LinkedHashMap<>(),
        Permissions.none().withAttached(List.of(ADMINISTRATOR)));
  }

  /// Writes it down, with the secret of its key sealed by `atRest`.
  public void put(Change change, KeyRing atRest) {
    change.create(account);
    change.create(
        new AccessKey(
            rootKey.id(),
            Arn.iam(account.id(), "root"),
            Authenticator.seal(rootKey.secret(), atRest),
            account.created()));
    role.ifPresent(change::put);
  }
}
