package dev.tegata.explain;

import dev.tegata.policy.Condition;
import dev.tegata.policy.Context;
import dev.tegata.policy.Context.Value;
import dev.tegata.policy.PolicyKind;
import dev.tegata.policy.Request;
import dev.tegata.policy.RequestPrincipal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Writes the statement that allows one request and as good as nothing else.
///
/// Principal, action and resource are the request's own, and so are the values of each key that the
/// closest statement asks about. A date is left as that statement has it: a moment cannot be pinned
/// to any use.
final class ExactStatement {
  private static final JsonMapper JSON = new JsonMapper();

  private final Request request;
  private final ObjectNode conditions = JSON.createObjectNode();
  private boolean possible = true;

  private ExactStatement(Request request) {
    this.request = request;
  }

  /// The statement for a policy of `kind`, with the keys that `asked` ask about; empty when no
  /// statement can say it.
  static Optional<ObjectNode> of(Request request, PolicyKind kind, List<Condition> asked) {
    return new ExactStatement(request).statement(kind, asked);
  }

  private Optional<ObjectNode> statement(PolicyKind kind, List<Condition> asked) {
    ObjectNode statement = JSON.createObjectNode().put("Effect", "Allow");
    switch (kind) {
      case TRUST, RESOURCE -> principal(statement);
      case RESOURCE_CONTROL -> statement.put("Principal", "*");
      case IDENTITY, SESSION, BOUNDARY, SERVICE_CONTROL -> {}
    }
    statement.put("Action", request.action());
    if (kind != PolicyKind.TRUST) {
      statement.put("Resource", literal(request.resource().toString()));
    }
    tokenKeys().forEach(this::pin);
    asked.forEach(this::pin);
    if (!conditions.isEmpty()) {
      statement.set("Condition", conditions);
    }
    return possible ? Optional.of(statement) : Optional.empty();
  }

  private void principal(ObjectNode statement) {
    ObjectNode principal = statement.putObject("Principal");
    switch (request.principal()) {
      case RequestPrincipal.WebIdentity(var provider) ->
          principal.put("Federated", provider.toString());
      case RequestPrincipal.RoleSession session ->
          principal.put("AWS", session.session().toString());
      case RequestPrincipal.User user -> principal.put("AWS", user.user().toString());
      case RequestPrincipal.FederatedUser(var session, var _) ->
          principal.put("AWS", session.toString());
      case RequestPrincipal.Root(var account) -> principal.put("AWS", account.digits());
      case RequestPrincipal.Service(var name) -> principal.put("Service", name);
      case RequestPrincipal.Anonymous() -> possible = false; // nobody alone cannot be named
    }
  }

  /// Whose token it is and whom it is for, whether a statement asked for it so far or not.
  private List<String> tokenKeys() {
    if (!(request.principal() instanceof RequestPrincipal.WebIdentity(var provider))) {
      return List.of();
    }
    String issuer = provider.resource().substring(provider.resource().indexOf('/') + 1);
    return List.of(issuer + ":aud", issuer + ":sub");
  }

  private void pin(String key) {
    Optional<Value> value = request.context().get(key);
    if (value.isPresent() && value.get() instanceof Value.Single(var text)) {
      put("StringEquals", key, text);
    }
  }

  private void pin(Condition condition) {
    Context context = request.context();
    String operator = condition.operator().comparison().toString();
    String key = condition.key();
    switch (context.get(key).orElse(null)) {
      case null -> put("Null", key, "true");
      case Value.Multi(var texts) -> {
        putAll("ForAllValues:StringEquals", key, texts);
        if (!texts.isEmpty()) {
          putAll("ForAnyValue:StringEquals", key, texts);
        }
      }
      case Value.Single(var text) when operator.startsWith("Date") -> keep(condition, text);
      case Value.Single(var text) when operator.endsWith("IpAddress") ->
          put("IpAddress", key, text);
      case Value.Single(var text) when operator.startsWith("Numeric") ->
          put("NumericEquals", key, text);
      case Value.Single(var text) -> put("StringEquals", key, text);
    }
  }

  private void keep(Condition condition, String text) {
    if (!condition.admits(text, request.context())) {
      possible = false;
      return;
    }
    putAll(condition.operator().toString(), condition.key(), condition.values());
  }

  private void put(String operator, String key, String text) {
    ObjectNode block = conditions.withObject("/" + operator);
    for (String other : List.copyOf(block.propertyNames())) {
      if (other.equalsIgnoreCase(key)) {
        return;
      }
    }
    block.put(key, text.replace("${", "${$}{"));
  }

  private void putAll(String operator, String key, List<String> texts) {
    List<String> escaped = new ArrayList<>();
    texts.forEach(text -> escaped.add(text.replace("${", "${$}{")));
    ArrayNode array = conditions.withObject("/" + operator).putArray(key);
    escaped.forEach(array::add);
  }

  /// An ARN whose `*`, `?` and `$` are the characters.
  private static String literal(String arn) {
    StringBuilder literal = new StringBuilder();
    for (int i = 0; i < arn.length(); i++) {
      char c = arn.charAt(i);
      boolean special = c == '*' || c == '?' || arn.startsWith("${", i);
      literal.append(special ? "${" + c + "}" : String.valueOf(c));
    }
    return literal.toString();
  }
}
