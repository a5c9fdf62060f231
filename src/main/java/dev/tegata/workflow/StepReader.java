package dev.tegata.workflow;

import dev.tegata.expression.Condition;
import dev.tegata.expression.Template;
import dev.tegata.workflow.Job.Limits;
import dev.tegata.workflow.Step.Checkout;
import dev.tegata.workflow.Step.Frame;
import dev.tegata.workflow.Step.Run;
import dev.tegata.yaml.Node;
import dev.tegata.yaml.Node.Entry;
import dev.tegata.yaml.YamlException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads the steps of a job.
final class StepReader {
  private static final List<String> KEYS =
      List.of(
          "id",
          "name",
          "if",
          "run",
          "uses",
          "with",
          "env",
          "shell",
          "working-directory",
          "continue-on-error",
          "timeout-minutes",
          "background",
          "wait",
          "wait-all",
          "cancel",
          "parallel");
  private static final List<String> BACKGROUND =
      List.of("background", "wait", "wait-all", "cancel", "parallel");
  private static final List<String> CHECKOUT_INPUTS =
      List.of(
          "path",
          "repository",
          "ref",
          "token",
          "ssh-key",
          "ssh-known-hosts",
          "ssh-strict",
          "ssh-user",
          "persist-credentials",
          "clean",
          "filter",
          "sparse-checkout",
          "sparse-checkout-cone-mode",
          "fetch-depth",
          "fetch-tags",
          "show-progress",
          "lfs",
          "submodules",
          "set-safe-directory",
          "github-server-url");
  private static final String CHECKOUT = "actions/checkout@";

  private StepReader() {}

  static List<Step> read(Node node) {
    List<Step> steps = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    for (Node item : Scalars.items(node, "`steps`")) {
      Step step = step(Section.read(item, "a step", KEYS));
      step.frame()
          .id()
          .filter(id -> !ids.add(id.toLowerCase(Locale.ROOT)))
          .ifPresent(id -> {
            throw new YamlException(
                item.place(), "an earlier step of this job has the id `%s`".formatted(id));
          });
      steps.add(step);
    }
    if (steps.isEmpty()) {
      throw new YamlException(node.place(), "`steps` is empty");
    }
    return steps;
  }

  private static Step step(Section section) {
    for (String key : BACKGROUND) {
      section.refuse(
          key, "background steps", "put what belongs together into one `run`, with `&` and `wait`");
    }
    boolean runs = section.has("run");
    if (runs == section.has("uses")) {
      throw new YamlException(
          section.mapping().place(),
          runs ? "a step has `run` or `uses`, not both" : "a step needs `run` or `uses`");
    }
    for (String key : runs ? List.of("with") : List.of("shell", "working-directory")) {
      if (section.has(key)) {
        throw new YamlException(
            section.mapping().place(),
            "`%s` belongs to a step with `%s`".formatted(key, runs ? "uses" : "run"));
      }
    }
    Frame frame = frame(section);
    return runs
        ? new Run(
            frame,
            Scalars.template(section.require("run"), "`run`", Where.STEP),
            template(section, "shell"),
            template(section, "working-directory"))
        : checkout(frame, section);
  }

  private static Frame frame(Section section) {
    return new Frame(
        section.mapping().place(),
        section.get("id").map(node -> Ids.require(node, "the id of a step")).orElse(null),
        template(section, "name"),
        section
            .get("if")
            .map(node -> Scalars.condition(node, Where.STEP_IF))
            .orElse(Condition.WHEN_ALL_WENT_WELL),
        section.get("env").map(node -> Scalars.env(node, Where.STEP)).orElseGet(LinkedHashMap::new),
        new Limits(template(section, "timeout-minutes"), template(section, "continue-on-error")));
  }

  private static Checkout checkout(Frame frame, Section section) {
    Node uses = section.require("uses");
    String action = Scalars.text(uses, "`uses`");
    if (!action.startsWith(CHECKOUT) || action.length() == CHECKOUT.length()) {
      throw new YamlException(uses.place(), refusal(action));
    }
    if (section.get("with").isEmpty()) {
      return new Checkout(frame, action, null);
    }
    Section inputs = Section.read(section.require("with"), "`actions/checkout`", CHECKOUT_INPUTS);
    for (Entry entry : inputs.mapping().entries()) {
      Scalars.template(entry.value(), "`" + entry.key().text() + "`", Where.STEP);
    }
    for (String key : List.of("repository", "ref", "sparse-checkout")) {
      inputs.refuse(
          key,
          "a checkout with `" + key + "`",
          "it copies your working tree as it stands, so leave `" + key + "` out");
    }
    return new Checkout(frame, action, template(inputs, "path"));
  }

  private static String refusal(String action) {
    if (action.startsWith("./")) {
      return "Tegata does not run local actions yet: put the commands of `%s` into a `run` step"
          .formatted(action);
    }
    if (action.startsWith("docker://")) {
      return "Tegata does not run container actions yet: call `docker run` in a `run` step";
    }
    if (action.startsWith("aws-actions/configure-aws-credentials@")) {
      return "Tegata does not run `%s` yet: fetch the ID token in a `run` step, write it to a file,"
              .formatted(action)
          + " and set AWS_ROLE_ARN and AWS_WEB_IDENTITY_TOKEN_FILE through GITHUB_ENV";
    }
    return "Tegata does not run actions other than `actions/checkout` yet, such as `%s`: do the same in a `run` step"
        .formatted(action);
  }

  private static @Nullable Template template(Section section, String key) {
    return section
        .get(key)
        .map(node -> Scalars.template(node, "`" + key + "`", Where.STEP))
        .orElse(null);
  }
}
