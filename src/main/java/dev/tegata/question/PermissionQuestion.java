package dev.tegata.question;

import dev.tegata.arn.AccountId;
import dev.tegata.arn.Arn;
import dev.tegata.arn.UniqueId.Kind;
import dev.tegata.authentication.Caller;
import dev.tegata.authentication.Caller.RoleSession;
import dev.tegata.authentication.Lineage;
import dev.tegata.authentication.NewAccessKey;
import dev.tegata.authentication.Session;
import dev.tegata.authentication.Session.AssumedRole;
import dev.tegata.authentication.Session.SessionPolicies;
import dev.tegata.authentication.Session.SessionTags;
import dev.tegata.authorization.RequestContext;
import dev.tegata.explain.Explanation;
import dev.tegata.policy.Context;
import dev.tegata.policy.Request;
import dev.tegata.store.Entity.Group;
import dev.tegata.store.Entity.Identity;
import dev.tegata.store.Entity.User;
import dev.tegata.store.Identities;
import dev.tegata.store.Role;
import dev.tegata.sts.WebIdentityTrust.Presented;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.Optional;
import java.util.SplittableRandom;

/// Could a session of a role, or a user, do something?
///
/// The session is one that `presented` would have got, or, without a token, one that came about in
/// some other way. Its keys are those of every session.
public record PermissionQuestion(
    Identity<?> identity, Optional<Presented> presented, Wish wish, Circumstances circumstances) {
  private static final String REGION = "us-east-1";

  /// What it would do: an action, such as `s3:GetObject`, and with what.
  public record Wish(String action, Arn resource) {}

  /// Asks what `now` holds.
  public Explanation ask(Identities now) {
    Caller caller = caller();
    Context.Builder context = RequestContext.of(circumstances.source(), REGION);
    RequestContext.put(caller, circumstances.source().time(), context);
    RequestContext.put(wish.resource(), caller, context);
    context.putAll(circumstances.more());
    return Explanation.of(
        new Request(caller.principal(), wish.action(), wish.resource(), context.build()),
        now.permissions(identity));
  }

  private Caller caller() {
    return switch (identity) {
      case Role role -> {
        AssumedRole holder =
            new AssumedRole(role.account(), role.name(), role.id(), circumstances.sessionName());
        yield new RoleSession(session(role, holder), holder, role);
      }
      case User user -> new Caller.User(user, key(user.account(), Kind.AKIA).id().text());
      case Group group ->
          throw new IllegalArgumentException("nobody acts as the group `" + group.name() + "`");
    };
  }

  /// Credentials that nobody gets: the policies do not look at them.
  private static NewAccessKey key(AccountId account, Kind kind) {
    return NewAccessKey.create(kind, account, new SplittableRandom(0));
  }

  private Session session(Role role, AssumedRole holder) {
    NewAccessKey key = key(role.account(), Kind.ASIA);
    return new Session(
        key.id(),
        key.secret(),
        holder,
        circumstances.now().truncatedTo(ChronoUnit.SECONDS),
        circumstances.now().plus(role.maxSession()),
        SessionPolicies.NONE,
        presented
            .map(Presented::requested)
            .map(asked ->
                new SessionTags(asked.principalTags(), new HashSet<>(asked.transitiveTagKeys())))
            .orElse(SessionTags.NONE),
        presented.flatMap(token -> Optional.ofNullable(token.requested().sourceIdentity())),
        presented.map(Presented::webIdentity),
        Lineage.NONE,
        false);
  }
}
