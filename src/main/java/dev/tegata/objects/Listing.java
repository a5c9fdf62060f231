package dev.tegata.objects;

import java.util.List;

/// Which part of a bucket is to be listed.
///
/// Keys that start with `prefix` and come after `after` are listed; those that have `delimiter`
/// behind the prefix are rolled up into one common prefix each. An empty text means no such
/// restriction. A common prefix given as `after` stands for all that was rolled up into it.
///
/// Source: <https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-prefixes.html>
public record Listing(String prefix, String delimiter, String after, int limit) {

  /// One entry of a listing.
  public sealed interface Item {
    /// The key or the common prefix.
    String text();
  }

  /// An object that is listed by itself.
  public record Entry(StoredObject object) implements Item {
    @Override
    public String text() {
      return object.key();
    }
  }

  /// Stands for all keys that start with it; it ends with the delimiter.
  public record CommonPrefix(String text) implements Item {}

  /// A run of items in the order of their UTF-8, and whether more come after them.
  public record Page(List<Item> items, boolean isTruncated) {
    public Page {
      items = List.copyOf(items);
    }
  }
}
