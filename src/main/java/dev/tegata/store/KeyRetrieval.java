package dev.tegata.store;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// How the keys of an issuer are come by, where AWS's way (over the public network, HTTPS checked
/// with the platform's authorities) does not lead to it.
///
/// `jwkSet` holds the keys themselves: then the issuer is never asked. `certificateAuthorities` are
/// certificates in PEM that may vouch for the issuer's server besides the platform's own, and
/// `privateAddresses` lets its name lead into the private network.
public record KeyRetrieval(
    @Nullable String jwkSet, List<String> certificateAuthorities, boolean privateAddresses) {
  /// AWS's way.
  public static final KeyRetrieval STANDARD = new KeyRetrieval(null, List.of(), false);

  public KeyRetrieval {
    certificateAuthorities = List.copyOf(certificateAuthorities);
  }
}
