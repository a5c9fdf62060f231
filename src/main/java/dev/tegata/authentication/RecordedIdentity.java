package dev.tegata.authentication;

import dev.tegata.authentication.Caller.Federated;
import dev.tegata.authentication.Caller.RoleSession;
import dev.tegata.authentication.Caller.Root;
import dev.tegata.authentication.Caller.RootSession;
import dev.tegata.authentication.Caller.User;
import dev.tegata.authentication.Caller.UserSession;
import dev.tegata.store.Entity;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/// A caller as CloudTrail writes it down, its `userIdentity`.
///
/// Source:
/// <https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-user-identity.html>
public final class RecordedIdentity {
  private RecordedIdentity() {}

  /// `caller`, who signed with `accessKeyId`.
  public static SequencedMap<String, Object> of(Caller caller, String accessKeyId) {
    SequencedMap<String, Object> json = new LinkedHashMap<>();
    json.put("type", type(caller));
    json.put("principalId", caller.userId());
    json.put("arn", caller.arn().toString());
    json.put("accountId", caller.account().digits());
    json.put("accessKeyId", accessKeyId);
    user(caller).ifPresent(user -> json.put("userName", user.name()));
    caller.temporary().ifPresent(session -> json.put("sessionContext", context(caller, session)));
    return json;
  }

  /// Nobody who is known: with `accessKeyId`, if one was claimed.
  public static SequencedMap<String, Object> unknown(String accessKeyId) {
    SequencedMap<String, Object> json = new LinkedHashMap<>();
    json.put("type", "Unknown");
    if (!accessKeyId.isEmpty()) {
      json.put("accessKeyId", accessKeyId);
    }
    return json;
  }

  private static String type(Caller caller) {
    return switch (caller) {
      case Root _, RootSession _ -> "Root";
      case RoleSession _ -> "AssumedRole";
      case User _, UserSession _ -> "IAMUser";
      case Federated _ -> "FederatedUser";
    };
  }

  private static Optional<Entity.User> user(Caller caller) {
    return switch (caller) {
      case User(var user, var _) -> Optional.of(user);
      case UserSession(var _, var user) -> Optional.of(user);
      case Root _, RootSession _, RoleSession _, Federated _ -> Optional.empty();
    };
  }

  private static SequencedMap<String, Object> context(Caller caller, Session session) {
    SequencedMap<String, Object> json = new LinkedHashMap<>();
    issuer(caller).ifPresent(issuer -> json.put("sessionIssuer", issuer));
    session
        .webIdentity()
        .ifPresent(identity -> {
          SequencedMap<String, Object> federation = new LinkedHashMap<>();
          federation.put("federatedProvider", identity.provider().toString());
          federation.put("attributes", Map.of());
          json.put("webIdFederationData", federation);
        });
    SequencedMap<String, Object> attributes = new LinkedHashMap<>();
    attributes.put("creationDate", session.issued().toString());
    attributes.put("mfaAuthenticated", Boolean.toString(session.secondFactor()));
    json.put("attributes", attributes);
    session.sourceIdentity().ifPresent(name -> json.put("sourceIdentity", name));
    return json;
  }

  private static Optional<SequencedMap<String, Object>> issuer(Caller caller) {
    return switch (caller) {
      case Root _, RootSession _, User _, UserSession _ -> Optional.empty();
      case Federated(var _, var _, var by) -> {
        SequencedMap<String, Object> json = new LinkedHashMap<>();
        json.put("type", type(by));
        json.put("principalId", by.userId());
        json.put("arn", by.arn().toString());
        json.put("accountId", by.account().digits());
        user(by).ifPresent(user -> json.put("userName", user.name()));
        yield Optional.of(json);
      }
      case RoleSession(var _, var _, var role) -> {
        SequencedMap<String, Object> json = new LinkedHashMap<>();
        json.put("type", "Role");
        json.put("principalId", role.id().text());
        json.put("arn", role.arn().toString());
        json.put("accountId", role.account().digits());
        json.put("userName", role.name());
        yield Optional.of(json);
      }
    };
  }
}
