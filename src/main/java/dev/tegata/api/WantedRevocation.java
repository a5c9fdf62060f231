package dev.tegata.api;

import dev.tegata.arn.AccountId;
import dev.tegata.arn.Arn;
import dev.tegata.arn.UniqueId;
import dev.tegata.arn.UniqueId.Kind;
import dev.tegata.authentication.Revoked;
import dev.tegata.authentication.Revoked.ByAccessKey;
import dev.tegata.authentication.Revoked.ByRepository;
import dev.tegata.authentication.Revoked.ByRole;
import dev.tegata.authentication.Revoked.ByRun;
import dev.tegata.authentication.Revoked.BySubject;
import dev.tegata.aws.IamError.NoSuchEntity;
import dev.tegata.aws.Refusal;
import dev.tegata.store.Identities;
import dev.tegata.store.OidcProvider;
import dev.tegata.store.Role;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

/// A revocation as a request asks for it: exactly one thing to revoke, a reason, and until when.
record WantedRevocation(
    Map<String, String> target, String reason, boolean onlyExisting, Optional<Instant> end) {
  /// No session of a role that was there before outlives this.
  private static final Duration LONGEST_ROLE_SESSION = Duration.ofHours(12);

  /// Nor any other session this.
  private static final Duration LONGEST_SESSION = Duration.ofHours(36);

  private static final Set<Set<String>> TARGETS =
      Set.of(
          Set.of("access_key"),
          Set.of("role"),
          Set.of("issuer"),
          Set.of("issuer", "subject"),
          Set.of("repository"),
          Set.of("run"),
          Set.of("repository", "run"));
  private static final int MAX_REASON = 1000;
  private static final int MAX_TARGET = 1000;
  private static final long MOST_SECONDS = Duration.ofDays(3650).toSeconds();

  WantedRevocation {
    target = Map.copyOf(target);
  }

  /// Reads the body of `call`.
  ///
  /// @throws Refusal when it does not say what is needed
  static WantedRevocation read(ApiCall call) {
    BodyMembers body = new BodyMembers(call.json());
    Map<String, String> target = new HashMap<>();
    TARGETS.stream()
        .flatMap(Set::stream)
        .forEach(name -> body.text(name).ifPresent(text -> target.put(name, checked(name, text))));
    String reason = body.text("reason").orElse("").strip();
    boolean onlyExisting = body.flag("only_existing");
    Optional<Instant> end = end(body, call.time());
    body.requireAllRead();
    if (!TARGETS.contains(target.keySet())) {
      throw ApiCall.invalid(
          "one of `access_key`, `role`, `issuer` with `subject`, `repository` and `run` says what is"
              + " revoked, not "
              + (target.isEmpty() ? "none" : String.join(", ", new TreeSet<>(target.keySet()))));
    }
    if (reason.isEmpty() || reason.length() > MAX_REASON) {
      throw ApiCall.invalid("`reason` says why, in 1 to " + MAX_REASON + " characters");
    }
    return new WantedRevocation(target, reason, onlyExisting, end);
  }

  private static String checked(String name, String text) {
    if (text.isBlank()
        || text.length() > MAX_TARGET
        || (!name.equals("subject") && text.chars().anyMatch(Character::isWhitespace))) {
      throw ApiCall.invalid(
          "`%s` is 1 to %d characters without blanks, not `%s`".formatted(name, MAX_TARGET, text));
    }
    return text;
  }

  private static Optional<Instant> end(BodyMembers body, Instant now) {
    OptionalLong seconds = body.seconds("duration_seconds", 1, MOST_SECONDS);
    Optional<Instant> until = body.text("until").map(WantedRevocation::instant);
    if (until.isPresent() && seconds.isPresent()) {
      throw ApiCall.invalid("either `until` or `duration_seconds` says when it ends");
    }
    if (until.isPresent() && !until.get().isAfter(now)) {
      throw ApiCall.invalid("`until` is over: " + until.get() + ", and it is " + now);
    }
    return until.or(() ->
        seconds.isPresent() ? Optional.of(now.plusSeconds(seconds.getAsLong())) : Optional.empty());
  }

  private static Instant instant(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      throw ApiCall.invalid("`until` is a time such as 2026-08-01T12:00:00Z, not `" + text + "`");
    }
  }

  private Optional<String> given(String name) {
    return Optional.ofNullable(target.get(name));
  }

  /// What the caller must be allowed to revoke sessions of: a role, or all of them, because nobody
  /// knows which roles a key, a subject or a repository has sessions of.
  Arn resource(ApiCall call, Identities now) {
    AccountId account = call.call().account();
    return given("role")
        .map(role -> roleArn(role, account, now))
        .orElse(Arn.iam(account, "role/*"));
  }

  private static Arn roleArn(String role, AccountId account, Identities now) {
    if (!role.startsWith("arn:")) {
      return now.role(account, role).map(Role::arn).orElse(Arn.iam(account, "role/" + role));
    }
    try {
      return Arn.parse(role);
    } catch (IllegalArgumentException e) {
      throw ApiCall.invalid("`role` is the name or the ARN of a role, not `" + role + "`");
    }
  }

  /// What is revoked.
  ///
  /// @throws Refusal when it is not the account's
  Revoked what(ApiCall call, Identities now) {
    AccountId account = call.call().account();
    if (given("role").isPresent()) {
      Arn arn = roleArn(given("role").get(), account, now);
      return now.role(arn)
          .filter(role -> role.account().equals(account))
          .map(role -> new ByRole(role.id()))
          .orElseThrow(() -> new Refusal(new NoSuchEntity("there is no role " + arn)));
    }
    if (given("access_key").isPresent()) {
      return accessKey(given("access_key").get(), call, now);
    }
    if (given("issuer").isPresent()) {
      return new BySubject(OidcProvider.url(given("issuer").get()), given("subject").orElse("*"));
    }
    return given("run")
        .<Revoked>map(run -> new ByRun(given("repository").orElse(""), run))
        .orElseGet(() -> new ByRepository(given("repository").orElseThrow()));
  }

  private static Revoked accessKey(String text, ApiCall call, Identities now) {
    if (text.equals(call.signed().signature().accessKeyId()) && isLongLived(text)) {
      throw ApiCall.invalid(
          "`" + text + "` signs this request: who revokes it could not take that back");
    }
    try {
      UniqueId id = new UniqueId(text);
      Optional<AccountId> owner =
          now.accessKey(id)
              .map(key -> new AccountId(key.owner().account()))
              .or(() -> id.is(Kind.ASIA) ? id.account() : Optional.empty());
      if (owner.equals(Optional.of(call.call().account()))) {
        return new ByAccessKey(text);
      }
    } catch (IllegalArgumentException e) {
      throw ApiCall.invalid("`" + text + "` is no access key: " + e.getMessage());
    }
    throw new Refusal(new NoSuchEntity("there is no access key `" + text + "` in this account"));
  }

  private static boolean isLongLived(String accessKeyId) {
    return !accessKeyId.startsWith(Kind.ASIA.name());
  }

  /// When it ends. If nothing was said: when no session that was there at `now` can live any more;
  /// never for a long-lived key.
  Optional<Instant> until(Revoked what, Instant now) {
    return end.or(() ->
        switch (what) {
          case ByAccessKey(var id) ->
              isLongLived(id) ? Optional.empty() : Optional.of(now.plus(LONGEST_SESSION));
          case ByRole _, BySubject _, ByRepository _, ByRun _ ->
              Optional.of(now.plus(LONGEST_ROLE_SESSION));
        });
  }
}
