package dev.tegata.policy;

import dev.tegata.match.ArnPattern;
import dev.tegata.policy.Json.Text;
import dev.tegata.policy.PolicyFault.Place;
import java.util.List;

/// A statement as it is written, read for its grammar and not yet checked for its sense.
///
/// Lists are empty both where an element is missing and where it is an empty list.
record Draft(
    Json.Members json,
    String sid,
    Text effect,
    Principals principals,
    List<Text> actions,
    List<Text> resources,
    List<ConditionDraft> conditions) {

  /// One operator and key; `values` are what is written, with numbers and booleans as text.
  record ConditionDraft(Operator operator, String key, List<Text> values) {}

  boolean has(String element) {
    return json.members().containsKey(element);
  }

  /// The place of `element`, or of the statement when it lacks it.
  Place place(String element) {
    Json value = json.members().get(element);
    return value == null ? json.place() : value.place();
  }

  /// The statement that this writes; `variables` tells whether the policy's version has them.
  Statement statement(int index, boolean variables) {
    Statement.Patterns patterns = new Statement.Patterns(actions.stream().map(Text::text).toList());
    List<ArnPattern> arns =
        resources.stream().map(text -> ArnPattern.ofResource(text.text(), variables)).toList();
    return new Statement(
        index,
        sid,
        effect.text().equals("Allow") ? Statement.Effect.ALLOW : Statement.Effect.DENY,
        principals,
        has("NotAction")
            ? new Statement.Actions.NotAction(patterns)
            : new Statement.Actions.Action(patterns),
        resourcesOf(arns),
        conditions.stream()
            .map(draft ->
                Condition.of(
                    draft.operator(),
                    draft.key(),
                    draft.values().stream().map(Text::text).toList(),
                    variables))
            .toList());
  }

  private Statement.Resources resourcesOf(List<ArnPattern> arns) {
    if (has("NotResource")) {
      return new Statement.Resources.NotResource(arns);
    }
    return has("Resource") ? new Statement.Resources.Resource(arns) : new Statement.Resources.Own();
  }
}
