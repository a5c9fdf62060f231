package dev.tegata.server;

/// Where a server listens, as `127.0.0.1:8787` or `[::1]:8787`; port 0 takes a free one.
public record ListenAddress(String host, int port) {
  private static final int MAX_PORT = 65_535;

  public ListenAddress {
    if (host.isEmpty() || port < 0 || port > MAX_PORT) {
      throw new IllegalArgumentException(
          "a listen address is a host and a port up to 65535, not `%s:%d`".formatted(host, port));
    }
  }

  /// Reads `HOST:PORT`.
  ///
  /// @throws IllegalArgumentException when `text` is not of that form
  public static ListenAddress parse(String text) {
    int colon = text.lastIndexOf(':');
    if (colon < 0) {
      throw new IllegalArgumentException(
          "a listen address is HOST:PORT, such as 127.0.0.1:%s, not `%s`"
              .formatted(text.matches("[0-9]{1,5}") ? text : "8787", text));
    }
    try {
      String host = text.substring(0, colon);
      String bare =
          host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
      return new ListenAddress(bare, Integer.parseInt(text.substring(colon + 1)));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "a listen address is HOST:PORT, such as 127.0.0.1:8787, not `" + text + "`", e);
    }
  }

  /// The address with another port: the one that the machine chose.
  public ListenAddress withPort(int chosen) {
    return new ListenAddress(host, chosen);
  }

  @Override
  public String toString() {
    return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
  }
}
