package dev.tegata.runner;

import dev.tegata.expression.Json;
import dev.tegata.expression.Value;
import dev.tegata.expression.Value.Fields;
import dev.tegata.expression.Value.Text;
import dev.tegata.workflow.Workflow;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;

/// The `github` context, and the `GITHUB_` variables that are made of it.
///
/// Source:
/// <https://docs.github.com/en/actions/reference/workflows-and-actions/contexts#github-context> and
/// <https://docs.github.com/en/actions/reference/workflows-and-actions/variables>
record GithubContext(SequencedMap<String, String> names, Value event, String token) {
  private static final String HEADS = "refs/heads/";
  private static final String TAGS = "refs/tags/";
  private static final String REFS = "refs/";
  private static final String PULLS = "refs/pull/";

  static GithubContext of(RunSettings run, Workflow workflow) {
    Value event = Json.read(run.event().payload());
    SequencedMap<String, String> names = new LinkedHashMap<>();
    names.put("actor", run.event().actor());
    names.put("actor_id", run.event().actorId());
    names.put("api_url", "https://api.github.com");
    names.put("base_ref", branch(run, event, "base"));
    names.put("event_name", run.event().name());
    names.put("graphql_url", "https://api.github.com/graphql");
    names.put("head_ref", branch(run, event, "head"));
    putRef(run.commit().ref(), names);
    names.put("repository", run.repository().fullName());
    names.put("repository_id", run.repository().id());
    names.put("repository_owner", run.repository().owner());
    names.put("repository_owner_id", run.repository().ownerId());
    names.put("retention_days", "90");
    names.put("run_attempt", Integer.toString(run.number().attempt()));
    names.put("run_id", run.number().id());
    names.put("run_number", Long.toString(run.number().number()));
    names.put("server_url", "https://github.com");
    names.put("sha", run.commit().sha());
    names.put("triggering_actor", run.event().actor());
    names.put("workflow", workflow.name().orElse(run.workflowPath()));
    names.put(
        "workflow_ref",
        "%s/%s@%s".formatted(run.repository().fullName(), run.workflowPath(), run.commit().ref()));
    names.put("workflow_sha", run.commit().sha());
    return new GithubContext(names, event, run.values().secrets().getOrDefault("GITHUB_TOKEN", ""));
  }

  private static void putRef(String ref, Map<String, String> names) {
    String name = ref;
    for (String prefix : new String[] {HEADS, TAGS, PULLS, REFS}) {
      if (ref.startsWith(prefix)) {
        name = ref.substring(prefix.length());
        break;
      }
    }
    names.put("ref", ref);
    names.put("ref_name", name);
    names.put("ref_protected", "false");
    names.put("ref_type", ref.startsWith(TAGS) ? "tag" : "branch");
  }

  /// The head or base branch of a pull request, and nothing for other events.
  private static String branch(RunSettings run, Value event, String side) {
    if (!run.event().name().startsWith("pull_request")) {
      return "";
    }
    Value value = event;
    for (String key : new String[] {"pull_request", side, "ref"}) {
      value = value instanceof Fields fields ? fields.get(key) : new Value.Null();
    }
    return value.text();
  }

  /// With what is only known in one job or one step.
  GithubContext with(Map<String, String> more) {
    SequencedMap<String, String> all = new LinkedHashMap<>(names);
    all.putAll(more);
    return new GithubContext(all, event, token);
  }

  Fields context() {
    SequencedMap<String, Value> members = new LinkedHashMap<>();
    names.forEach((name, text) -> members.put(name, new Text(text)));
    members.put("event", event);
    members.put("token", new Text(token));
    return Fields.of(members);
  }

  Map<String, String> variables() {
    Map<String, String> variables = new LinkedHashMap<>();
    names.forEach((name, text) -> variables.put("GITHUB_" + name.toUpperCase(Locale.ROOT), text));
    return variables;
  }
}
