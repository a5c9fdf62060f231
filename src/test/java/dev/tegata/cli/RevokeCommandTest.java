package dev.tegata.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tegata.cli.Tegata.Output;
import dev.tegata.server.RunningServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `tegata revoke`, each a process of its own, against a server.
@Tag("clients")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RevokeCommandTest {
  @TempDir private Path folder;
  private RunningServer server;

  @BeforeAll
  void start(@TempDir Path data) {
    server = RunningServer.start(data, "https://issuer.example", Clock.systemUTC());
  }

  @AfterAll
  void stop() {
    server.close();
  }

  private Output tegata(Map<String, String> environment, String... arguments) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "dev.tegata.cli.Main",
                "revoke"));
    command.addAll(Arrays.asList(arguments));
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
    builder.environment().keySet().removeIf(it -> it.startsWith("AWS_"));
    builder.environment().putAll(environment);
    int status = builder.start().waitFor();
    return new Output(status, Files.readString(out, UTF_8), Files.readString(err, UTF_8));
  }

  private Output asRoot(String... arguments) throws Exception {
    return tegata(
        Map.of(
            "AWS_ENDPOINT_URL", server.url().toString(),
            "AWS_ACCESS_KEY_ID", RunningServer.ROOT.accessKeyId(),
            "AWS_SECRET_ACCESS_KEY", RunningServer.ROOT.secretAccessKey().reveal()),
        arguments);
  }

  @Test
  void a_revocation_is_made_listed_and_ended() throws Exception {
    Output made =
        asRoot("--repository", "octo-org/app", "--reason", "a token in a log", "--for", "2h");
    assertThat(made.err()).isEmpty();
    assertThat(made.out())
        .matches(
            "[0-9a-f-]{36}  in force  repository octo-org/app, until [0-9TZ:.-]+,"
                + " by arn:aws:iam::123456789012:root: a token in a log\n");
    assertThat(asRoot("list").out()).isEqualTo(made.out());
    JsonNode listed = JsonMapper.shared().readTree(asRoot("list", "--format", "json").out());
    assertThat(listed.path("revocations").get(0).path("reason").asString())
        .isEqualTo("a token in a log");
    Output ended = asRoot("end", made.out().substring(0, 36));
    assertThat(ended.status()).as(ended.err()).isZero();
    assertThat(asRoot("list").out()).isEmpty();
  }

  @Test
  void a_refusal_is_told_and_is_exit_status_1() throws Exception {
    Output refused = asRoot("--role", "nobody", "--reason", "x");
    assertThat(refused.status()).isEqualTo(1);
    assertThat(refused.err())
        .isEqualTo(
            "tegata: Tegata answers 404 NoSuchEntity: there is no role"
                + " arn:aws:iam::123456789012:role/nobody\n");
  }

  @Test
  void what_is_missing_is_asked_for() throws Exception {
    assertThat(asRoot("--role", "x").err()).startsWith("tegata: why? give --reason TEXT");
    assertThat(asRoot("--role", "x", "--reason", "y", "--for", "soon").err())
        .isEqualTo("tegata: --for takes 90s, 30m, 2h or 7d, not `soon`\n");
    Output nobody = tegata(Map.of("AWS_ENDPOINT_URL", "http://127.0.0.1:1"), "list");
    assertThat(nobody.status()).isEqualTo(2);
    assertThat(nobody.err()).startsWith("tegata: who asks? set AWS_ACCESS_KEY_ID");
    assertThat(tegata(Map.of(), "list").err()).startsWith("tegata: which server?");
  }
}
