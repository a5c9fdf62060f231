package dev.tegata.cli;

import dev.tegata.accountdetails.AccountDetails;
import dev.tegata.accountdetails.AccountDetails.Notice;
import dev.tegata.accountdetails.ProviderDetails;
import dev.tegata.arn.AccountId;
import dev.tegata.arn.Arn;
import dev.tegata.cli.CloudFile.Content.Declared;
import dev.tegata.cli.CloudFile.Content.Details;
import dev.tegata.cloudformation.Settings;
import dev.tegata.cloudformation.Stack;
import dev.tegata.cloudformation.Template;
import dev.tegata.provisioning.Cloud;
import dev.tegata.provisioning.OperatorCall;
import dev.tegata.provisioning.ResourceTypes;
import dev.tegata.remote.TextFile;
import dev.tegata.remote.UsageFault;
import dev.tegata.server.TegataServer;
import dev.tegata.store.OidcProvider;
import dev.tegata.yaml.YamlException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// A file that says what there is in the cloud of a run, of a server, or of a question.
///
/// It is read before anything is started, so that a fault in it starts nothing.
record CloudFile(Path path, Content content) {

  /// What the file holds.
  sealed interface Content {
    /// A CloudFormation template.
    record Declared(Template template, Map<String, String> parameters) implements Content {}

    /// The details of an account, and what files of their own say of its providers.
    record Details(AccountDetails details, List<OidcProvider> providers) implements Content {}
  }

  /// @throws UsageFault with file, line and column when it cannot be read
  static CloudFile read(Path path, Map<String, String> parameters, List<Path> providers) {
    return new CloudFile(path, TextFile.read(path, text -> content(text, parameters, providers)));
  }

  private static Content content(
      String text, Map<String, String> parameters, List<Path> providers) {
    if (!AccountDetails.isIn(text)) {
      if (!providers.isEmpty()) {
        throw new UsageFault(
            "--provider goes with account details; a template declares its providers itself");
      }
      return new Declared(Template.read(text), parameters);
    }
    if (!parameters.isEmpty()) {
      throw new UsageFault("--parameter goes with a template, and the file holds account details");
    }
    AccountDetails details = AccountDetails.read(text);
    return new Details(
        details,
        providers.stream()
            .map(file -> TextFile.read(file, json -> ProviderDetails.read(json, details.account())))
            .toList());
  }

  /// The account that the file is of, if it says so.
  Optional<AccountId> account() {
    return switch (content) {
      case Declared _ -> Optional.empty();
      case Details(var details, var _) -> Optional.of(details.account());
    };
  }

  /// What the user should know of what the file does not hold.
  List<String> notices() {
    return notices(_ -> true);
  }

  /// The same, as far as it matters to the identity `arn`.
  List<String> notices(Arn arn) {
    return notices(about -> about.isEmpty() || about.equals(arn.toString()));
  }

  private List<String> notices(Predicate<String> isWanted) {
    return switch (content) {
      case Declared _ -> List.of();
      case Details(var details, var known) ->
          Stream.concat(
                  details.notices().stream()
                      .filter(notice -> isWanted.test(notice.about()))
                      .map(Notice::sentence),
                  guessed(details, known).stream())
              .toList();
    };
  }

  private static Optional<String> guessed(AccountDetails details, List<OidcProvider> known) {
    List<String> guessed =
        details.providers(known).stream()
            .filter(provider -> !known.contains(provider))
            .map(provider ->
                "%s for %s".formatted(provider.url(), String.join(", ", provider.clientIds())))
            .toList();
    return guessed.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "OIDC providers are not in the file, and taken from the trust policies (--provider tells"
                + " of them): "
                + String.join("; ", guessed));
  }

  /// Creates what the file tells of.
  ///
  /// @throws UsageFault with file, line and column when something in it cannot be created
  void create(Cloud cloud, Instant now) {
    switch (content) {
      case Declared(var template, var parameters) -> create(template, parameters, cloud, now);
      case Details(var details, var known) -> {
        if (!details.account().equals(cloud.account())) {
          throw new UsageFault(
              "%s is of account %s, not %s".formatted(path, details.account(), cloud.account()));
        }
        details.store(cloud.identities(), details.providers(known));
      }
    }
  }

  private void create(Template template, Map<String, String> parameters, Cloud cloud, Instant now) {
    try {
      Stack.create(
          template,
          new Settings(cloud.account(), TegataServer.REGION, stackName(), parameters),
          ResourceTypes.all(cloud.iam(), cloud.buckets(), new OperatorCall(cloud.account(), now)),
          new SplittableRandom(stackName().hashCode())); // the same names at every start
    } catch (YamlException e) {
      throw new UsageFault(e.in(path.toString()));
    }
  }

  /// The file's name as a stack would be called.
  private String stackName() {
    String name = String.valueOf(path.getFileName()).replaceAll("\\.[^.]*$", "");
    return name.replaceAll("[^A-Za-z0-9]+", "-").toLowerCase(Locale.ROOT);
  }
}
