package dev.tegata.authentication;

import dev.tegata.arn.AccountId;
import dev.tegata.arn.UniqueId;
import dev.tegata.authentication.ApiTokens.Holder;
import dev.tegata.authentication.ApiTokens.Holder.Nobody;
import dev.tegata.authentication.ApiTokens.Holder.Somebody;
import dev.tegata.authentication.Caller.Federated;
import dev.tegata.authentication.Caller.RoleSession;
import dev.tegata.authentication.Caller.Root;
import dev.tegata.authentication.Caller.RootSession;
import dev.tegata.authentication.Caller.UserSession;
import dev.tegata.authentication.Session.AccountRoot;
import dev.tegata.authentication.Session.AssumedRole;
import dev.tegata.authentication.Session.FederatedUser;
import dev.tegata.authentication.Session.IamUser;
import dev.tegata.aws.Refusal;
import dev.tegata.database.Sealed;
import dev.tegata.http.HttpRequest;
import dev.tegata.keys.KeyRing;
import dev.tegata.sigv4.Payload.Hashed;
import dev.tegata.sigv4.SecretAccessKey;
import dev.tegata.sigv4.SignatureCheck;
import dev.tegata.sigv4.SignatureCheck.VerifiedRequest;
import dev.tegata.sigv4.SignatureFault;
import dev.tegata.sigv4.SignatureReading.SignedRequest;
import dev.tegata.sigv4.SignatureVerifier;
import dev.tegata.sigv4.SigningKey;
import dev.tegata.store.AccessKey;
import dev.tegata.store.IdentityStore;
import dev.tegata.store.Revocation;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Finds out who signed a request, or refuses it.
///
/// In AWS's order: the session token and whether it goes with the access key, the session's end,
/// whether it is revoked, whether its account is open, whoever is behind it, then the signature.
///
/// Source:
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-authentication-methods.html>
public final class Authenticator {
  /// How far the client's clock and ours may be apart, either way.
  public static final Duration TOLERANCE = Duration.ofMinutes(15);

  private static final String PURPOSE = "access key";
  private static final CredentialErrors WORDS = new QueryCredentialErrors();

  private final SignatureVerifier verifier = new SignatureVerifier(TOLERANCE);
  private final IdentityStore identities;
  private final SessionTokens tokens;
  private final KeyRing atRest;
  private final LastUses uses;
  private final RevocationList revocations;

  /// `atRest` opens the secrets of the access keys that are stored; `uses` is told who signs.
  public Authenticator(
      IdentityStore identities, SessionTokens tokens, KeyRing atRest, LastUses uses) {
    this.identities = identities;
    this.tokens = tokens;
    this.atRest = atRest;
    this.uses = uses;
    this.revocations = new RevocationList(identities);
  }

  /// A request whose signer is known. Its body checks itself while it is read.
  public record Authenticated(Caller caller, HttpRequest request) {}

  /// A secret as the store keeps it.
  public static Sealed seal(SecretAccessKey secret, KeyRing atRest) {
    return new Sealed(atRest.seal(secret.reveal().getBytes(StandardCharsets.UTF_8), PURPOSE));
  }

  /// Who signed `signed`, a request to S3.
  ///
  /// @throws Refusal when nobody did who is known here
  public Authenticated authenticateS3(SignedRequest signed, Instant now, CredentialErrors errors) {
    Signer signer = signer(signed, now, errors);
    Authenticated who = admit(signer, verifier.verifyS3(signed, signer.key(), now), signed, errors);
    uses.note(who.caller(), signed.signature().scope(), now);
    return who;
  }

  /// Who signed `signed`, a request to another service whose body, read already, is `payload`.
  ///
  /// @throws Refusal when nobody did who is known here
  public Authenticated authenticate(
      SignedRequest signed, Hashed payload, Instant now, CredentialErrors errors) {
    Signer signer = signer(signed, now, errors);
    Authenticated who =
        admit(signer, verifier.verify(signed, payload, signer.key(), now), signed, errors);
    uses.note(who.caller(), signed.signature().scope(), now);
    return who;
  }

  /// Who holds the credentials with this access key id, and this session token if they are
  /// temporary; nobody when they are not good any more. That somebody does hold them must be known.
  Holder holder(String accessKeyId, Optional<String> sessionToken, Instant now) {
    Holder nobody = new Nobody(accessKeyId, "the credentials behind the API token are gone");
    if (sessionToken.isEmpty()) {
      return revocations
          .againstKey(accessKeyId, now)
          .<Holder>map(found -> new Nobody(accessKeyId, RevocationList.reason(found)))
          .orElseGet(() ->
              accessKey(accessKeyId)
                  .filter(key -> identities.now().isOpen(new AccountId(key.owner().account())))
                  .flatMap(this::owner)
                  .<Holder>map(Somebody::new)
                  .orElse(nobody));
    }
    try {
      return caller(session(accessKeyId, sessionToken.get(), now, WORDS))
          .<Holder>map(Somebody::new)
          .orElse(nobody);
    } catch (Refusal refusal) {
      return new Nobody(
          accessKeyId,
          refusal.reason().isEmpty() ? refusal.error().wire().message() : refusal.reason());
    }
  }

