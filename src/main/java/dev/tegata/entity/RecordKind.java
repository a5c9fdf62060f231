package dev.tegata.entity;

import dev.tegata.arn.AccountId;
import dev.tegata.store.AccountRecord;
import dev.tegata.store.Change;
import dev.tegata.store.Identities;
import dev.tegata.store.Slice;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Things of one type that accounts keep as records, under names of which no two differ in case
/// alone.
public record RecordKind<T>(String kind, Class<T> type) {

  public Optional<T> find(Identities now, AccountId account, String name) {
    return now.record(account, kind, key(name)).map(found -> found.as(type));
  }

  /// All that an account has, in the order of their names.
  public List<T> list(Identities now, AccountId account) {
    return now.records(account, kind, new Slice("", "", Integer.MAX_VALUE)).stream()
        .map(found -> found.as(type))
        .toList();
  }

  /// Keeps `value`, or replaces what has its name.
  public void put(Change change, AccountId account, String name, T value) {
    change.put(AccountRecord.of(account, kind, key(name), value));
  }

  public void delete(Change change, AccountId account, String name) {
    change.delete(new AccountRecord(account, kind, key(name), ""));
  }

  /// A name as it is compared.
  public static String key(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
