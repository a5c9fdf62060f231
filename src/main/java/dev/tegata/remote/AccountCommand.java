package dev.tegata.remote;

import dev.tegata.json.JsonValue.JsonArray;
import dev.tegata.json.JsonValue.JsonBoolean;
import dev.tegata.json.JsonValue.JsonObject;
import dev.tegata.report.Printable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `tegata account`: the accounts of a server.
@Command(
    name = "account",
    description = {
      "Makes, lists, closes and opens the accounts of a server.",
      "Asks the server's API, signed with AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and",
      "AWS_SESSION_TOKEN of the server's first account, which manages the others.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  tegata account create --name \"Team B\"",
      "  tegata account create --id 210987654321 --role-name --format json",
      "  tegata account list"
    },
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    subcommands = {
      AccountCommand.Create.class,
      AccountCommand.ListAll.class,
      AccountCommand.Show.class,
      AccountCommand.Close.class,
      AccountCommand.Reopen.class
    })
public final class AccountCommand {
  private AccountCommand() {}

  /// Which account.
  static final class Which {
    @Parameters(paramLabel = "ID", description = "The twelve digits of the account.")
    private String id = "";

    String path() {
      if (!id.matches("[0-9]{12}")) {
        throw new UsageFault("an account id is 12 digits, not `" + id + "`");
      }
      return "accounts/" + id;
    }
  }

  private static String line(JsonObject account) {
    String line =
        "%s  %s%s  since %s  %s"
            .formatted(
                text(account, "id"),
                text(account, "status"),
                account.member("manages").equals(Optional.of(new JsonBoolean(true)))
                    ? "  manages the others"
                    : "",
                text(account, "created_at"),
                text(account, "name"));
    return Printable.of(line.stripTrailing()) + System.lineSeparator();
  }

  private static String text(JsonObject json, String name) {
    return json.text(name).orElse("");
  }

  /// `tegata account create`.
  @Command(
      name = "create",
      description = {
        "Makes an account, and shows its root access key, this once.",
        "Needs the permission tegata:CreateAccount.",
        ""
      },
      mixinStandardHelpOptions = true)
  static final class Create implements Callable<Integer> {
    private static final String AWS_ROLE = "OrganizationAccountAccessRole";

    @Option(
        names = "--id",
        paramLabel = "ID",
        description = "Its twelve digits; or else by chance.")
    private @Nullable String id;

    @Option(names = "--name", paramLabel = "NAME", description = "What people call it.")
    private @Nullable String name;

    @Option(
        names = "--role-name",
        paramLabel = "ROLE",
        arity = "0..1",
        fallbackValue = AWS_ROLE,
        description =
            "Make a role there, too, that may do everything and that principals of this account may"
                + " assume whom their policies let; of AWS's name, ${FALLBACK-VALUE}, if none is"
                + " given.")
    private @Nullable String roleName;

    @Mixin private Output output = new Output();
    @Mixin private ApiOptions api = new ApiOptions();

    @Override
    public Integer call() {
      JsonObject.Builder body = JsonObject.builder();
      Optional.ofNullable(id).ifPresent(it -> body.put("id", it));
      Optional.ofNullable(name).ifPresent(it -> body.put("name", it));
      Optional.ofNullable(roleName).ifPresent(it -> body.put("role_name", it));
      JsonObject made = api.call("POST", "accounts", body.build().toJson());
      output.print(made, told(made));
      return 0;
    }

    private static String told(JsonObject made) {
      JsonObject key =
          made.member("root_key").orElse(made) instanceof JsonObject object ? object : made;
      String told =
          """
          The account %s was made. Its root access key, shown
          this once; keep it where you keep such things:

            export AWS_ACCESS_KEY_ID=%s
            export AWS_SECRET_ACCESS_KEY=%s
          """
              .formatted(
                  text(made, "id"), text(key, "access_key_id"), text(key, "secret_access_key"));
      return made.text("role_arn")
          .map(arn ->
              told
                  + """

                  Whom the policies of your account let, gets credentials there without that key:

                    aws sts assume-role --role-session-name me --role-arn %s
                  """
                      .formatted(arn))
          .orElse(told);
    }
  }

  /// `tegata account list`.
  @Command(
      name = "list",
      description = {"Shows all accounts.", "Needs the permission tegata:ListAccounts.", ""},
      mixinStandardHelpOptions = true)
  static final class ListAll implements Callable<Integer> {
    @Mixin private Output output = new Output();
    @Mixin private ApiOptions api = new ApiOptions();

    @Override
    public Integer call() {
      List<JsonObject> all = new ArrayList<>();
      Optional<String> after = Optional.of("");
      while (after.isPresent()) {
        JsonObject page = api.call("GET", "accounts?after=" + after.get(), "");
        if (page.member("accounts").orElse(page) instanceof JsonArray(var items)) {
          items.stream()
              .filter(JsonObject.class::isInstance)
              .map(JsonObject.class::cast)
              .forEach(all::add);
        }
        after = page.text("after");
      }
      StringBuilder lines = new StringBuilder();
      all.forEach(account -> lines.append(line(account)));
      output.print(
          JsonObject.builder().put("accounts", new JsonArray(List.copyOf(all))).build(),
          lines.toString());
      return 0;
    }
  }

  /// `tegata account show`.
  @Command(
      name = "show",
      description = {"Shows one account.", "Needs the permission tegata:GetAccount.", ""},
      mixinStandardHelpOptions = true)
  static final class Show implements Callable<Integer> {
    @Mixin private Which which = new Which();
    @Mixin private Output output = new Output();
    @Mixin private ApiOptions api = new ApiOptions();

    @Override
    public Integer call() {
      JsonObject account = api.call("GET", which.path(), "");
      output.print(account, line(account));
      return 0;
    }
  }

  /// `tegata account close`.
  @Command(
      name = "close",
      description = {
        "Admits nobody of an account any more.",
        "Its keys and sessions are refused, and what came of them; its roles cannot be assumed. What",
        "it holds stays. Needs the permission tegata:CloseAccount.",
        ""
      },
      mixinStandardHelpOptions = true)
  static final class Close implements Callable<Integer> {
    @Mixin private Which which = new Which();
    @Mixin private Output output = new Output();
    @Mixin private ApiOptions api = new ApiOptions();

    @Override
    public Integer call() {
      JsonObject account = api.call("POST", which.path() + "/close", "");
      output.print(account, line(account));
      return 0;
    }
  }

  /// `tegata account reopen`.
  @Command(
      name = "reopen",
      description = {
        "Admits those again who were admitted before an account was closed.",
        "Needs the permission tegata:ReopenAccount.",
        ""
      },
      mixinStandardHelpOptions = true)
  static final class Reopen implements Callable<Integer> {
    @Mixin private Which which = new Which();
    @Mixin private Output output = new Output();
    @Mixin private ApiOptions api = new ApiOptions();

    @Override
    public Integer call() {
      JsonObject account = api.call("POST", which.path() + "/reopen", "");
      output.print(account, line(account));
      return 0;
    }
  }
}
