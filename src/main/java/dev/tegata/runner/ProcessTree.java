package dev.tegata.runner;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// The processes of a job: those that descend from a step's shell, and those that have left it but
/// still carry the job's tracking id in their environment.
final class ProcessTree {
  /// The variable by which a process is known to belong to a job.
  static final String TRACKING_ID = "RUNNER_TRACKING_ID";

  private ProcessTree() {}

  /// Sends `signal`, such as `INT`, to `root` and all that descends from it.
  static void signal(ProcessHandle root, String signal) {
    List<String> command =
        new ArrayList<>(List.of("/bin/sh", "-c", "kill -s \"$0\" \"$@\"", signal));
    Stream.concat(Stream.of(root), root.descendants())
        .map(process -> Long.toString(process.pid()))
        .forEach(command::add);
    try {
      new ProcessBuilder(command)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .redirectError(ProcessBuilder.Redirect.DISCARD)
          .start();
    } catch (IOException e) {
      kill(root);
    }
  }

  /// Ends `root` and all that descends from it at once.
  static void kill(ProcessHandle root) {
    List<ProcessHandle> descendants = root.descendants().toList();
    root.destroyForcibly();
    descendants.forEach(ProcessHandle::destroyForcibly);
  }

  /// Ends what a job has left running, where the system shows the environment of processes.
  static void killOrphans(String trackingId) {
    ProcessHandle.allProcesses()
        .filter(process -> carries(process, trackingId))
        .forEach(ProcessHandle::destroyForcibly);
  }

  private static boolean carries(ProcessHandle process, String trackingId) {
    try {
      Path environment = Path.of("/proc", Long.toString(process.pid()), "environ");
      String variables = "\0" + new String(Files.readAllBytes(environment), ISO_8859_1);
      return variables.contains("\0" + TRACKING_ID + "=" + trackingId + "\0");
    } catch (IOException e) {
      return false; // it has ended, or belongs to somebody else
    }
  }
}
