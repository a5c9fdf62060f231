package dev.tegata.remote;

import dev.tegata.json.JsonValue.JsonArray;
import dev.tegata.json.JsonValue.JsonBoolean;
import dev.tegata.json.JsonValue.JsonObject;
import dev.tegata.report.Printable;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/// `tegata revoke`: refuses credentials that were given out.
@Command(
    name = "revoke",
    description = {
      "Refuses credentials that were given out, and new ones like them, from this moment on.",
      "Asks the server's API, signed with AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and",
      "AWS_SESSION_TOKEN; needs the permission sts:RevokeSession.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  tegata revoke --role deploy --reason \"the runner was broken into\"",
      "  tegata revoke --repository octo-org/app --only-existing --reason \"token in a log\"",
      "  tegata revoke --issuer https://gitlab.com --subject 'project_path:acme/*' \\",
      "    --for 2h --reason \"incident 7\"",
      "  tegata revoke list",
      "  tegata revoke end 0b7c…"
    },
    synopsisSubcommandLabel = "[list | end ID]",
    mixinStandardHelpOptions = true,
    subcommands = {RevokeCommand.ListCommand.class, RevokeCommand.EndCommand.class})
public final class RevokeCommand implements Callable<Integer> {
  private static final Pattern LENGTH = Pattern.compile("([1-9][0-9]{0,5})([smhd])");

  @Option(names = "--role", paramLabel = "ROLE", description = "Sessions of the role; name or ARN.")
  private @Nullable String role;

  @Option(
      names = "--access-key",
      paramLabel = "ID",
      description = "A key, of a session or long-lived, and what came of it.")
  private @Nullable String accessKey;

  @Option(
      names = "--issuer",
      paramLabel = "URL",
      description = "Sessions for ID tokens of this issuer,")
  private @Nullable String issuer;

  @Option(
      names = "--subject",
      paramLabel = "PATTERN",
      description = "  whose subject is like this; * and ? are wildcards.")
  private @Nullable String subject;

  @Option(
      names = "--repository",
      paramLabel = "OWNER/NAME",
      description = "Sessions of the jobs of a repository.")
  private @Nullable String repository;

  @Option(names = "--run", paramLabel = "ID", description = "Sessions of the jobs of a run.")
  private @Nullable String run;

  @Option(names = "--reason", paramLabel = "TEXT", description = "Why, for the audit log.")
  private @Nullable String reason;

  @Option(
      names = "--until",
      paramLabel = "TIME",
      description = "When it ends, such as 2026-08-01T12:00:00Z.")
  private @Nullable String until;

  @Option(
      names = "--for",
      paramLabel = "LENGTH",
      description =
          "How long it lasts: 90s, 30m, 2h, 7d; 12h if left out, 36h for a session's key.")
  private @Nullable String length;

  @Option(
      names = "--only-existing",
      description = "Refuse the sessions of before; let new ones be.")
  private boolean onlyExisting;

  @Mixin private Output output = new Output();

  @Mixin private ApiOptions api = new ApiOptions();

  @Override
  public Integer call() {
    JsonObject.Builder body = JsonObject.builder();
    Optional.ofNullable(role).ifPresent(it -> body.put("role", it));
    Optional.ofNullable(accessKey).ifPresent(it -> body.put("access_key", it));
    Optional.ofNullable(issuer).ifPresent(it -> body.put("issuer", it));
    Optional.ofNullable(subject).ifPresent(it -> body.put("subject", it));
    Optional.ofNullable(repository).ifPresent(it -> body.put("repository", it));
    Optional.ofNullable(run).ifPresent(it -> body.put("run", it));
    Optional.ofNullable(until).ifPresent(it -> body.put("until", it));
    Optional.ofNullable(length).ifPresent(it -> body.put("duration_seconds", seconds(it)));
    body.put("only_existing", new JsonBoolean(onlyExisting));
    body.put(
        "reason",
        Optional.ofNullable(reason)
            .orElseThrow(() -> new UsageFault("why? give --reason TEXT; the audit log keeps it")));
    JsonObject made = api.call("POST", "revocations", body.build().toJson());
    output.print(made, line(made));
    return 0;
  }

  private static long seconds(String text) {
    Matcher matcher = LENGTH.matcher(text);
    if (!matcher.matches()) {
      throw new UsageFault("--for takes 90s, 30m, 2h or 7d, not `" + text + "`");
    }
    long number = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "s" -> number;
      case "m" -> number * 60;
      case "h" -> number * 3600;
      default -> number * 86_400;
    };
  }

  /// A line that tells of `revocation`, with its end.
  private static String line(JsonObject revocation) {
    String what =
        Stream.of("access_key", "role", "issuer", "subject", "repository", "run")
            .flatMap(
                name -> revocation.text(name).map(it -> name.replace('_', ' ') + " " + it).stream())
            .collect(Collectors.joining(", "));
    boolean existing =
        revocation.member("only_existing").equals(Optional.of(new JsonBoolean(true)));
    String line =
        "%s  %s  %s%s, %s, by %s: %s"
            .formatted(
                text(revocation, "id"),
                text(revocation, "state"),
                what,
                existing ? " before " + text(revocation, "created_at") : "",
                revocation.text("until").map(it -> "until " + it).orElse("until it is ended"),
                text(revocation, "created_by"),
                text(revocation, "reason"));
    return Printable.of(line.replace("\n", " ")) + "\n";
  }

  private static String text(JsonObject json, String name) {
    return json.text(name).orElse("");
  }

  /// `tegata revoke list`.
  @Command(
      name = "list",
      description = "Shows what the account has revoked.",
      mixinStandardHelpOptions = true)
  static final class ListCommand implements Callable<Integer> {
    @ParentCommand private RevokeCommand parent = new RevokeCommand();
    @Mixin private ApiOptions api = new ApiOptions();

    @Override
    public Integer call() {
      JsonObject answer = api.call("GET", "revocations", "");
      List<JsonObject> all =
          answer.member("revocations").orElse(new JsonArray(List.of())) instanceof JsonArray(var it)
              ? it.stream()
                  .filter(JsonObject.class::isInstance)
                  .map(JsonObject.class::cast)
                  .toList()
              : List.of();
      parent.output.print(
          answer, all.stream().map(RevokeCommand::line).collect(Collectors.joining()));
      return 0;
    }
  }

  /// `tegata revoke end`.
  @Command(
      name = "end",
      description = "Ends a revocation: what it refused is good again, if it still lives.",
      mixinStandardHelpOptions = true)
  static final class EndCommand implements Callable<Integer> {
    @Parameters(paramLabel = "ID", description = "Which, as `tegata revoke list` shows it.")
    private String id = "";

    @Mixin private ApiOptions api = new ApiOptions();

    @Override
    public Integer call() {
      if (!id.matches("[0-9a-zA-Z-]{1,64}")) {
        throw new UsageFault("`" + id + "` is no id of a revocation");
      }
      api.call("DELETE", "revocations/" + id, "");
      return 0;
    }
  }
}
