package dev.tegata.cli;

import dev.tegata.client.Calls;
import dev.tegata.client.FailedCall;
import dev.tegata.client.StsAnswer;
import dev.tegata.http.PercentEncoding;
import dev.tegata.remote.Json;
import dev.tegata.remote.TextFile;
import dev.tegata.remote.UsageFault;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `tegata assume`: exchanges the job's ID token for credentials, at Tegata or at AWS.
@Command(
    name = "assume",
    description = {
      "Exchanges an ID token for the credentials of a role, and prints them.",
      "Asks for the token as `tegata token` does, unless a file holds one.",
      ""
    },
    footer = {
      "",
      "Where it asks: --endpoint, AWS_ENDPOINT_URL_STS, AWS_ENDPOINT_URL, or AWS itself in AWS_REGION.",
      "",
      "Examples:",
      "  credentials=$(tegata assume --role arn:aws:iam::123456789012:role/deploy) &&",
      "    eval \"$credentials\" && aws s3 ls",
      "  tegata assume --role \"$ROLE\" --format json",
      "  in ~/.aws/config:",
      "    credential_process = tegata assume --role arn:… --format credential-process"
    },
    mixinStandardHelpOptions = true)
final class AssumeCommand implements Callable<Integer> {
  private static final String DEFAULT_REGION = "us-east-1";

  @Option(names = "--role", paramLabel = "ARN", description = "The role; AWS_ROLE_ARN if left out.")
  private @Nullable String role;

  @Option(
      names = "--session-name",
      paramLabel = "NAME",
      description = "How the session is called; AWS_ROLE_SESSION_NAME or `tegata` if left out.")
  private @Nullable String sessionName;

  @Option(
      names = "--duration",
      paramLabel = "SECONDS",
      description = "How long the credentials live: 900 to 43200, and 3600 if left out.")
  private @Nullable Integer duration;

  @Option(
      names = "--audience",
      paramLabel = "AUDIENCE",
      defaultValue = "sts.amazonaws.com",
      description = "Whom the token is for; ${DEFAULT-VALUE} if left out.")
  private String audience = "";

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = "A file with the token; AWS_WEB_IDENTITY_TOKEN_FILE if left out and set.")
  private @Nullable Path tokenFile;

  @Option(names = "--endpoint", paramLabel = "URL", description = "Where STS is.")
  private @Nullable String endpoint;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "env",
      description = "env, json or credential-process; ${DEFAULT-VALUE} if left out.")
  private Format format = Format.ENV;

  @Spec private CommandSpec spec = CommandSpec.create();

  /// The forms in which credentials are printed.
  enum Format {
    /// Lines for a shell to evaluate.
    ENV,
    /// The members that STS answers with.
    JSON,
    /// What the AWS clients ask of a `credential_process`.
    CREDENTIAL_PROCESS;

    @Override
    public String toString() {
      return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
  }

  @Override
  public Integer call() {
    Map<String, String> environment = System.getenv();
    String roleArn =
        setting(role, environment, "AWS_ROLE_ARN")
            .orElseThrow(() -> new UsageFault("which role? give --role ARN, or set AWS_ROLE_ARN"));
    SequencedMap<String, String> form = new LinkedHashMap<>();
    form.put("Action", "AssumeRoleWithWebIdentity");
    form.put("Version", "2011-06-15");
    form.put("RoleArn", roleArn);
    form.put(
        "RoleSessionName",
        setting(sessionName, environment, "AWS_ROLE_SESSION_NAME").orElse("tegata"));
    form.put("WebIdentityToken", token(environment));
    Optional.ofNullable(duration)
        .ifPresent(seconds -> form.put("DurationSeconds", Integer.toString(seconds)));
    Calls.Answer answer = Calls.post(endpoint(environment), encode(form));
    StsAnswer exchanged = StsAnswer.read(answer.body());
    if (answer.status() != 200) {
      throw new FailedCall(
          "STS answers %d %s: %s"
              .formatted(answer.status(), exchanged.text("Code"), exchanged.text("Message")));
    }
    spec.commandLine().getOut().print(print(exchanged));
    spec.commandLine().getOut().flush();
    return 0;
  }

  private String token(Map<String, String> environment) {
    Optional<Path> file =
        Optional.ofNullable(tokenFile)
            .or(() ->
                Optional.ofNullable(environment.get("AWS_WEB_IDENTITY_TOKEN_FILE"))
                    .map(Path::of)
                    .filter(Files::exists));
    return file.map(path -> TextFile.read(path, String::strip))
        .orElseGet(() -> JobIdToken.request(environment, audience));
  }

  private URI endpoint(Map<String, String> environment) {
    String region =
        setting(null, environment, "AWS_REGION")
            .or(() -> setting(null, environment, "AWS_DEFAULT_REGION"))
            .orElse(DEFAULT_REGION);
    String url =
        setting(endpoint, environment, "AWS_ENDPOINT_URL_STS")
            .or(() -> setting(null, environment, "AWS_ENDPOINT_URL"))
            .orElse("https://sts." + region + ".amazonaws.com");
    try {
      return URI.create(url.endsWith("/") ? url : url + "/");
    } catch (IllegalArgumentException e) {
      throw new UsageFault("`" + url + "` is not a URL");
    }
  }

  private String print(StsAnswer answer) {
    return switch (format) {
      case ENV ->
          """
          export AWS_ACCESS_KEY_ID=%s
          export AWS_SECRET_ACCESS_KEY=%s
          export AWS_SESSION_TOKEN=%s
          """
              .formatted(
                  shell(answer.text("AccessKeyId")),
                  shell(answer.text("SecretAccessKey")),
                  shell(answer.text("SessionToken")));
      case JSON -> Json.write(answer.values());
      case CREDENTIAL_PROCESS -> Json.write(answer.credentialProcess());
    };
  }

  /// `text` in single quotes, for a shell.
  private static String shell(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }

  private static Optional<String> setting(
      @Nullable String option, Map<String, String> environment, String variable) {
    return Optional.ofNullable(option)
        .or(() -> Optional.ofNullable(environment.get(variable)))
        .filter(text -> !text.isEmpty());
  }

  private static String encode(SequencedMap<String, String> form) {
    return form.entrySet().stream()
        .map(entry -> entry.getKey() + "=" + PercentEncoding.encode(entry.getValue()))
        .collect(Collectors.joining("&"));
  }
}
