package dev.tegata.authentication;

import dev.tegata.arn.UniqueId;
import dev.tegata.authentication.Revoked.ByAccessKey;
import dev.tegata.authentication.Revoked.ByRepository;
import dev.tegata.authentication.Revoked.ByRole;
import dev.tegata.authentication.Revoked.ByRun;
import dev.tegata.authentication.Revoked.BySubject;
import dev.tegata.authentication.Session.AssumedRole;
import dev.tegata.authentication.Session.WebIdentity;
import dev.tegata.match.Glob;
import dev.tegata.store.IdentityStore;
import dev.tegata.store.Revocation;
import dev.tegata.store.Revocations;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Finds what revokes a session, a key, or a session that is asked for.
///
/// It costs some lookups in memory, however many revocations there are; only the patterns of
/// subjects are tried one after the other.
public final class RevocationList {
  private final IdentityStore identities;

  /// The patterns of the last revocations that were seen. Whoever sees newer ones replaces it.
  private final AtomicReference<Patterns> patterns = new AtomicReference<>(Patterns.NONE);

  public RevocationList(IdentityStore identities) {
    this.identities = identities;
  }

  private record Pattern(Revocation revocation, String issuer, Glob subject) {}

  /// The subjects in `all`, ready to be compared.
  private record Patterns(Revocations all, List<Pattern> list) {
    static final Patterns NONE = new Patterns(new Revocations(List.of()), List.of());

    static Patterns of(Revocations all) {
      return new Patterns(
          all,
          all.all().stream()
              .filter(it -> it.kind().equals(Revoked.Kind.SUBJECT.name()))
              .flatMap(it ->
                  Revoked.of(it) instanceof BySubject(var issuer, var pattern)
                      ? Stream.of(new Pattern(it, issuer, Glob.of(Glob.pattern(pattern))))
                      : Stream.empty())
              .toList());
    }
  }

  /// The operator's sentence for what is refused because of `revocation`.
  public static String reason(Revocation revocation) {
    return "revoked by %s (revocation %s): %s"
        .formatted(revocation.by(), revocation.id(), revocation.reason());
  }

  /// What revokes `session` at `now`, if anything does.
  public Optional<Revocation> against(Session session, Instant now) {
    Revocations all = identities.now().revocations();
    if (all.isEmpty()) {
      return Optional.empty();
    }
    // A session begins at a whole second: one of the revocation's own second counts as older.
    Predicate<Revocation> applies =
        it -> it.holds(now) && !(it.onlyExisting() && session.issued().isAfter(it.created()));
    Stream<String> keys =
        Stream.concat(
            Stream.of(session.accessKeyId().text()), session.lineage().accessKeyIds().stream());
    Stream<UniqueId> roles =
        Stream.concat(
            session.holder() instanceof AssumedRole holder
                ? Stream.of(holder.roleId())
                : Stream.empty(),
            session.lineage().roles().stream());
    return keys.flatMap(id -> find(all, new ByAccessKey(id), applies).stream())
        .findFirst()
        .or(() -> roles.flatMap(id -> find(all, new ByRole(id), applies).stream()).findFirst())
        .or(() -> session.firstWebIdentity().flatMap(it -> ofIdentity(all, it, applies)));
  }

  /// What revokes the long-lived key `accessKeyId` at `now`.
  public Optional<Revocation> againstKey(String accessKeyId, Instant now) {
    return find(identities.now().revocations(), new ByAccessKey(accessKeyId), it -> it.holds(now));
  }

  /// What forbids new sessions of `role` at `now`.
  public Optional<Revocation> againstRole(UniqueId role, Instant now) {
    return find(identities.now().revocations(), new ByRole(role), newOnes(now));
  }

  /// What forbids new sessions of `identity` at `now`.
  public Optional<Revocation> againstIdentity(WebIdentity identity, Instant now) {
    Revocations all = identities.now().revocations();
    return all.isEmpty() ? Optional.empty() : ofIdentity(all, identity, newOnes(now));
  }

  private static Predicate<Revocation> newOnes(Instant now) {
    return it -> it.holds(now) && !it.onlyExisting();
  }

  private static Optional<Revocation> find(
      Revocations all, Revoked what, Predicate<Revocation> applies) {
    return all.find(what.kind().name(), what.value(), applies);
  }

  private Optional<Revocation> ofIdentity(
      Revocations all, WebIdentity identity, Predicate<Revocation> applies) {
    Predicate<Revocation> concerned =
        applies.and(it -> it.account().digits().equals(identity.provider().account()));
    String repository = identity.workload().repository();
    String run = identity.workload().run();
    return find(all, new ByRepository(repository), concerned)
        .or(() -> find(all, new ByRun("", run), concerned))
        .or(() -> find(all, new ByRun(repository, run), concerned))
        .or(() ->
            patterns(all).list().stream()
                .filter(pattern ->
                    pattern.issuer().equals(identity.conditionPrefix())
                        && pattern.subject().matches(identity.subject())
                        && concerned.test(pattern.revocation()))
                .map(Pattern::revocation)
                .findFirst());
  }

  private Patterns patterns(Revocations all) {
    Patterns last = patterns.get();
    if (last.all() == all) {
      return last;
    }
    Patterns newer = Patterns.of(all);
    patterns.set(newer);
    return newer;
  }
}
