package dev.tegata.cli;

import dev.tegata.github.DefaultAudience;
import dev.tegata.issuer.IssuerSettings;
import dev.tegata.keys.SigningKeys;
import dev.tegata.remote.UsageFault;
import dev.tegata.token.JwsAlgorithm;
import java.time.Duration;
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

  @Option(
      names = "--signing-algorithm",
      paramLabel = "NAME",
      defaultValue = "RS256",
      description = "RS256, as at GitHub, or ES256; ${DEFAULT-VALUE} if left out.")
  private JwsAlgorithm algorithm = JwsAlgorithm.RS256;

  @Option(
      names = "--key-rotation",
      paramLabel = "DAYS",
      defaultValue = "30",
      description = "How long a key signs before the next one does; ${DEFAULT-VALUE} if left out.")
  private int days = 30;

  /// The settings, with `usual` as the name where none is given.
  ///
  /// @throws UsageFault when one of them cannot be
  IssuerSettings settings(Optional<String> usual) {
    try {
      return new IssuerSettings(
          Optional.ofNullable(issuer).or(() -> usual),
          defaultAudience,
          new SigningKeys.Plan(algorithm, Duration.ofDays(days)));
    } catch (IllegalArgumentException e) {
      throw new UsageFault(String.valueOf(e.getMessage()));
    }
  }
}
