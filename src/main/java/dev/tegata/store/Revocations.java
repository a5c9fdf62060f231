package dev.tegata.store;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// All revocations, as they were at one moment. It never changes.
public final class Revocations {
  private record Revoked(String kind, String value) {}

  private final List<Revocation> all;
  private final Map<Revoked, List<Revocation>> byValue;

  /// In the order in which they were made.
  public Revocations(List<Revocation> all) {
    this.all = List.copyOf(all);
    Map<Revoked, List<Revocation>> found = new HashMap<>();
    for (Revocation each : all) {
      found.merge(
          new Revoked(each.kind(), each.value()),
          List.of(each),
          (some, more) -> Stream.concat(some.stream(), more.stream()).toList());
    }
    this.byValue = Map.copyOf(found);
  }

  public List<Revocation> all() {
    return all;
  }

  public boolean isEmpty() {
    return all.isEmpty();
  }

  /// The first revocation of `value` that `applies`. It costs the same however many there are.
  public Optional<Revocation> find(String kind, String value, Predicate<Revocation> applies) {
    return byValue.getOrDefault(new Revoked(kind, value), List.of()).stream()
        .filter(applies)
        .findFirst();
  }
}