  /// Who is said to have signed, and with which key that would have been.
  private record Signer(Caller caller, SigningKey key) {}

  private Signer signer(SignedRequest signed, Instant now, CredentialErrors errors) {
    String accessKeyId = signed.signature().accessKeyId();
    String token = signed.sessionToken();
    return token == null
        ? byAccessKey(signed, now, errors)
            .orElseThrow(() -> new Refusal(errors.unknownKey(accessKeyId)))
        : bySession(signed, token, now, errors);
  }

  private Optional<Signer> byAccessKey(SignedRequest signed, Instant now, CredentialErrors errors) {
    String accessKeyId = signed.signature().accessKeyId();
    revocations
        .againstKey(accessKeyId, now)
        .ifPresent(found -> {
          throw revoked(found, accessKeyId, errors);
        });
    Optional<AccessKey> found = accessKey(accessKeyId);
    found.ifPresent(key -> requireOpen(new AccountId(key.owner().account()), accessKeyId, errors));
    return found.flatMap(key ->
        owner(key).flatMap(owner -> secret(key).map(secret -> signer(owner, secret, signed))));
  }

  private Optional<SecretAccessKey> secret(AccessKey key) {
    return atRest
        .open(key.secret().bytes(), PURPOSE)
        .map(bytes -> new SecretAccessKey(new String(bytes, StandardCharsets.UTF_8)));
  }

  private Optional<AccessKey> accessKey(String id) {
    try {
      return identities.now().accessKey(new UniqueId(id));
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // no access key looks like this
    }
  }

  /// For whom `key` speaks; for nobody while it is not active.
  private Optional<Caller> owner(AccessKey key) {
    if (!key.active()) {
      return Optional.empty();
    }
    String id = key.id().text();
    return key.ofUser().isEmpty()
        ? Optional.of(new Root(new AccountId(key.owner().account()), id))
        : key.ofUser().flatMap(identities.now()::user).map(user -> new Caller.User(user, id));
  }

  private Signer bySession(
      SignedRequest signed, String token, Instant now, CredentialErrors errors) {
    String accessKeyId = signed.signature().accessKeyId();
    Session session = session(accessKeyId, token, now, errors);
    Caller caller = caller(session).orElseThrow(() -> new Refusal(errors.unknownKey(accessKeyId)));
    return signer(caller, session.secret(), signed);
  }

  private Session session(String accessKeyId, String token, Instant now, CredentialErrors errors) {
    Session session =
        tokens.open(token).orElseThrow(() -> new Refusal(errors.malformedToken(token)));
    if (!session.accessKeyId().text().equals(accessKeyId)) {
      throw new Refusal(errors.unknownKey(accessKeyId));
    }
    if (!now.isBefore(session.expiry())) {
      throw new Refusal(errors.expiredToken(token));
    }
    revocations
        .against(session, now)
        .ifPresent(found -> {
          throw revoked(found, accessKeyId, errors);
        });
    requireOpen(session.holder().account(), accessKeyId, errors);
    session.lineage().accounts().stream()
        .filter(account -> identities.now().account(account).isPresent())
        .forEach(account -> requireOpen(account, accessKeyId, errors));
    return session;
  }

  /// Lets nobody in who is of a closed account; to the client it is as if nobody had the
  /// credentials.
  private void requireOpen(AccountId account, String accessKeyId, CredentialErrors errors) {
    if (!identities.now().isOpen(account)) {
      throw Refusal.because("account " + account + " is closed", errors.unknownKey(accessKeyId));
    }
  }

  /// To the client it is as if nobody had these credentials.
  private static Refusal revoked(
      Revocation revocation, String accessKeyId, CredentialErrors errors) {
    return Refusal.because(RevocationList.reason(revocation), errors.unknownKey(accessKeyId));
  }

  /// Whose session it is, if who it was made for is still there.
  private Optional<Caller> caller(Session session) {
    return switch (session.holder()) {
      case AccountRoot _ -> Optional.of(new RootSession(session));
      case IamUser holder ->
          identities.now().user(holder.id()).map(user -> new UserSession(session, user));
      case FederatedUser holder -> federated(session, holder);
      case AssumedRole holder ->
          identities
              .now()
              .role(holder.roleId())
              .map(role -> new RoleSession(session, holder, role));
    };
  }

  private Optional<Caller> federated(Session session, FederatedUser holder) {
    String key = session.lineage().accessKeyIds().stream().findFirst().orElse("");
    Optional<Caller> by =
        holder.user().isEmpty()
            ? Optional.of(new Root(holder.account(), key))
            : holder.user().flatMap(identities.now()::user).map(user -> new Caller.User(user, key));
    return by.map(caller -> new Federated(session, holder, caller));
  }

  private static Signer signer(Caller caller, SecretAccessKey secret, SignedRequest signed) {
    return new Signer(caller, SigningKey.derive(secret, signed.signature().scope()));
  }

  private static Authenticated admit(
      Signer signer, SignatureCheck check, SignedRequest signed, CredentialErrors errors) {
    return switch (check) {
      case VerifiedRequest verified -> new Authenticated(signer.caller(), verified.request());
      case SignatureFault fault ->
          throw new Refusal(errors.fault(fault, signed.signature().accessKeyId()));
    };
  }
}
