package dev.tegata.federation;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;

/// Resolves names to public addresses only, at the moment of connecting.
///
/// Whoever may register a provider must not be able to make the server call the machines around it:
/// a metadata service, a database, its own console. A name that says it is on this machine,
/// `localhost` or `127.0.0.1`, may lead there and nowhere else. Where private networks are let in,
/// clouds' metadata services and this machine still are not.
///
/// Source: <https://www.iana.org/assignments/iana-ipv4-special-registry>
/// <https://www.iana.org/assignments/iana-ipv6-special-registry>
final class PublicAddresses implements DnsResolver {
  /// Where clouds tell a machine its secrets, besides the link-local addresses.
  private static final Set<InetAddress> METADATA =
      Set.of(
          InetAddress.ofLiteral("100.100.100.200"),
          InetAddress.ofLiteral("168.63.129.16"),
          InetAddress.ofLiteral("192.0.0.192"),
          InetAddress.ofLiteral("fd00:ec2::23"),
          InetAddress.ofLiteral("fd00:ec2::254"),
          InetAddress.ofLiteral("fd20:ce::254"));

  private final boolean lettingPrivateIn;

  PublicAddresses(boolean lettingPrivateIn) {
    this.lettingPrivateIn = lettingPrivateIn;
  }

  @Override
  public InetAddress[] resolve(String host) throws UnknownHostException {
    InetAddress[] found = SystemDefaultDnsResolver.INSTANCE.resolve(host);
    List<InetAddress> allowed = new ArrayList<>();
    for (InetAddress address : found) {
      if (isLoopbackName(host) ? address.isLoopbackAddress() : admits(address)) {
        allowed.add(address);
      }
    }
    if (allowed.isEmpty()) {
      throw new UnknownHostException(
          "`%s` has no %s address"
              .formatted(host, lettingPrivateIn ? "public or private" : "public"));
    }
    return allowed.toArray(InetAddress[]::new);
  }

  @Override
  public List<InetSocketAddress> resolve(String host, int port) throws UnknownHostException {
    List<InetSocketAddress> addresses = new ArrayList<>();
    for (InetAddress address : resolve(host)) {
      addresses.add(new InetSocketAddress(address, port));
    }
    return addresses;
  }

  @Override
  public String resolveCanonicalHostname(String host) {
    return host;
  }

  /// Whether `host` is spelled as this machine.
  static boolean isLoopbackName(String host) {
    return host.equals("localhost")
        || host.equals("[::1]")
        || host.equals("::1")
        || host.matches("127(\\.[0-9]{1,3}){3}");
  }

  boolean admits(InetAddress address) {
    return !METADATA.contains(address)
        && (isPublic(address) || (lettingPrivateIn && isPrivate(address)));
  }

  /// Whether `address` is of a private network, a carrier's shared one included.
  private static boolean isPrivate(InetAddress address) {
    byte[] bytes = address.getAddress();
    return address instanceof Inet6Address
        ? (bytes[0] & 0xfe) == 0xfc
        : address.isSiteLocalAddress() || isShared(bytes);
  }

  private static boolean isShared(byte[] bytes) {
    return bytes[0] == 100 && (bytes[1] & 0xc0) == 64;
  }

  private static boolean isPublic(InetAddress address) {
    if (address.isAnyLocalAddress()
        || address.isLoopbackAddress()
        || address.isLinkLocalAddress()
        || address.isSiteLocalAddress()
        || address.isMulticastAddress()) {
      return false;
    }
    byte[] bytes = address.getAddress();
    if (address instanceof Inet6Address) {
      return (bytes[0] & 0xe0) == 0x20 // all that is given out, so no IPv4 address and no NAT64
          && !(bytes[0] == 0x20 && bytes[1] == 0x01 && (bytes[2] & 0xfe) == 0) // Teredo and such
          && !(bytes[0] == 0x20 && bytes[1] == 0x02); // 6to4
    }
    int first = bytes[0] & 0xff;
    int second = bytes[1] & 0xff;
    return first != 0
        && !isShared(bytes)
        && !(first == 192 && second == 0) // protocol assignments
        && !(first == 198 && (second == 18 || second == 19)) // benchmarks
        && first < 240; // reserved, and broadcast
  }
}
