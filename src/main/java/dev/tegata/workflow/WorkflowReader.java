package dev.tegata.workflow;

import dev.tegata.expression.Nearest;
import dev.tegata.workflow.Job.RunDefaults;
import dev.tegata.yaml.Node;
import dev.tegata.yaml.Node.Entry;
import dev.tegata.yaml.Yaml;
import dev.tegata.yaml.YamlException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/// Reads workflow files.
///
/// Source: <https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax>
public final class WorkflowReader {
  private static final List<String> KEYS =
      List.of("name", "run-name", "on", "permissions", "env", "defaults", "concurrency", "jobs");

  private WorkflowReader() {}

  /// Reads `text`.
  ///
  /// @throws YamlException at the first place where it is not a workflow, or one that Tegata cannot
  ///   run
  public static Workflow read(String text) {
    Section section = Section.read(Yaml.read(text), "a workflow", KEYS);
    section.get("run-name").ifPresent(node -> Scalars.template(node, "`run-name`", Where.RUN));
    section.get("concurrency").ifPresent(node -> JobReader.readConcurrency(node, Where.RUN));
    return new Workflow(
        section.get("name").map(node -> Scalars.text(node, "`name`")).orElse(null),
        TriggerReader.read(section.require("on")),
        section
            .get("env")
            .map(node -> Scalars.env(node, Where.WORKFLOW_ENV))
            .orElseGet(LinkedHashMap::new),
        jobs(section));
  }

  private static List<Job> jobs(Section section) {
    JobReader reader =
        new JobReader(
            section
                .mapping()
                .get("permissions")
                .map(PermissionsReader::read)
                .orElse(Permissions.UNSTATED),
            section
                .get("defaults")
                .map(node -> JobReader.readDefaults(node, Where.NOWHERE))
                .orElse(new RunDefaults(null, null)));
    Node node = section.require("jobs");
    List<Job> jobs = new ArrayList<>();
    for (Entry entry : Scalars.mapping(node, "`jobs`").entries()) {
      Job job = reader.read(entry);
      if (jobs.stream().anyMatch(other -> other.id().equalsIgnoreCase(job.id()))) {
        throw new YamlException(
            job.place(), "an earlier job has the id `%s`, but for its case".formatted(job.id()));
      }
      jobs.add(job);
    }
    if (jobs.isEmpty()) {
      throw new YamlException(node.place(), "`jobs` is empty");
    }
    jobs.forEach(job -> requireNeeds(job, jobs));
    requireNoCycle(jobs);
    return jobs;
  }

  private static void requireNeeds(Job job, List<Job> jobs) {
    for (String need : job.needs()) {
      if (jobs.stream().noneMatch(other -> other.id().equalsIgnoreCase(need))) {
        throw new YamlException(
            job.place(),
            "the job `%s` needs `%s`, which is not there: %s"
                .formatted(
                    job.id(), need, Nearest.offer(need, jobs.stream().map(Job::id).toList())));
      }
    }
  }

  /// Takes away the jobs that can run, again and again; those that stay need one another.
  private static void requireNoCycle(List<Job> jobs) {
    List<Job> waiting = new ArrayList<>(jobs);
    while (waiting.removeIf(job -> needed(job, waiting).isEmpty())) {}
    if (waiting.isEmpty()) {
      return;
    }
    List<Job> path = new ArrayList<>();
    Job job = waiting.getFirst();
    while (!path.contains(job)) {
      path.add(job);
      job = needed(job, waiting).getFirst();
    }
    List<String> cycle = new ArrayList<>();
    path.subList(path.indexOf(job), path.size()).forEach(link -> cycle.add(link.id()));
    cycle.add(job.id());
    throw new YamlException(
        job.place(), "the jobs need one another: `%s`".formatted(String.join("` needs `", cycle)));
  }

  private static List<Job> needed(Job job, List<Job> jobs) {
    return jobs.stream()
        .filter(other -> job.needs().stream().anyMatch(other.id()::equalsIgnoreCase))
        .toList();
  }
}
