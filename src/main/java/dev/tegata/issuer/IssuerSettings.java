package dev.tegata.issuer;

import dev.tegata.github.DefaultAudience;
import dev.tegata.keys.SigningKeys;
import java.net.URI;
import java.util.Optional;

/// What an issuer is told when it starts.
///
/// `name` is what its tokens have in `iss`; without one it is the server's own address.
public record IssuerSettings(
    Optional<String> name, DefaultAudience defaultAudience, SigningKeys.Plan keys) {

  /// As GitHub does it today, in the server's own name.
  public static final IssuerSettings STANDARD =
      new IssuerSettings(Optional.empty(), DefaultAudience.OWNER, SigningKeys.Plan.STANDARD);

  public IssuerSettings {
    name.ifPresent(IssuerSettings::requireIssuer);
  }

  /// The standard, in the name of `name`.
  public static IssuerSettings named(String name) {
    return new IssuerSettings(Optional.of(name), STANDARD.defaultAudience(), STANDARD.keys());
  }

  private static void requireIssuer(String name) {
    URI uri;
    try {
      uri = URI.create(name);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(refusal(name), e);
    }
    if (uri.getHost() == null
        || !isTrusted(uri)
        || uri.getRawQuery() != null
        || uri.getRawFragment() != null
        || uri.getRawUserInfo() != null
        || name.endsWith("/")) {
      throw new IllegalArgumentException(refusal(name));
    }
  }

  private static boolean isTrusted(URI uri) {
    return "https".equals(uri.getScheme())
        || ("http".equals(uri.getScheme())
            && uri.getHost().matches("localhost|\\[::1]|127(\\.[0-9]{1,3}){3}"));
  }

  private static String refusal(String name) {
    return "an issuer is an https URL without query and without a slash at its end, such as"
        + " https://issuer.example.com (or an http one on this machine), not `"
        + name
        + "`";
  }
}
