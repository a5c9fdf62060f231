package dev.tegata.store;

/// Which part of a list is wanted: of the things whose paths start with `pathPrefix` those whose
/// keys come after `after`, in the order of their keys, and no more than `limit`.
public record Slice(String pathPrefix, String after, int limit) {

  /// The first `limit` of all.
  public static Slice first(int limit) {
    return new Slice("/", "", limit);
  }

  /// The part that follows this one, whose last item has the key `last`.
  public Slice behind(String last) {
    return new Slice(pathPrefix, last, limit);
  }
}
