package dev.tegata.authorization;

import dev.tegata.arn.Arn;
import dev.tegata.audit.AuditEvent.Source;
import dev.tegata.authentication.Caller;
import dev.tegata.authentication.Caller.Federated;
import dev.tegata.authentication.Caller.RoleSession;
import dev.tegata.authentication.Caller.Root;
import dev.tegata.authentication.Caller.RootSession;
import dev.tegata.authentication.Caller.User;
import dev.tegata.authentication.Caller.UserSession;
import dev.tegata.authentication.Session;
import dev.tegata.policy.Context;
import dev.tegata.store.Entity;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The condition keys that every request has, whatever it is about.
///
/// Source:
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html>
public final class RequestContext {
  /// Keys that are lists even when they hold one value.
  private static final Set<String> MULTIVALUED =
      Set.of(
          "aws:TagKeys",
          "s3:RequestObjectTagKeys",
          "sts:IdentityTokenAudience",
          "sts:TransitiveTagKeys");

  private RequestContext() {}

  /// Adds keys that only the service knows, or only the asker.
  public static void put(Map<String, List<String>> keys, Context.Builder context) {
    keys.forEach((key, values) -> {
      if (values.size() == 1 && !MULTIVALUED.contains(key)) {
        context.put(key, values.getFirst());
      } else {
        context.putAll(key, values);
      }
    });
  }

  /// The keys of the connection and the moment. An address or a user agent that is not known is
  /// absent.
  public static Context.Builder of(Source source, String region) {
    Context.Builder context =
        Context.builder()
            .put("aws:CurrentTime", source.time().truncatedTo(ChronoUnit.SECONDS).toString())
            .put("aws:EpochTime", Long.toString(source.time().getEpochSecond()))
            .put("aws:SecureTransport", Boolean.toString(source.secure()))
            .put("aws:RequestedRegion", region)
            .put("aws:ViaAWSService", "false")
            .put("aws:PrincipalIsAWSService", "false");
    if (!source.remoteAddress().isEmpty()) {
      context.put("aws:SourceIp", source.remoteAddress());
    }
    if (!source.userAgent().isEmpty()) {
      context.put("aws:UserAgent", source.userAgent());
    }
    return context;
  }

  /// Adds whose `resource` is. What names no account, such as a bucket or every resource, counts as
  /// the caller's; who knows better puts the key anew.
  public static void put(Arn resource, Caller caller, Context.Builder context) {
    boolean isOwned = !resource.account().isEmpty() && !resource.equals(Arn.EVERY);
    context.put("aws:ResourceAccount", isOwned ? resource.account() : caller.account().digits());
  }

  /// Adds the keys of the caller, as they are `now`.
  public static void put(Caller caller, Instant now, Context.Builder context) {
    context
        .put("aws:PrincipalAccount", caller.account().digits())
        .put("aws:userid", caller.userId());
    switch (caller) {
      case Root _ ->
          context
              .put("aws:PrincipalType", "Account")
              .put("aws:PrincipalArn", caller.arn().toString());
      case RootSession(var session) -> {
        context
            .put("aws:PrincipalType", "Account")
            .put("aws:PrincipalArn", caller.arn().toString());
        putSecondFactor(session, now, context);
        put(session, context);
      }
      case User(var user, var _) -> put(user, context);
      case UserSession(var session, var user) -> {
        put(user, context);
        putSecondFactor(session, now, context);
        put(session, context);
      }
      case Federated(var session, var holder, var by) -> {
        if (by instanceof User(var user, var _)) {
          user.tags().forEach((key, value) -> context.put("aws:PrincipalTag/" + key, value));
        }
        context
            .put("aws:PrincipalType", "FederatedUser")
            .put("aws:PrincipalArn", holder.arn().toString());
        put(session, context);
      }
      case RoleSession(var session, var _, var role) -> {
        context
            .put("aws:PrincipalType", "AssumedRole")
            .put("aws:PrincipalArn", role.arn().toString());
        role.tags().forEach((key, value) -> context.put("aws:PrincipalTag/" + key, value));
        if (session.webIdentity().isEmpty()) {
          putSecondFactor(session, now, context);
        }
        put(session, context);
      }
    }
  }

  /// How long ago the second factor was shown: in the request that the session came of.
  private static void putSecondFactor(Session session, Instant now, Context.Builder context) {
    context.put("aws:MultiFactorAuthPresent", Boolean.toString(session.secondFactor()));
    if (session.secondFactor()) {
      long age = Duration.between(session.issued(), now).toSeconds();
      context.put("aws:MultiFactorAuthAge", Long.toString(age));
    }
  }

  private static void put(Entity.User user, Context.Builder context) {
    context
        .put("aws:PrincipalType", "User")
        .put("aws:PrincipalArn", user.arn().toString())
        .put("aws:username", user.name());
    user.tags().forEach((key, value) -> context.put("aws:PrincipalTag/" + key, value));
  }

  private static void put(Session session, Context.Builder context) {
    context.put("aws:TokenIssueTime", session.issued().toString());
    session.tags().values().forEach((key, value) -> context.put("aws:PrincipalTag/" + key, value));
    session.sourceIdentity().ifPresent(name -> context.put("aws:SourceIdentity", name));
    session
        .webIdentity()
        .ifPresent(identity -> {
          String prefix = identity.conditionPrefix();
          context
              .put("aws:FederatedProvider", identity.provider().toString())
              .put(prefix + ":aud", identity.audience())
              .put(prefix + ":sub", identity.subject());
          if (!identity.authenticationMethods().isEmpty()) {
            context.putAll(prefix + ":amr", identity.authenticationMethods());
          }
        });
  }
}
