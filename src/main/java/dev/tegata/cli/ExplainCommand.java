package dev.tegata.cli;

import dev.tegata.arn.AccountId;
import dev.tegata.arn.Arn;
import dev.tegata.expression.Nearest;
import dev.tegata.federation.ConditionClaims;
import dev.tegata.question.AnswerJson;
import dev.tegata.question.AnswerText;
import dev.tegata.question.Answers;
import dev.tegata.question.Answers.Token;
import dev.tegata.question.Circumstances;
import dev.tegata.question.PermissionQuestion;
import dev.tegata.question.PermissionQuestion.Wish;
import dev.tegata.question.TrustAnswer;
import dev.tegata.question.TrustQuestion;
import dev.tegata.remote.Json;
import dev.tegata.remote.UsageFault;
import dev.tegata.report.Printable;
import dev.tegata.server.OfflineCloud;
import dev.tegata.server.ServerSettings.Watching;
import dev.tegata.store.Entity.Identity;
import dev.tegata.store.Entity.User;
import dev.tegata.store.Identities;
import dev.tegata.store.Role;
import dev.tegata.store.Slice;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `tegata explain`: what would be decided, why, and what to change.
@Command(
    name = "explain",
    description = {
      "Says whether a token could assume a role, whether the role could do something, and why.",
      "Needs no server, and says of what is refused what to change.",
      ""
    },
    footer = {
      "",
      "Without --cloud it takes `cloud.yaml` in this folder. Of a run, it asks git what is left out.",
      "Exit status: 0 when all that was asked is allowed, 1 when not, 2 when it cannot be told.",
      "",
      "Examples:",
      "  tegata explain --cloud cloud.yaml --repo octo-org/app --ref refs/heads/main",
      "  tegata explain --cloud cloud.yaml --repo octo-org/app --event pull_request \\",
      "    --ref refs/pull/7/merge",
      "  tegata explain --role deploy --action s3:PutObject --resource arn:aws:s3:::releases/app.zip",
      "  aws iam get-account-authorization-details > details.json",
      "  tegata token | tegata explain --cloud details.json --role deploy --token -"
    },
    mixinStandardHelpOptions = true)
final class ExplainCommand implements Callable<Integer> {
  @Mixin private CloudOptions cloud = new CloudOptions();

  @Option(
      names = "--role",
      paramLabel = "NAME|ARN",
      description = "The role; may be left out where there is only one.")
  private @Nullable String role;

  @Option(
      names = "--user",
      paramLabel = "NAME|ARN",
      description = "A user in the place of a role; goes without a token.")
  private @Nullable String user;

  @ArgGroup(
      exclusive = false,
      heading = "%nCould this token, or that of this job, assume the role?%n")
  private @Nullable TokenOptions token;

  @ArgGroup(exclusive = false, heading = "%nCould the role or user do this?%n")
  private @Nullable WishOptions wish;

  /// What a role or user would do.
  static final class WishOptions {
    @Option(
        names = "--action",
        paramLabel = "SERVICE:NAME",
        description = "The action, such as s3:GetObject.")
    private @Nullable String action;

    @Option(
        names = "--resource",
        paramLabel = "ARN",
        description = "The resource; * for an action that is about none in particular.")
    private @Nullable String resource;

    /// @throws UsageFault when one of them is missing or is none
    Wish wish() {
      if (action == null) {
        throw new UsageFault("--resource goes with --action, such as --action s3:GetObject");
      }
      if (!action.matches("[A-Za-z0-9-]+:[A-Za-z0-9]+")) {
        throw new UsageFault(
            "an action is SERVICE:NAME, such as s3:GetObject, not `" + action + "`");
      }
      String text =
          Optional.ofNullable(resource)
              .orElseThrow(() ->
                  new UsageFault("with which resource? give --resource ARN, or --resource '*'"));
      String service = action.substring(0, action.indexOf(':'));
      try {
        return new Wish(
            action, text.equals("*") ? Arn.parse("arn:aws:" + service + ":::*") : Arn.parse(text));
      } catch (IllegalArgumentException e) {
        throw new UsageFault(
            "a resource is an ARN, such as arn:aws:s3:::bucket/key, not `" + text + "`");
      }
    }
  }

  @Option(
      names = "--context",
      paramLabel = "KEY=VALUE",
      description =
          "A condition key of the request, such as aws:SourceIp=198.51.100.7; one that is repeated"
              + " has several values.")
  private List<String> context = new ArrayList<>();

  @Option(
      names = "--aws-condition-keys-only",
      description =
          "Give trust policies no more condition keys than AWS would, as `tegata serve` with it.")
  private boolean awsConditionKeysOnly;

  @Option(
      names = "--session-name",
      paramLabel = "NAME",
      defaultValue = "tegata",
      description = "How the session would be called; ${DEFAULT-VALUE} if left out.")
  private String sessionName = "tegata";

