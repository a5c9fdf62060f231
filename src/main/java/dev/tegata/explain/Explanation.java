package dev.tegata.explain;

import dev.tegata.explain.TightestChange.Change;
import dev.tegata.explain.Trace.ElementTrace;
import dev.tegata.explain.Trace.StatementTrace;
import dev.tegata.explain.Weaknesses.Weakness;
import dev.tegata.policy.Decision;
import dev.tegata.policy.Evaluation;
import dev.tegata.policy.PolicyKind;
import dev.tegata.policy.PolicySet;
import dev.tegata.policy.Request;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Why a request is decided as it is: the whole trace, the nearest miss, the tightest change that
/// would admit it, and where the policies are weaker than they look.
public record Explanation(
    Request request, Reason reason, List<Change> changes, List<Weakness> weaknesses) {

  public Explanation {
    changes = List.copyOf(changes);
    weaknesses = List.copyOf(weaknesses);
  }

  /// Asks `policies` about `request`, and explains what they say.
  public static Explanation of(Request request, PolicySet policies) {
    return of(request, policies, Evaluation.decide(request, policies));
  }

  /// Explains `decision`, which is what `policies` said of `request`.
  public static Explanation of(Request request, PolicySet policies, Decision decision) {
    return new Explanation(
        request,
        Reason.of(request, policies, decision),
        TightestChange.admitting(request, policies, decision).changes(),
        policies.parts().stream()
            .map(PolicySet.Part::policy)
            .flatMap(policy -> Weaknesses.of(policy).stream())
            .toList());
  }

  public Decision decision() {
    return reason.decision();
  }

  /// The same, for a request that is not known well enough to say what would admit it.
  public Explanation withoutChanges() {
    return new Explanation(request, reason, List.of(), weaknesses);
  }

  /// For a person: the decision, what to look at, and what to change.
  public String summary() {
    StringBuilder text = new StringBuilder();
    line(text, "%s on %s by %s".formatted(request.action(), request.resource(), caller()));
    text.append(reason.text());
    for (Change change : changes) {
      line(text, "");
      line(text, "to admit exactly this, add this statement to %s:".formatted(place(change)));
      change.statement().lines().forEach(json -> line(text, "  %s".formatted(json)));
    }
    if (!weaknesses.isEmpty()) {
      line(text, "");
      line(text, "weaker than it looks:");
      weaknesses.forEach(weakness -> line(text, "  %s".formatted(weakness)));
    }
    return text.toString();
  }

  private static String place(Change change) {
    if (change.policy().isEmpty()) {
      return "a new policy, " + change.kind().withArticle();
    }
    return named(change.policy(), change.kind());
  }

  /// The policy, and its kind where the name does not say it.
  private static String named(String policy, PolicyKind kind) {
    return policy.contains(kind.toString()) ? policy : policy + " (" + kind + ")";
  }

  private String caller() {
    return Trace.caller(request.principal()).replace("`", "");
  }

  /// For a person who wants to see everything: the summary, then each element of each statement,
  /// `+` where it holds and `-` where it does not.
  public String text() {
    StringBuilder text = new StringBuilder(summary());
    for (Trace trace : reason.traces()) {
      line(text, "");
      line(text, named(trace.policy(), trace.kind()));
      for (StatementTrace statement : trace.statements()) {
        String sid = statement.id().sid().isEmpty() ? "" : " \"" + statement.id().sid() + "\"";
        String effect = statement.statement().effect().name().toLowerCase(Locale.ROOT);
        line(
            text,
            "  statement %d%s, %s: %s"
                .formatted(
                    statement.id().index() + 1,
                    sid,
                    effect,
                    statement.bears() ? "applies" : "does not apply"));
        for (ElementTrace element : statement.elements()) {
          line(
              text,
              "    %s %s: %s"
                  .formatted(element.holds() ? "+" : "-", element.name(), element.reason()));
        }
      }
    }
    return text.toString();
  }

  private static void line(StringBuilder text, String line) {
    text.append(line).append('\n');
  }

  /// For programs: the same as JSON.
  public String toJson() {
    ObjectNode json = new JsonMapper().createObjectNode();
    json.put("allowed", decision().isAllowed());
    json.put("decision", decision().explanation());
    json.put("action", request.action());
    json.put("resource", request.resource().toString());
    ArrayNode policies = json.putArray("policies");
    for (Trace trace : reason.traces()) {
      ObjectNode policy = policies.addObject();
      policy.put("name", trace.policy()).put("kind", trace.kind().toString());
      ArrayNode statements = policy.putArray("statements");
      trace.statements().forEach(statement -> write(statement, statements.addObject()));
    }
    reason
        .nearestMiss()
        .ifPresent(miss -> {
          ObjectNode node = json.putObject("nearestMiss");
          write(miss.statement(), node);
          miss.advice().forEach(node.putArray("advice")::add);
        });
    ArrayNode changes = json.putArray("changes");
    for (Change change : this.changes) {
      ObjectNode node = changes.addObject();
      node.put("policy", change.policy()).put("kind", change.kind().toString());
      node.set("statement", new JsonMapper().readTree(change.statement()));
    }
    ArrayNode weaknesses = json.putArray("weaknesses");
    for (Weakness weakness : this.weaknesses) {
      weaknesses
          .addObject()
          .put("statement", weakness.statement().toString())
          .put("weakness", weakness.sentence());
    }
    return json.toPrettyString();
  }

  private static void write(StatementTrace statement, ObjectNode node) {
    node.put("policy", statement.id().policy());
    node.put("statement", statement.id().index() + 1);
    node.put("sid", statement.id().sid());
    node.put("effect", statement.statement().effect().name());
    node.put("applies", statement.bears());
    ArrayNode elements = node.putArray("elements");
    for (ElementTrace element : statement.elements()) {
      ObjectNode entry = elements.addObject();
      entry.put("element", element.name()).put("holds", element.holds());
      element.expected().forEach(entry.putArray("expected")::add);
      entry.put("found", element.reason());
    }
  }
}
