package dev.tegata.clients;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A child process in a folder of its own, which knows no AWS account but the one it is told of.
record Program(Path folder, Map<String, String> environment) {
  private static final int PATIENCE_SECONDS = 180;

  Program {
    environment = Map.copyOf(environment);
  }

  /// What a program said, and its exit status.
  record Output(int status, String out, String err) {

    /// The output of a program that must have succeeded.
    String succeeded() {
      assertThat(status).as("exit status of a program that says%n%s%s", out, err).isZero();
      return out;
    }

    JsonNode json() {
      return JsonMapper.shared().readTree(succeeded());
    }
  }

  /// A program in `folder` that talks to the server at `endpoint`.
  static Program at(String endpoint, Path folder) {
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put("AWS_ENDPOINT_URL", endpoint);
    environment.put("AWS_REGION", "us-east-1");
    environment.put("AWS_DEFAULT_REGION", "us-east-1");
    environment.put("AWS_EC2_METADATA_DISABLED", "true");
    environment.put("AWS_CONFIG_FILE", folder.resolve("no-config").toString());
    environment.put("AWS_SHARED_CREDENTIALS_FILE", folder.resolve("no-credentials").toString());
    environment.put("AWS_PAGER", "");
    environment.put("LC_ALL", "C.UTF-8");
    environment.put("PYTHONUTF8", "1");
    return new Program(folder, environment);
  }

  Program with(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(environment);
    more.put(name, value);
    return new Program(folder, more);
  }

  Output run(String... command) {
    return run(List.of(command));
  }

  Output run(List<String> command) {
    try {
      Path out = Files.createTempFile(folder, "out", ".txt");
      Path err = Files.createTempFile(folder, "err", ".txt");
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
              .redirectOutput(out.toFile())
              .redirectError(err.toFile());
      builder.environment().keySet().removeIf(name -> name.startsWith("AWS_"));
      builder.environment().putAll(environment);
      Process process = builder.start();
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        stop(process);
        throw new AssertionError(command.getFirst() + " does not end; so far: " + read(out, err));
      }
      Output output =
          new Output(
              process.exitValue(), Files.readString(out, UTF_8), Files.readString(err, UTF_8));
      Files.delete(out);
      Files.delete(err);
      return output;
    } catch (IOException e) {
      throw new UncheckedIOException(e); // a client that is missing, for one
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String read(Path out, Path err) throws IOException {
    return Files.readString(out, UTF_8) + Files.readString(err, UTF_8);
  }

  private static void stop(Process process) {
    try (Stream<ProcessHandle> children = process.descendants()) {
      children.forEach(ProcessHandle::destroyForcibly);
    }
    process.destroyForcibly();
  }
}
