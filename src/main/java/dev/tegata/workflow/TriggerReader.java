package dev.tegata.workflow;

import dev.tegata.expression.Nearest;
import dev.tegata.expression.Value;
import dev.tegata.workflow.Trigger.Input;
import dev.tegata.workflow.Trigger.InputType;
import dev.tegata.yaml.Node;
import dev.tegata.yaml.Node.Entry;
import dev.tegata.yaml.Node.Mapping;
import dev.tegata.yaml.Node.Scalar;
import dev.tegata.yaml.Node.ScalarType;
import dev.tegata.yaml.YamlException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;

/// Reads `on`: one event, a list of events, or a mapping of events to what narrows them down.
///
/// The filters are checked for their form only: whoever starts a run has chosen its event.
final class TriggerReader {
  private static final List<String> EVENTS =
      List.of(
          "branch_protection_rule",
          "check_run",
          "check_suite",
          "create",
          "delete",
          "deployment",
          "deployment_status",
          "discussion",
          "discussion_comment",
          "fork",
          "gollum",
          "image_version",
          "issue_comment",
          "issues",
          "label",
          "merge_group",
          "milestone",
          "page_build",
          "public",
          "pull_request",
          "pull_request_review",
          "pull_request_review_comment",
          "pull_request_target",
          "push",
          "registry_package",
          "release",
          "repository_dispatch",
          "schedule",
          "status",
          "watch",
          "workflow_call",
          "workflow_dispatch",
          "workflow_run");
  private static final List<String> BRANCHES = List.of("branches", "branches-ignore");
  private static final List<String> PATHS = List.of("paths", "paths-ignore");
  private static final List<String> INPUT_KEYS =
      List.of("description", "required", "default", "type", "options", "deprecationMessage");
  private static final List<String> TYPES =
      List.of("string", "number", "boolean", "choice", "environment");

  private TriggerReader() {}

  static List<Trigger> read(Node node) {
    List<Trigger> triggers = new ArrayList<>();
    if (node instanceof Mapping mapping) {
      for (Entry entry : mapping.entries()) {
        triggers.add(read(event(entry.key()), entry.value()));
      }
    } else if (node instanceof Scalar) {
      triggers.add(new Trigger(event(node), new LinkedHashMap<>()));
    } else {
      for (Node item : Scalars.items(node, "`on`")) {
        triggers.add(new Trigger(event(item), new LinkedHashMap<>()));
      }
    }
    if (triggers.isEmpty()) {
      throw new YamlException(node.place(), "`on` names no event");
    }
    return triggers;
  }

  private static String event(Node node) {
    String event = Scalars.text(node, "an event");
    if (!EVENTS.contains(event)) {
      throw new YamlException(
          node.place(),
          "there is no event `%s`: %s".formatted(event, Nearest.offer(event, EVENTS)));
    }
    return event;
  }

  private static Trigger read(String event, Node node) {
    SequencedMap<String, Input> inputs = new LinkedHashMap<>();
    if (event.equals("schedule")) {
      for (Node item : Scalars.items(node, "`schedule`")) {
        Section times = Section.read(item, "a schedule", List.of("cron", "timezone"));
        Scalars.text(times.require("cron"), "`cron`");
      }
    } else if (!(node instanceof Scalar scalar && scalar.type() == ScalarType.NULL)) {
      Section filters = Section.read(node, "`" + event + "`", keys(event));
      filters
          .get("inputs")
          .ifPresent(given -> {
            for (Entry entry : Scalars.mapping(given, "`inputs`").entries()) {
              inputs.put(entry.key().text(), input(entry));
            }
          });
      requireLists(filters);
      requireOneOf(filters, BRANCHES);
      requireOneOf(filters, PATHS);
      requireOneOf(filters, List.of("tags", "tags-ignore"));
    }
    return new Trigger(event, inputs);
  }

  private static List<String> keys(String event) {
    List<String> keys = new ArrayList<>();
    switch (event) {
      case "push" -> {
        keys.addAll(BRANCHES);
        keys.addAll(PATHS);
        keys.addAll(List.of("tags", "tags-ignore"));
      }
      case "pull_request", "pull_request_target" -> {
        keys.add("types");
        keys.addAll(BRANCHES);
        keys.addAll(PATHS);
      }
      case "workflow_run" -> {
        keys.addAll(List.of("types", "workflows"));
        keys.addAll(BRANCHES);
      }
      case "merge_group" -> {
        keys.add("types");
        keys.addAll(BRANCHES);
      }
      case "image_version" -> keys.addAll(List.of("names", "versions"));
      case "workflow_dispatch" -> keys.add("inputs");
      case "workflow_call" -> keys.addAll(List.of("inputs", "outputs", "secrets"));
      default -> keys.add("types");
    }
    return keys;
  }

  private static void requireLists(Section filters) {
    for (Entry entry : filters.mapping().entries()) {
      String key = entry.key().text();
      switch (key) {
        case "inputs", "outputs", "secrets" -> {}
        default -> Scalars.texts(entry.value(), "`" + key + "`");
      }
    }
  }

  private static void requireOneOf(Section filters, List<String> pair) {
    if (pair.stream().allMatch(filters::has)) {
      throw new YamlException(
          filters.mapping().place(),
          "`%s` and `%s` cannot both be given".formatted(pair.get(0), pair.get(1)));
    }
  }

  private static Input input(Entry entry) {
    String name = "the input `" + entry.key().text() + "`";
    if (entry.value() instanceof Scalar scalar && scalar.type() == ScalarType.NULL) {
      return new Input(InputType.STRING, false, new Value.Text(""), List.of());
    }
    Section section = Section.read(entry.value(), name, INPUT_KEYS);
    List<String> options =
        section.get("options").map(node -> Scalars.texts(node, "`options`")).orElse(List.of());
    InputType type = section.get("type").map(TriggerReader::type).orElse(InputType.STRING);
    if (type == InputType.CHOICE && options.isEmpty()) {
      throw new YamlException(entry.key().place(), name + " is a choice without `options`");
    }
    Value unset =
        switch (type) {
          case BOOLEAN -> new Value.Bool(false);
          case CHOICE -> new Value.Text(options.getFirst());
          case STRING, NUMBER, ENVIRONMENT -> new Value.Text("");
        };
    return new Input(
        type,
        section.get("required").map(node -> Scalars.flag(node, "`required`")).orElse(false),
        section.get("default").map(node -> preset(node, type)).orElse(unset),
        options);
  }

  private static InputType type(Node node) {
    String type = Scalars.text(node, "`type`");
    if (!TYPES.contains(type)) {
      throw new YamlException(
          node.place(), "there is no type `%s`: %s".formatted(type, Nearest.offer(type, TYPES)));
    }
    return InputType.valueOf(type.toUpperCase(Locale.ROOT));
  }

  private static Value preset(Node node, InputType type) {
    return switch (type) {
      case BOOLEAN -> new Value.Bool(Scalars.flag(node, "`default`"));
      case NUMBER -> Value.Num.parse(Scalars.text(node, "`default`"));
      case STRING, CHOICE, ENVIRONMENT -> new Value.Text(Scalars.text(node, "`default`"));
    };
  }
}
