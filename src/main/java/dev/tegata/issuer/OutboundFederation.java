package dev.tegata.issuer;

import dev.tegata.arn.AccountId;
import dev.tegata.json.JsonValue;
import dev.tegata.json.JsonValue.JsonArray;
import dev.tegata.json.JsonValue.JsonObject;
import dev.tegata.json.JsonValue.JsonString;
import dev.tegata.keys.Secrets;
import dev.tegata.keys.SigningKey;
import dev.tegata.keys.SigningKeys;
import dev.tegata.store.IdentityStore;
import dev.tegata.token.Jwk;
import dev.tegata.token.JwsAlgorithm;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/// The issuers that tell other clouds who a caller of an account is: one an account, under a name
/// of its own, once the account has turned that on.
///
/// The keys are the server's: RSA keys for RS256 and EC keys for ES384, the first of each made when
/// it is asked for, and changed like the issuer's own. Whether an account has turned it on, and
/// under which name, lies sealed in the database; an account that turns it off and on again has its
/// old name.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_outbound.html>
public final class OutboundFederation {
  /// Where these issuers are, on this server.
  public static final String PATH = "/_/outbound/";

  private static final String DISCOVERY = "/.well-known/openid-configuration";
  private static final String JWKS = "/.well-known/jwks.json";
  private static final String ON = "on ";
  private static final String OFF = "off ";

  private final String base;
  private final Secrets secrets;
  private final IdentityStore identities;
  private final Tools tools;

  /// What signs, and what draws names.
  public record Tools(SigningKeys rs256, SigningKeys es384, RandomGenerator random) {}

  /// The issuers at `base`, a URL of this server without a slash at its end.
  public OutboundFederation(String base, Secrets secrets, IdentityStore identities, Tools tools) {
    this.base = base;
    this.secrets = secrets;
    this.identities = identities;
    this.tools = tools;
  }

  /// The URL of the account's issuer, if it is on.
  public Optional<String> issuer(AccountId account) {
    return state(account).filter(state -> state.startsWith(ON)).map(this::url);
  }

  /// Turns it on, if it is not on yet; the URL of the account's issuer.
  public Optional<String> enable(AccountId account) {
    Optional<String> before = state(account);
    if (before.isPresent() && before.get().startsWith(ON)) {
      return Optional.empty();
    }
    String id =
        before
            .map(it -> it.substring(OFF.length()))
            .orElseGet(
                () -> new UUID(tools.random().nextLong(), tools.random().nextLong()).toString());
    secrets.replaceText(nameOfIssuer(id), Optional.empty(), account.digits()); // once for an id
    return secrets.replaceText(name(account), before, ON + id)
        ? Optional.of(url(ON + id))
        : Optional.empty();
  }

  /// Turns it off; false if it was not on.
  public boolean disable(AccountId account) {
    Optional<String> before = state(account).filter(it -> it.startsWith(ON));
    return before.isPresent()
        && secrets.replaceText(name(account), before, OFF + before.get().substring(ON.length()));
  }

  /// Signs `claims` at `now`; `algorithm` is RS256 or ES384.
  public String sign(JsonObject claims, JwsAlgorithm algorithm, Instant now) {
    return (algorithm == JwsAlgorithm.RS256 ? tools.rs256() : tools.es384())
        .signer(now)
        .sign(claims);
  }

  /// Publishes the next keys, unless they are published already, and says what becomes of them.
  public List<SigningKeys.Rotation> rotate(Instant now) {
    return List.of(tools.rs256().rotate(now), tools.es384().rotate(now));
  }

  /// What an issuer publishes at `now` and `path`, which begins with [#PATH].
  public Optional<JsonObject> document(String path, Instant now) {
    String id = path.substring(PATH.length()).replaceFirst("/.*", "");
    return secrets
        .text(nameOfIssuer(id))
        .map(AccountId::new)
        .filter(identities.now()::isOpen)
        .flatMap(this::issuer)
        .flatMap(issuer -> document(issuer, path, now));
  }

  /// Whether `issuer` is one of these: their tokens are for others, not for this server.
  public boolean isOwn(String issuer) {
    return issuer.startsWith(base + PATH);
  }

  private Optional<JsonObject> document(String issuer, String path, Instant now) {
    if ((base + path).equals(issuer + DISCOVERY)) {
      return Optional.of(discovery(issuer));
    }
    return (base + path).equals(issuer + JWKS) ? Optional.of(jwks(now)) : Optional.empty();
  }

  private JsonObject jwks(Instant now) {
    return Jwk.set(
        Stream.of(tools.rs256(), tools.es384())
            .flatMap(keys -> keys.published(now).stream())
            .map(SigningKey::published)
            .toList());
  }

  private static JsonObject discovery(String issuer) {
    return JsonObject.builder()
        .put("issuer", issuer)
        .put("jwks_uri", issuer + JWKS)
        .put("response_types_supported", texts("id_token"))
        .put("subject_types_supported", texts("public"))
        .put("id_token_signing_alg_values_supported", texts("RS256", "ES384"))
        .put("claims_supported", texts("aud", "exp", "iat", "iss", "jti", "sub"))
        .build();
  }

  private static JsonArray texts(String... texts) {
    return new JsonArray(List.of(texts).stream().<JsonValue>map(JsonString::new).toList());
  }

  private Optional<String> state(AccountId account) {
    return secrets.text(name(account));
  }

  private static String name(AccountId account) {
    return "outbound federation of " + account;
  }

  private static String nameOfIssuer(String id) {
    return "account of outbound issuer " + id;
  }

  private String url(String state) {
    return base + PATH + state.substring(ON.length());
  }
}
