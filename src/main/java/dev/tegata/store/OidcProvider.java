package dev.tegata.store;

import dev.tegata.arn.AccountId;
import dev.tegata.arn.Arn;
import java.time.Instant;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// An issuer of ID tokens that an account trusts, and for which audiences.
///
/// `issuer` is the URL that a token's `iss` must equal, byte for byte; `retrieval` is absent where
/// its keys are had in AWS's way.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_oidc.html>
public record OidcProvider(
    AccountId account,
    String issuer,
    List<String> clientIds,
    List<String> thumbprints,
    SequencedMap<String, String> tags,
    Instant created,
    @Nullable KeyRetrieval retrieval)
    implements Entity {

  /// How the keys of an issuer are come by, where AWS's way (over the public network, HTTPS checked
  /// with the platform's authorities) does not lead to it.
  ///
  /// `jwkSet` holds the keys themselves: then the issuer is never asked. `certificateAuthorities`
  /// are certificates in PEM that may vouch for the issuer's server besides the platform's own, and
  /// `privateAddresses` lets its name lead into the private network.
  public record KeyRetrieval(
      @Nullable String jwkSet, List<String> certificateAuthorities, boolean privateAddresses) {
    /// AWS's way.
    public static final KeyRetrieval STANDARD = new KeyRetrieval(null, List.of(), false);

    public KeyRetrieval {
      certificateAuthorities = List.copyOf(certificateAuthorities);
    }
  }

  public OidcProvider {
    clientIds = List.copyOf(clientIds);
    thumbprints = List.copyOf(thumbprints);
    tags = Ordered.copy(tags);
  }

  /// A provider whose keys are had in AWS's way.
  public OidcProvider(
      AccountId account,
      String issuer,
      List<String> clientIds,
      List<String> thumbprints,
      SequencedMap<String, String> tags,
      Instant created) {
    this(account, issuer, clientIds, thumbprints, tags, created, null);
  }

  /// How the issuer's keys are come by.
  public KeyRetrieval keyRetrieval() {
    return retrieval == null ? KeyRetrieval.STANDARD : retrieval;
  }

  /// The issuer without its scheme, which is how ARNs and condition keys name it.
  public String url() {
    return url(issuer);
  }

  /// The URL `issuer` without its scheme, if it has one.
  public static String url(String issuer) {
    int scheme = issuer.indexOf("://");
    return scheme < 0 ? issuer : issuer.substring(scheme + 3);
  }

  @Override
  public Arn arn() {
    return Arn.iam(account, "oidc-provider/" + url());
  }

  @Override
  public String key() {
    return url();
  }

  public OidcProvider withClientIds(List<String> others) {
    return new OidcProvider(account, issuer, others, thumbprints, tags, created, retrieval);
  }

  public OidcProvider withThumbprints(List<String> others) {
    return new OidcProvider(account, issuer, clientIds, others, tags, created, retrieval);
  }

  public OidcProvider withTags(SequencedMap<String, String> others) {
    return new OidcProvider(account, issuer, clientIds, thumbprints, others, created, retrieval);
  }

  public OidcProvider withKeyRetrieval(KeyRetrieval other) {
    return new OidcProvider(account, issuer, clientIds, thumbprints, tags, created, other);
  }
}
