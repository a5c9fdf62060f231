/// The accounts of a server: making one with its root access key, closing it, opening it again.
///
/// The account that was made first manages the others. Whoever asks must be let by the policies of
/// that account; that is for those to see to who ask this package.
///
/// Below: `store` keeps accounts, `authentication` makes and seals access keys. Above: `api`
/// answers for it, `server` makes the first account.
@NullMarked
package dev.tegata.accounts;

import org.jspecify.annotations.NullMarked;
