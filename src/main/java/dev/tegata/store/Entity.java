package dev.tegata.store;

import dev.tegata.arn.AccountId;
import dev.tegata.arn.Arn;

/// What an account's IAM holds: a value that is replaced as a whole.
public sealed interface Entity permits OidcProvider, Role, ManagedPolicy {
  AccountId account();

  Arn arn();

  /// What no other entity of this kind has in its account: the name, in small letters where IAM
  /// ignores the case.
  String key();
}
