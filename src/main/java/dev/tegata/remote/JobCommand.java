package dev.tegata.remote;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tegata.client.Calls;
import dev.tegata.client.FailedCall;
import dev.tegata.http.Headers;
import dev.tegata.http.HttpRequest;
import dev.tegata.json.JsonValue.JsonObject;
import dev.tegata.json.JsonValue.JsonString;
import dev.tegata.server.ServerSettings.Watching;
import dev.tegata.server.TegataServer;
import dev.tegata.sigv4.Payload.Hashed;
import dev.tegata.sigv4.RequestSigner;
import dev.tegata.sigv4.RequestSigner.Credentials;
import dev.tegata.sigv4.SecretAccessKey;
import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `tegata job`: registers jobs with a server, for CI systems other than GitHub.
@Command(
    name = "job",
    description = {
      "Registers a job with a server, so that it gets ID tokens, or ends it.",
      "The server is that in AWS_ENDPOINT_URL, and the request is signed with the AWS credentials in the",
      "environment.",
      ""
    },
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    subcommands = {JobCommand.Create.class, JobCommand.End.class})
public final class JobCommand {
  private static final String ENDPOINT = "AWS_ENDPOINT_URL";

  private JobCommand() {}

  /// `tegata job create`.
  @Command(
      name = "create",
      description = {
        "Registers a job, and prints the two variables that it asks for ID tokens with, and its id.",
        ""
      },
      footer = {
        "",
        "Example:",
        "  variables=$(tegata job create --file job.json) && eval \"$variables\"",
        "  tegata job end \"$TEGATA_JOB_ID\""
      },
      mixinStandardHelpOptions = true)
  static final class Create implements Callable<Integer> {
    @Option(
        names = "--file",
        paramLabel = "FILE",
        required = true,
        description = "The registration, as JSON: docs/other-ci.md says what is in it.")
    private Path file = Path.of("");

    @Option(
        names = "--format",
        paramLabel = "FORMAT",
        defaultValue = "env",
        description =
            "env: lines for a shell to evaluate, or json: what the server answers, with the job's id;"
                + " ${DEFAULT-VALUE} if left out.")
    private Format format = Format.ENV;

    @Spec private CommandSpec spec = CommandSpec.create();

    /// The forms in which the answer is printed.
    enum Format {
      ENV,
      JSON;

      @Override
      public String toString() {
        return name().toLowerCase(java.util.Locale.ROOT);
      }
    }

    @Override
    public Integer call() {
      String body = TextFile.read(file, text -> text);
      JsonObject answer = JsonObject.parse(send("POST", "jobs", body));
      PrintWriter out = spec.commandLine().getOut();
      switch (format) {
        case JSON -> out.print(Json.pretty(answer.toJson()));
        case ENV -> {
          answer.text("id").ifPresent(id -> out.println("export TEGATA_JOB_ID='" + id + "'"));
          if (answer.member("variables").orElseThrow() instanceof JsonObject variables) {
            variables
                .members()
                .forEach((name, value) -> {
                  if (value instanceof JsonString(var text)) {
                    out.println("export " + name + "='" + text + "'");
                  }
                });
          }
        }
      }
      out.flush();
      answer
          .text("message")
          .ifPresent(message -> {
            spec.commandLine().getErr().println("tegata: " + message);
            spec.commandLine().getErr().flush();
          });
      return 0;
    }
  }

  /// `tegata job end`.
  @Command(
      name = "end",
      description = {"Ends a job: it gets no more ID tokens.", ""},
      mixinStandardHelpOptions = true)
  static final class End implements Callable<Integer> {
    @Parameters(paramLabel = "ID", description = "The job's id, as its registration told.")
    private String id = "";

    @Override
    public Integer call() {
      send("DELETE", "jobs/" + id, "");
      return 0;
    }
  }

  /// What the server answers to a request below its `/_/api/`.
  private static String send(String method, String path, String body) {
    Map<String, String> environment = System.getenv();
    URI endpoint = URI.create(required(environment, ENDPOINT));
    HttpRequest request =
        new HttpRequest(
            method,
            "/_/api/" + path,
            "",
            Headers.of("Host", endpoint.getAuthority(), "Content-Type", "application/json"),
            new ByteArrayInputStream(body.getBytes(UTF_8)),
            "",
            false);
    Credentials credentials =
        new Credentials(
            required(environment, "AWS_ACCESS_KEY_ID"),
            new SecretAccessKey(required(environment, "AWS_SECRET_ACCESS_KEY")),
            Optional.ofNullable(environment.get("AWS_SESSION_TOKEN")).orElse(null));
    HttpRequest signed =
        new RequestSigner(credentials, TegataServer.REGION, "tegata")
            .sign(
                request, Hashed.of(body.getBytes(UTF_8)), Watching.now(_ -> {}).clock().instant());
    Calls.Answer answer = Calls.send(endpoint, signed, body);
    if (answer.status() / 100 != 2) {
      throw new FailedCall("the server answers %d%s".formatted(answer.status(), reason(answer)));
    }
    return answer.body();
  }

  private static String reason(Calls.Answer answer) {
    try {
      JsonObject json = JsonObject.parse(answer.body());
      return " " + json.text("code").orElse("") + ": " + json.text("message").orElse("no reason");
    } catch (IllegalArgumentException e) {
      return ", and not JSON";
    }
  }

  private static String required(Map<String, String> environment, String variable) {
    return Optional.ofNullable(environment.get(variable))
        .filter(text -> !text.isEmpty())
        .orElseThrow(() -> new UsageFault(variable + " is not set"));
  }
}
