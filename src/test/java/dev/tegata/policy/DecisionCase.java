package dev.tegata.policy;

import dev.tegata.arn.AccountId;
import dev.tegata.arn.Arn;
import dev.tegata.arn.UniqueId;
import dev.tegata.policy.RequestPrincipal.Anonymous;
import dev.tegata.policy.RequestPrincipal.RoleSession;
import dev.tegata.policy.RequestPrincipal.Root;
import dev.tegata.policy.RequestPrincipal.Service;
import dev.tegata.policy.RequestPrincipal.User;
import dev.tegata.policy.RequestPrincipal.WebIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A case of `vectors/policy/decisions-*.json`: policies, a request, and the decision as a
/// sentence.
public record DecisionCase(String name, PolicySet policies, Request request, String decision) {
  private static final AccountId ACCOUNT = new AccountId("123456789012");

  /// Every case of one file.
  public static Stream<DecisionCase> read(String topic) throws IOException {
    Path file = Path.of("src/test/resources/vectors/policy/decisions-" + topic + ".json");
    return new JsonMapper().readTree(Files.readString(file)).valueStream().map(DecisionCase::of);
  }

  private static DecisionCase of(JsonNode json) {
    return new DecisionCase(
        json.get("case").stringValue(),
        policies(json.get("policies")),
        request(json.get("request")),
        json.get("decision").stringValue());
  }

  private static PolicySet policies(JsonNode json) {
    PolicySet set =
        PolicySet.identity(list(PolicyKind.IDENTITY, "identity ", json.get("identity")));
    if (json.has("resource")) {
      set = set.withResource(named(PolicyKind.RESOURCE, "resource", json.get("resource")));
    }
    if (json.has("trust")) {
      set = set.withResource(named(PolicyKind.TRUST, "trust", json.get("trust")));
    }
    if (json.has("boundary")) {
      set = set.withBoundary(named(PolicyKind.BOUNDARY, "boundary", json.get("boundary")));
    }
    if (json.has("session")) {
      set = set.withSession(list(PolicyKind.SESSION, "session ", json.get("session")));
    }
    if (json.has("serviceControl")) {
      set =
          set.withServiceControl(
              levels(PolicyKind.SERVICE_CONTROL, "service control ", json.get("serviceControl")));
    }
    if (json.has("resourceControl")) {
      set =
          set.withResourceControl(
              levels(
                  PolicyKind.RESOURCE_CONTROL, "resource control ", json.get("resourceControl")));
    }
    return json.has("crossAccount") ? set.acrossAccounts() : set;
  }

  private static List<List<NamedPolicy>> levels(PolicyKind kind, String name, JsonNode json) {
    List<List<NamedPolicy>> levels = new ArrayList<>();
    for (JsonNode level : json) {
      levels.add(list(kind, name + (levels.size() + 1) + ".", level));
    }
    return levels;
  }

  private static List<NamedPolicy> list(PolicyKind kind, String name, @Nullable JsonNode json) {
    List<NamedPolicy> policies = new ArrayList<>();
    if (json != null) {
      for (JsonNode policy : json) {
        policies.add(named(kind, name + (policies.size() + 1), policy));
      }
    }
    return policies;
  }

  private static NamedPolicy named(PolicyKind kind, String name, JsonNode json) {
    return new NamedPolicy(name, Policy.parse(kind, json.toString()));
  }

  private static Request request(JsonNode json) {
    Context.Builder context = Context.builder();
    if (json.has("context")) {
      json.get("context")
          .properties()
          .forEach(key -> {
            JsonNode value = key.getValue();
            if (value.isArray()) {
              context.putAll(key.getKey(), value.valueStream().map(JsonNode::stringValue).toList());
            } else {
              context.put(key.getKey(), value.stringValue());
            }
          });
    }
    return new Request(
        principal(json.get("principal").stringValue()),
        json.get("action").stringValue(),
        Arn.parse(json.get("resource").stringValue()),
        context.build());
  }

  private static RequestPrincipal principal(String kind) {
    return switch (kind) {
      case "session" ->
          new RoleSession(
              Arn.assumedRole(ACCOUNT, "deploy", "run-1"),
              Arn.iam(ACCOUNT, "role/ci/deploy"),
              new UniqueId("AROARZPUZDIKN6CMBN2XT"),
              "run-1",
              ACCOUNT);
      case "user" ->
          new User(Arn.iam(ACCOUNT, "user/alice"), new UniqueId("AIDARZPUZDIKN6CMBN2XT"), ACCOUNT);
      case "root" -> new Root(ACCOUNT);
      case "token" ->
          new WebIdentity(Arn.iam(ACCOUNT, "oidc-provider/token.actions.githubusercontent.com"));
      case "service" -> new Service("logs.amazonaws.com");
      case "anonymous" -> new Anonymous();
      default -> throw new IllegalArgumentException("no principal `" + kind + "`");
    };
  }

  @Override
  public String toString() {
    return name;
  }
}
