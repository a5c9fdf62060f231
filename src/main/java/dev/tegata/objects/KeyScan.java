package dev.tegata.objects;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tegata.database.StoreException;
import dev.tegata.objects.Listing.CommonPrefix;
import dev.tegata.objects.Listing.Entry;
import dev.tegata.objects.Listing.Item;
import dev.tegata.objects.Listing.Page;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Lists a bucket along the index of its keys.
///
/// It reads no more rows than the page has items, and one: from a common prefix it seeks straight
/// to the first key behind it, however many keys the prefix stands for.
final class KeyScan {
  // INVARIANT: UTF-8 has no byte 0xff, so there is always a byte above the last of a prefix.
  private static final byte[] END = {(byte) 0xff};

  private final byte[] prefix;
  private final byte[] delimiter;
  private final byte[] after;
  private final int limit;
  private final List<Item> items = new ArrayList<>();

  KeyScan(Listing listing) {
    this.prefix = listing.prefix().getBytes(UTF_8);
    this.delimiter = listing.delimiter().getBytes(UTF_8);
    this.after = listing.after().getBytes(UTF_8);
    this.limit = listing.limit();
  }

  Page run(Connection connection, String bucket) {
    if (limit == 0) {
      return new Page(items, false);
    }
    try {
      read(connection, bucket);
    } catch (SQLException e) {
      throw new StoreException("the bucket `" + bucket + "` cannot be listed", e);
    }
    return items.size() > limit ? new Page(items.subList(0, limit), true) : new Page(items, false);
  }

  private void read(Connection connection, String bucket) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "select * from object where bucket = ? and key >= ? and key < ? order by key limit ?")) {
      select.setString(1, bucket);
      select.setBytes(3, prefix.length == 0 ? END : behind(prefix));
      Optional<byte[]> from = Optional.of(start());
      while (from.isPresent()) {
        select.setBytes(2, from.get());
        select.setInt(4, limit + 1 - items.size());
        from = read(select);
      }
    }
  }

  private byte[] start() {
    if (Arrays.compareUnsigned(after, prefix) < 0) {
      return prefix;
    }
    boolean isCommonPrefix = startsWithPrefix(after) && commonPrefixLength(after) == after.length;
    return isCommonPrefix ? behind(after) : Arrays.copyOf(after, after.length + 1);
  }

  /// Takes rows up to a common prefix; from where to go on, unless the page or the bucket is at its
  /// end.
  private Optional<byte[]> read(PreparedStatement select) throws SQLException {
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        byte[] key = row.getBytes("key");
        int length = commonPrefixLength(key);
        if (length < 0) {
          items.add(new Entry(ObjectRow.object(row)));
          continue;
        }
        byte[] common = Arrays.copyOf(key, length);
        items.add(new CommonPrefix(new String(common, UTF_8)));
        return items.size() > limit ? Optional.empty() : Optional.of(behind(common));
      }
      return Optional.empty();
    }
  }

  private boolean startsWithPrefix(byte[] key) {
    return key.length >= prefix.length
        && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
  }

  /// Where the first delimiter behind the prefix ends in `key`, or -1.
  private int commonPrefixLength(byte[] key) {
    if (delimiter.length == 0) {
      return -1;
    }
    for (int end = prefix.length + delimiter.length; end <= key.length; end++) {
      if (Arrays.equals(key, end - delimiter.length, end, delimiter, 0, delimiter.length)) {
        return end;
      }
    }
    return -1;
  }

  /// The least bytes that come after everything that starts with `text`.
  private static byte[] behind(byte[] text) {
    byte[] next = text.clone();
    next[next.length - 1]++;
    return next;
  }
}
