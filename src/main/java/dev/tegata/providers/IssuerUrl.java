package dev.tegata.providers;

import dev.tegata.aws.AwsError;
import dev.tegata.aws.CommonError.ValidationError;
import dev.tegata.aws.IamError.InvalidInput;
import dev.tegata.aws.Refusal;
import java.net.URI;
import java.net.URISyntaxException;

/// The URL of an issuer as CreateOpenIDConnectProvider takes it: `https`, without a query.
///
/// Tegata also reads `http` on a loopback address, for development: there nobody stands between.
/// Who may have such an issuer is for [OidcProviders] to say.
///
/// Source:
/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateOpenIDConnectProvider.html>
final class IssuerUrl {
  private static final String DEFAULT_PORT = ":443";

  static final AwsError INVALID = new ValidationError("Invalid Open ID Connect Provider URL");

  private IssuerUrl() {}

  /// The issuer that `text` names: the same without a default port.
  static String parse(String text) {
    if (text.indexOf('?') >= 0 || text.indexOf('#') >= 0) {
      throw new Refusal(new InvalidInput("Unknown"));
    }
    try {
      URI uri = new URI(text);
      String host = uri.getHost();
      if (host == null || uri.getRawUserInfo() != null || !isTrusted(uri.getScheme(), host)) {
        throw invalid();
      }
      String authority = uri.getRawAuthority();
      return authority.endsWith(DEFAULT_PORT) && uri.getScheme().equals("https")
          ? "https://"
              + authority.substring(0, authority.length() - DEFAULT_PORT.length())
              + uri.getRawPath()
          : text;
    } catch (URISyntaxException e) {
      throw invalid();
    }
  }

  static boolean isHttps(String issuer) {
    return issuer.startsWith("https://");
  }

  private static boolean isTrusted(String scheme, String host) {
    return "https".equals(scheme) || ("http".equals(scheme) && isLoopback(host));
  }

  private static boolean isLoopback(String host) {
    return host.equals("localhost")
        || host.equals("[::1]")
        || host.matches("127(\\.[0-9]{1,3}){3}");
  }

  private static Refusal invalid() {
    return new Refusal(INVALID);
  }
}
