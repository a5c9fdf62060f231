package dev.tegata.server;

import dev.tegata.arn.AccountId;
import dev.tegata.audit.AuditLog;
import dev.tegata.federation.ConditionClaims;
import dev.tegata.issuer.IssuerSettings;
import dev.tegata.sigv4.RequestSigner.Credentials;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;

/// What a server is told when it starts.
///
/// `account` and `rootKey` count at the first start; later, `account` must be the one that is
/// there. `claims` says which claims of foreign tokens trust policies can ask about.
public record ServerSettings(
    Path data,
    ListenAddress listen,
    IssuerSettings issuer,
    Optional<AccountId> account,
    Optional<Credentials> rootKey,
    Watching watching,
    ConditionClaims claims) {

  /// The settings of a server where policies can ask about all claims of foreign tokens.
  public ServerSettings(
      Path data,
      ListenAddress listen,
      IssuerSettings issuer,
      Optional<AccountId> account,
      Optional<Credentials> rootKey,
      Watching watching) {
    this(data, listen, issuer, account, rootKey, watching, new ConditionClaims(true));
  }

  /// Who is told of what happens, beside the audit log in the data folder, and what time it is.
  public record Watching(Clock clock, AuditLog observer) {

    /// The system's clock, of which this is the only reader.
    public static Watching now(AuditLog observer) {
      return new Watching(Clock.systemUTC(), observer);
    }
  }
}
