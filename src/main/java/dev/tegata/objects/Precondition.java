package dev.tegata.objects;

import java.util.List;
import java.util.Optional;

/// What must be true of the object under a key at the moment in which it is replaced or deleted.
public sealed interface Precondition {

  /// Nothing need be true.
  record None() implements Precondition {}

  /// There is no object.
  record Absent() implements Precondition {}

  /// There is an object, with one of these entity tags.
  record Tagged(List<String> etags) implements Precondition {
    public Tagged {
      etags = List.copyOf(etags);
    }
  }

  /// There is an object.
  record Present() implements Precondition {}

  /// Whether it is true of an object with `etag`, or of no object.
  default boolean holds(Optional<String> etag) {
    return switch (this) {
      case None() -> true;
      case Absent() -> etag.isEmpty();
      case Tagged(var etags) -> etag.isPresent() && etags.contains(etag.get());
      case Present() -> etag.isPresent();
    };
  }
}