  @Option(
      names = {"--all", "--trace"},
      description = "Tell every element of every statement.")
  private boolean all;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "text",
      description = "text or json; ${DEFAULT-VALUE} if left out.")
  private RunCommand.Format format = RunCommand.Format.TEXT;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    if (token == null && wish == null) {
      throw new UsageFault(
          """
          what is to be explained? give a token or what one would be about, or an action, or both:
            --repo OWNER/NAME --ref REF, --token FILE or --claims FILE
            --action SERVICE:NAME --resource ARN\
          """);
    }
    if (user != null && (token != null || role != null)) {
      throw new UsageFault("--user goes without a token and without --role: a token is for a role");
    }
    CloudFile file =
        cloud
            .read(Optional.of(Path.of("cloud.yaml")).filter(Files::isRegularFile))
            .orElseThrow(() ->
                new UsageFault(
                    "which roles are there? give --cloud FILE; there is no cloud.yaml in this folder"));
    AccountId account = cloud.account(file.account()).orElse(CloudOptions.DEFAULT_ACCOUNT);
    Instant now = Watching.now(_ -> {}).clock().instant();
    Circumstances circumstances = new Circumstances(now, sessionName, keys());
    Optional<Token> asked = Optional.ofNullable(token).map(options -> options.token(now));
    Optional<Wish> wanted = Optional.ofNullable(wish).map(WishOptions::wish);
    ConditionClaims claims = new ConditionClaims(!awsConditionKeysOnly);
    Answers answers;
    try (TemporaryFolder folder = new TemporaryFolder();
        OfflineCloud offline = OfflineCloud.in(folder.path(), account, now)) {
      file.create(offline.cloud(), now);
      Identities identities = offline.cloud().identities().now();
      Identity<?> chosen = choose(identities, account, file.path());
      Optional<TrustAnswer> trust =
          chosen instanceof Role role
              ? asked.map(
                  it -> new TrustQuestion(role, it.claims(), claims, circumstances).ask(identities))
              : Optional.empty();
      answers =
          new Answers(
              chosen,
              asked,
              trust,
              wanted.map(it ->
                  new PermissionQuestion(
                          chosen, trust.flatMap(TrustAnswer::token), it, circumstances)
                      .ask(identities)),
              notices(file, chosen, wanted));
    }
    print(answers);
    return answers.isAllowed() ? 0 : Main.FAILED;
  }

  private Map<String, List<String>> keys() {
    Map<String, List<String>> keys = new LinkedHashMap<>();
    for (String text : context) {
      int equals = text.indexOf('=');
      if (equals <= 0) {
        throw new UsageFault(
            "--context is KEY=VALUE, such as aws:SourceIp=198.51.100.7, not `" + text + "`");
      }
      keys.computeIfAbsent(text.substring(0, equals), _ -> new ArrayList<>())
          .add(text.substring(equals + 1));
    }
    return keys;
  }

  private Identity<?> choose(Identities identities, AccountId account, Path file) {
    if (user != null) {
      List<User> users = identities.list(User.class, account, Slice.first(Integer.MAX_VALUE));
      return named("user", user, users, file);
    }
    List<Role> roles = identities.roles(account);
    if (roles.isEmpty()) {
      throw new UsageFault("there is no role in " + file);
    }
    if (role != null) {
      return named("role", role, roles, file);
    }
    if (roles.size() > 1) {
      throw new UsageFault(
          "which role? give --role, one of "
              + String.join(", ", roles.stream().map(Role::name).toList()));
    }
    return roles.getFirst();
  }

  private static Identity<?> named(
      String kind, String wanted, List<? extends Identity<?>> all, Path file) {
    List<String> names = all.stream().map(Identity::name).toList();
    return all.stream()
        .filter(it -> it.name().equalsIgnoreCase(wanted) || it.arn().toString().equals(wanted))
        .findFirst()
        .orElseThrow(() ->
            new UsageFault(
                "there is no %s `%s` in %s; there are %s"
                    .formatted(
                        kind,
                        wanted,
                        file,
                        String.join(
                            ", ",
                            Nearest.first(wanted.substring(wanted.lastIndexOf('/') + 1), names)))));
  }

  private List<String> notices(CloudFile file, Identity<?> chosen, Optional<Wish> wanted) {
    List<String> notices = new ArrayList<>(file.notices(chosen.arn()));
    Optional.ofNullable(token).map(TokenOptions::notices).ifPresent(notices::addAll);
    wanted.ifPresent(it -> {
      notices.add(
          "only the %s's own policies are known: not those of the resource, such as a bucket policy, nor those of an organization"
              .formatted(chosen instanceof Role ? "role" : "user"));
      String owner = it.resource().account();
      if (!owner.isEmpty() && !owner.equals(chosen.account().digits())) {
        notices.add("the resource is of account %s, which has to allow it too".formatted(owner));
      }
    });
    return notices;
  }

  private void print(Answers answers) {
    PrintWriter out = spec.commandLine().getOut();
    switch (format) {
      case TEXT -> out.print(colored(Printable.of(AnswerText.of(answers, all))));
      case JSON -> out.print(Json.write(AnswerJson.of(answers)));
    }
    out.flush();
  }

  private static String colored(String text) {
    return Main.isColored()
        ? text.replaceAll("(?m)^✓", "\u001b[32m✓\u001b[0m")
            .replaceAll("(?m)^✗", "\u001b[31m✗\u001b[0m")
        : text;
  }
}
