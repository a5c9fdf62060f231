package dev.tegata.cli;

import dev.tegata.github.DefaultAudience;
import dev.tegata.issuer.IssuerSettings;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The options that say how ID tokens are issued.
final class IssuerOptions {
  @Option(
      names = "--issuer",
      paramLabel = "URL",
      description =
          "The name in its own ID tokens. If left out, a run has that of GitHub,"
              + " https://token.actions.githubusercontent.com, and a server its address.")
  private @Nullable String issuer;

  @Option(
      names = "--default-audience",
      paramLabel = "WHOM",
      defaultValue = "owner",
      description =
          "Whom a token is for when a job does not say: the repository's owner at github.com, or, as"
              + " before October 2021, the repository; ${DEFAULT-VALUE} if left out.")
  private DefaultAudience defaultAudience = DefaultAudience.OWNER;

  /// The settings, with `usual` as the name where none is given.
  ///
  /// @throws UsageFault when the name is not one of an issuer
  IssuerSettings settings(Optional<String> usual) {
    try {
      return new IssuerSettings(Optional.ofNullable(issuer).or(() -> usual), defaultAudience);
    } catch (IllegalArgumentException e) {
      throw new UsageFault(String.valueOf(e.getMessage()));
    }
  }
}
