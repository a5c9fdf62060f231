package dev.tegata.cli;

import dev.tegata.arn.AccountId;
import dev.tegata.remote.UsageFault;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Where it is written what there is in the cloud.
final class CloudOptions {
  /// The account of a cloud that nobody gave a number.
  static final AccountId DEFAULT_ACCOUNT = new AccountId("123456789012");

  @Option(
      names = "--cloud",
      paramLabel = "FILE",
      description =
          "What there is in the cloud: a CloudFormation template, or what"
              + " `aws iam get-account-authorization-details` prints.")
  private @Nullable Path file;

  @Option(
      names = "--parameter",
      paramLabel = "NAME=VALUE",
      description = "A parameter of the template; may be repeated.")
  private Map<String, String> parameters = new LinkedHashMap<>();

  @Option(
      names = "--provider",
      paramLabel = "FILE",
      description =
          "What `aws iam get-open-id-connect-provider` prints, which account details lack; may be"
              + " repeated.")
  private List<Path> providers = new ArrayList<>();

  @Option(
      names = "--account-id",
      paramLabel = "ID",
      description =
          "The number of the account; if left out, that of the account details, else 123456789012."
              + " For a server: the account that --cloud is about, and at the first start the one"
              + " that is made; if left out, the first account, made with a number by chance.")
  private @Nullable String accountId;

  /// The account that was named, or else the one `told` of.
  ///
  /// @throws UsageFault when what was named is no account
  Optional<AccountId> account(Optional<AccountId> told) {
    try {
      return Optional.ofNullable(accountId).map(AccountId::new).or(() -> told);
    } catch (IllegalArgumentException e) {
      throw new UsageFault(String.valueOf(e.getMessage()));
    }
  }

  /// The file that was named, or else `otherwise`.
  ///
  /// @throws UsageFault when it cannot be read
  Optional<CloudFile> read(Optional<Path> otherwise) {
    Optional<CloudFile> cloud =
        Optional.ofNullable(file)
            .or(() -> otherwise)
            .map(path -> CloudFile.read(path, parameters, providers));
    if (cloud.isEmpty() && !(parameters.isEmpty() && providers.isEmpty())) {
      throw new UsageFault(
          "%s says more of a file that --cloud names, and there is none"
              .formatted(providers.isEmpty() ? "--parameter" : "--provider"));
    }
    return cloud;
  }
}
