package dev.tegata.workflow;

import dev.tegata.expression.Condition;
import dev.tegata.expression.Template;
import dev.tegata.expression.Value;
import dev.tegata.expression.Vocabulary;
import dev.tegata.workflow.Job.Environment;
import dev.tegata.workflow.Job.Limits;
import dev.tegata.workflow.Job.RunDefaults;
import dev.tegata.workflow.Job.Strategy;
import dev.tegata.yaml.Node;
import dev.tegata.yaml.Node.Entry;
import dev.tegata.yaml.Node.Mapping;
import dev.tegata.yaml.Node.Scalar;
import dev.tegata.yaml.Node.Sequence;
import dev.tegata.yaml.YamlException;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads one job.
final class JobReader {
  private static final List<String> KEYS =
      List.of(
          "name",
          "runs-on",
          "needs",
          "if",
          "permissions",
          "environment",
          "concurrency",
          "strategy",
          "env",
          "defaults",
          "timeout-minutes",
          "continue-on-error",
          "steps",
          "outputs",
          "container",
          "services",
          "uses",
          "with",
          "secrets");

  private final Permissions permissions;
  private final RunDefaults defaults;

  /// What the workflow says for jobs that say nothing themselves.
  JobReader(Permissions permissions, RunDefaults defaults) {
    this.permissions = permissions;
    this.defaults = defaults;
  }

  Job read(Entry entry) {
    String id = Ids.require(entry.key(), "the id of a job");
    Section section = Section.read(entry.value(), "the job `" + id + "`", KEYS);
    refuseWhatCannotRun(section);
    section.get("concurrency").ifPresent(node -> readConcurrency(node, Where.JOB));
    return new Job(
        entry.key().place(),
        id,
        template(section, "name", Where.JOB),
        Scalars.tree(section.require("runs-on"), Where.JOB),
        section.get("needs").map(node -> Scalars.texts(node, "`needs`")).orElse(List.of()),
        section
            .get("if")
            .map(node -> Scalars.condition(node, Where.JOB_IF))
            .orElse(Condition.WHEN_ALL_WENT_WELL),
        section.mapping().get("permissions").map(PermissionsReader::read).orElse(permissions),
        section.get("environment").map(JobReader::environment).orElse(null),
        strategy(section),
        section
            .get("env")
            .map(node -> Scalars.env(node, Where.JOB_ENV))
            .orElseGet(LinkedHashMap::new),
        section
            .get("defaults")
            .map(node -> readDefaults(node, Where.JOB_DEFAULTS))
            .map(own -> own.or(defaults))
            .orElse(defaults),
        new Limits(
            template(section, "timeout-minutes", Where.JOB),
            template(section, "continue-on-error", Where.JOB)),
        StepReader.read(section.require("steps")),
        section
            .get("outputs")
            .map(node -> Scalars.templates(node, "`outputs`", Where.OUTPUTS))
            .orElseGet(LinkedHashMap::new));
  }

  private static void refuseWhatCannotRun(Section section) {
    section.refuse(
        "uses", "reusable workflows", "put the jobs of the called workflow into this file");
    section.refuse(
        "container",
        "jobs in containers",
        "leave `container` out, and the steps run on this machine");
    section.refuse(
        "services",
        "service containers",
        "start them yourself, leave `services` out, and reach them at localhost");
    for (String key : List.of("with", "secrets")) {
      section.refuse(key, "reusable workflows", "`" + key + "` belongs to a job with `uses`");
    }
  }

  private static Environment environment(Node node) {
    if (node instanceof Scalar) {
      return new Environment(Scalars.template(node, "`environment`", Where.JOB), null);
    }
    Section section = Section.read(node, "`environment`", List.of("name", "url", "deployment"));
    section.get("deployment").ifPresent(flag -> Scalars.template(flag, "`deployment`", Where.JOB));
    return new Environment(
        Scalars.template(section.require("name"), "`name`", Where.JOB),
        template(section, "url", Where.ENVIRONMENT_URL));
  }

  private static Strategy strategy(Section job) {
    Template yes = new Template(new Value.Bool(true));
    if (job.get("strategy").isEmpty()) {
      return new Strategy(null, yes, null);
    }
    Section section =
        Section.read(
            job.require("strategy"), "`strategy`", List.of("matrix", "fail-fast", "max-parallel"));
    section.get("matrix").ifPresent(JobReader::requireMatrix);
    Template failFast = template(section, "fail-fast", Where.STRATEGY);
    return new Strategy(
        section.get("matrix").map(node -> Scalars.tree(node, Where.STRATEGY)).orElse(null),
        failFast == null ? yes : failFast,
        template(section, "max-parallel", Where.STRATEGY));
  }

  /// A matrix is an expression, or a mapping of lists or expressions.
  private static void requireMatrix(Node node) {
    if (node instanceof Scalar) {
      requireExpression(node, "`matrix` is a mapping or an expression");
      return;
    }
    Mapping matrix = Scalars.mapping(node, "`matrix`");
    if (matrix.entries().isEmpty()) {
      throw new YamlException(node.place(), "`matrix` is empty");
    }
    for (Entry entry : matrix.entries()) {
      String name = "`" + entry.key().text() + "`";
      if (entry.value() instanceof Sequence list) {
        boolean rows = name.equals("`include`") || name.equals("`exclude`");
        list.items().stream()
            .filter(item -> rows && item instanceof Sequence)
            .findFirst()
            .ifPresent(item -> {
              throw Scalars.expected(item, "an item of " + name + " is a mapping");
            });
      } else {
        requireExpression(entry.value(), name + " is a list or an expression");
      }
    }
  }

  private static void requireExpression(Node node, String expectation) {
    boolean isExpression =
        node instanceof Scalar && !Scalars.template(node, "it", Where.STRATEGY).isPlain();
    if (!isExpression) {
      throw Scalars.expected(node, expectation);
    }
  }

  static RunDefaults readDefaults(Node node, Vocabulary where) {
    Section section = Section.read(node, "`defaults`", List.of("run"));
    if (section.get("run").isEmpty()) {
      return new RunDefaults(null, null);
    }
    Section run =
        Section.read(
            section.require("run"), "`defaults.run`", List.of("shell", "working-directory"));
    return new RunDefaults(
        template(run, "shell", where), template(run, "working-directory", where));
  }

  /// Concurrency holds runs apart; a runner of one run at a time only checks its form.
  static void readConcurrency(Node node, Vocabulary where) {
    if (node instanceof Scalar) {
      Scalars.template(node, "`concurrency`", where);
      return;
    }
    Section section =
        Section.read(node, "`concurrency`", List.of("group", "cancel-in-progress", "queue"));
    Scalars.template(section.require("group"), "`group`", where);
    template(section, "cancel-in-progress", where);
    template(section, "queue", where);
  }

  private static @Nullable Template template(Section section, String key, Vocabulary where) {
    return section
        .get(key)
        .map(node -> Scalars.template(node, "`" + key + "`", where))
        .orElse(null);
  }
}
