package dev.tegata.match;

import java.util.Arrays;
import java.util.Optional;

/// A range of IP addresses, such as `203.0.113.0/24` or `2001:db8::/32`; no prefix means one
/// address.
///
/// Bits behind an IPv4 prefix are ignored; an IPv6 network that has such bits contains nothing. An
/// IPv4 address written in IPv6 (`::ffff:203.0.113.7`) is that IPv4 address.
///
/// Source:
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_IPAddress>
public record IpNetwork(Address first, int prefixLength) {
  private static final int V4_BITS = 32;
  private static final int V6_BITS = 128;
  private static final long V4_MAPPED = 0xffffL << 32;

  /// The bits of an address; those of IPv4 are in `low`.
  public record Address(boolean v4, long high, long low) {}

  /// Reads a network in CIDR form.
  public static Optional<IpNetwork> parse(String text) {
    int slash = text.indexOf('/');
    Optional<Address> address = bits(slash < 0 ? text : text.substring(0, slash));
    if (address.isEmpty()) {
      return Optional.empty();
    }
    int max = address.get().v4() ? V4_BITS : V6_BITS;
    int length = slash < 0 ? max : number(text, slash + 1, text.length(), 3, 10);
    return length < 0 || length > max
        ? Optional.empty()
        : Optional.of(new IpNetwork(address.get(), length));
  }

  /// Reads one address.
  public static Optional<Address> address(String text) {
    return bits(text).map(IpNetwork::unmapped);
  }

  private static Address unmapped(Address address) {
    return !address.v4() && address.high() == 0 && (address.low() & (-1L << V4_BITS)) == V4_MAPPED
        ? new Address(true, 0, address.low() & 0xffffffffL)
        : address;
  }

  /// Whether `address` lies within.
  public boolean contains(Address address) {
    if (first.v4() != address.v4()) {
      return false;
    }
    if (first.v4()) {
      return prefixLength == 0 || (first.low() ^ address.low()) >>> (V4_BITS - prefixLength) == 0;
    }
    long high = mask(prefixLength);
    long low = mask(prefixLength - 64);
    boolean hostBits = (first.high() & ~high) != 0 || (first.low() & ~low) != 0;
    return !hostBits
        && (address.high() & high) == first.high()
        && (address.low() & low) == first.low();
  }

  private static long mask(int bits) {
    if (bits <= 0) {
      return 0;
    }
    return bits >= 64 ? -1L : -1L << (64 - bits);
  }

  private static Optional<Address> bits(String text) {
    if (text.indexOf(':') >= 0) {
      return v6(text);
    }
    long bits = v4(text, 0);
    return bits < 0 ? Optional.empty() : Optional.of(new Address(true, 0, bits));
  }

  /// Four decimal numbers from `from` on, or -1.
  private static long v4(String text, int from) {
    long bits = 0;
    int at = from;
    for (int i = 0; i < 4; i++) {
      int end = i == 3 ? text.length() : text.indexOf('.', at);
      int part = end < 0 ? -1 : number(text, at, end, 3, 10);
      if (part < 0 || part > 255) {
        return -1;
      }
      bits = bits << 8 | part;
      at = end + 1;
    }
    return bits;
  }

  /// Eight groups of hexadecimal digits, of which `::` stands for a run of zeros, and the last two
  /// may be an IPv4 address. RFC 4291 §2.2
  private static Optional<Address> v6(String text) {
    int gap = text.indexOf("::");
    if (gap < 0) {
      int[] groups = groups(text);
      return groups.length == 8 ? Optional.of(address(groups, new int[0])) : Optional.empty();
    }
    String before = text.substring(0, gap);
    String after = text.substring(gap + 2);
    int[] head = before.isEmpty() ? new int[0] : groups(before);
    int[] tail = after.isEmpty() ? new int[0] : groups(after);
    boolean malformed =
        (head.length == 0 && !before.isEmpty())
            || (tail.length == 0 && !after.isEmpty())
            || before.indexOf('.') >= 0
            || head.length + tail.length > 7;
    return malformed ? Optional.empty() : Optional.of(address(head, tail));
  }

  private static Address address(int[] head, int[] tail) {
    long[] halves = new long[2];
    for (int i = 0; i < head.length; i++) {
      halves[i / 4] |= (long) head[i] << (48 - 16 * (i % 4));
    }
    for (int i = 0; i < tail.length; i++) {
      int place = 8 - tail.length + i;
      halves[place / 4] |= (long) tail[i] << (48 - 16 * (place % 4));
    }
    return new Address(false, halves[0], halves[1]);
  }

  /// The groups that `text` is made of, or none when it is malformed.
  private static int[] groups(String text) {
    int[] groups = new int[9];
    int count = 0;
    int at = 0;
    while (at <= text.length() && count < 8) {
      int end = text.indexOf(':', at);
      if (end < 0) {
        end = text.length();
        long v4 = text.indexOf('.', at) < 0 ? -1 : v4(text, at);
        if (v4 >= 0) {
          groups[count++] = (int) (v4 >> 16);
          groups[count++] = (int) (v4 & 0xffff);
          return count > 8 ? new int[0] : Arrays.copyOf(groups, count);
        }
      }
      int group = number(text, at, end, 4, 16);
      if (group < 0) {
        return new int[0];
      }
      groups[count++] = group;
      at = end + 1;
    }
    return at <= text.length() ? new int[0] : Arrays.copyOf(groups, count);
  }

  /// The number that the digits from `from` to `to` write, or -1.
  private static int number(String text, int from, int to, int maxDigits, int radix) {
    if (from >= to || to - from > maxDigits) {
      return -1;
    }
    int number = 0;
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      int digit = c < 128 ? Character.digit(c, radix) : -1;
      if (digit < 0) {
        return -1;
      }
      number = number * radix + digit;
    }
    return number;
  }
}
