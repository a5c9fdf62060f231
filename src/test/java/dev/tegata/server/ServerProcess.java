package dev.tegata.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tegata.http.Headers;
import dev.tegata.http.HttpRequest;
import dev.tegata.sigv4.Payload;
import dev.tegata.sigv4.RequestSigner;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// `tegata serve` as a process of its own, which can be killed, and its root's client.
final class ServerProcess implements AutoCloseable {
  private static final Pattern GREETING =
      Pattern.compile("Tegata serves account \\d+(?: and \\d+ more)? at (\\S+)");
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final HttpClient client;
  private final Process process;
  private final URI url;

  private ServerProcess(HttpClient client, Process process, URI url) {
    this.client = client;
    this.process = process;
    this.url = url;
  }

  /// Starts a server on the folder `data`, with the database at `database` unless that is empty,
  /// and with `further` options.
  static ServerProcess start(Path data, String database, String... further) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.tegata.cli.Main",
                "serve",
                "--data",
                data.toString(),
                "--listen",
                "127.0.0.1:0",
                "--account-id",
                RunningServer.ACCOUNT.digits()));
    command.addAll(List.of(further));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.redirectError(data.resolve("stderr").toFile()); // a line a decision
    builder.environment().put("TEGATA_ROOT_ACCESS_KEY_ID", RunningServer.ROOT.accessKeyId());
    builder
        .environment()
        .put("TEGATA_ROOT_SECRET_ACCESS_KEY", RunningServer.ROOT.secretAccessKey().reveal());
    builder.environment().put("TEGATA_DATABASE_URL", database);
    try {
      Process process = builder.start();
      return new ServerProcess(
          HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build(),
          process,
          greeting(process, data.resolve("stderr")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static URI greeting(Process process, Path stderr) throws IOException {
    BufferedReader out = process.inputReader(UTF_8);
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      Matcher greeting = GREETING.matcher(line);
      if (greeting.find()) {
        return URI.create(greeting.group(1));
      }
    }
    throw new AssertionError("the server did not start: " + Files.readString(stderr));
  }

  Answer iam(Map<String, String> form) {
    return send("POST", "/", RunningServer.encode(form), "iam");
  }

  Answer s3(String method, String target, String body) {
    return send(method, target, body, "s3");
  }

  /// @throws UncheckedIOException when the server is gone before it has answered
  private Answer send(String method, String path, String body, String service) {
    Headers headers = Headers.of("Host", url.getAuthority());
    HttpRequest request =
        new RequestSigner(RunningServer.ROOT, TegataServer.REGION, service)
            .sign(
                new HttpRequest(
                    method,
                    path,
                    "",
                    service.equals("iam")
                        ? headers.with("Content-Type", "application/x-www-form-urlencoded")
                        : headers,
                    new ByteArrayInputStream(body.getBytes(UTF_8)),
                    "127.0.0.1",
                    false),
                Payload.Hashed.of(body.getBytes(UTF_8)),
                Clock.systemUTC().instant());
    java.net.http.HttpRequest.Builder builder =
        java.net.http.HttpRequest.newBuilder(URI.create(url + path)).timeout(PATIENCE);
    for (Headers.Field field : request.headers().fields()) {
      if (!field.name().equals("Host")) {
        builder.header(field.name(), field.value());
      }
    }
    try {
      var answer =
          client.send(
              builder
                  .method(
                      method,
                      body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                  .build(),
              BodyHandlers.ofString(UTF_8));
      return new Answer(answer.statusCode(), Headers.of(), answer.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  long pid() {
    return process.pid();
  }

  /// Ends it as a loss of power does, for the process at least.
  void kill() {
    process.destroyForcibly().onExit().join();
  }

  @Override
  public void close() {
    kill();
    client.shutdownNow();
  }
}
