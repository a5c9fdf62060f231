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
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `tegata revoke` and `tegata rotate-keys`, each a process of its own, against a server.
@Tag("clients")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ServerCommandsTest {
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
                "dev.tegata.cli.Main"));
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

  private Output revokeAsRoot(String... arguments) throws Exception {
    return asRoot(Stream.concat(Stream.of("revoke"), Stream.of(arguments)).toArray(String[]::new));
  }

  @Test
  void keys_are_rotated() throws Exception {
    Output rotated = asRoot("rotate-keys", "signing", "session", "outbound");
    assertThat(rotated.err()).isEmpty();
    String key = "key [A-Za-z0-9_-]{43} is published, and signs from [0-9TZ:.-]+ on\n";
    assertThat(rotated.out())
        .matches(
            "signing: "
                + key
                + "session: a new key seals from now on, the old ones open until [0-9TZ:.-]+\n"
                + "outbound: "
                + key
                + "outbound: "
                + key);
    JsonNode again =
        JsonMapper.shared()
            .readTree(asRoot("rotate-keys", "signing", "--format", "json").out())
            .path("signing");
    assertThat(rotated.out())
        .as("one that waits for its turn")
        .contains(again.path("key_id").asString() + " is published");
    assertThat(asRoot("rotate-keys").status()).isEqualTo(2);
    assertThat(asRoot("rotate-keys", "all").status()).isEqualTo(2);
  }

  @Test
  void a_revocation_is_made_listed_and_ended() throws Exception {
    Output made =
        revokeAsRoot("--repository", "octo-org/app", "--reason", "a token in a log", "--for", "2h");
    assertThat(made.err()).isEmpty();
    assertThat(made.out())
        .matches(
            "[0-9a-f-]{36}  in force  repository octo-org/app, until [0-9TZ:.-]+,"
                + " by arn:aws:iam::123456789012:root: a token in a log\n");
    assertThat(revokeAsRoot("list").out()).isEqualTo(made.out());
    JsonNode listed = JsonMapper.shared().readTree(revokeAsRoot("list", "--format", "json").out());
    assertThat(listed.path("revocations").get(0).path("reason").asString())
        .isEqualTo("a token in a log");
    Output ended = revokeAsRoot("end", made.out().substring(0, 36));
    assertThat(ended.status()).as(ended.err()).isZero();
    assertThat(revokeAsRoot("list").out()).isEmpty();
  }

  @Test
  void a_refusal_is_told_and_is_exit_status_1() throws Exception {
    Output refused = revokeAsRoot("--role", "nobody", "--reason", "x");
    assertThat(refused.status()).isEqualTo(1);
    assertThat(refused.err())
        .isEqualTo(
            "tegata: Tegata answers 404 NoSuchEntity: there is no role"
                + " arn:aws:iam::123456789012:role/nobody\n");
  }

  @Test
  void what_is_missing_is_asked_for() throws Exception {
    assertThat(revokeAsRoot("--role", "x").err()).startsWith("tegata: why? give --reason TEXT");
    assertThat(revokeAsRoot("--role", "x", "--reason", "y", "--for", "soon").err())
        .isEqualTo("tegata: --for takes 90s, 30m, 2h or 7d, not `soon`\n");
    Output nobody = tegata(Map.of("AWS_ENDPOINT_URL", "http://127.0.0.1:1"), "revoke", "list");
    assertThat(nobody.status()).isEqualTo(2);
    assertThat(nobody.err()).startsWith("tegata: who asks? set AWS_ACCESS_KEY_ID");
    assertThat(tegata(Map.of(), "revoke", "list").err()).startsWith("tegata: which server?");
  }
}
