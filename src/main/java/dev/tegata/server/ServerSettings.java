package dev.tegata.server;

import dev.tegata.arn.AccountId;
import dev.tegata.audit.AuditLog;
import dev.tegata.database.DatabaseUrl;
import dev.tegata.federation.ConditionClaims;
import dev.tegata.issuer.IssuerSettings;
import dev.tegata.sigv4.RequestSigner.Credentials;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;

/// What a server is told when it starts.
///
/// `kept` is where it keeps what it keeps. `account` and `rootKey` count at the first start; later,
/// `account` must be the one that is there. `claims` says which claims of foreign tokens trust
/// policies can ask about.
public record ServerSettings(
    Kept kept,
    ListenAddress listen,
    IssuerSettings issuer,
    Optional<AccountId> account,
    Optional<Credentials> rootKey,
    Watching watching,
    ConditionClaims claims) {

  /// Everything in the folder `data`, and all claims of foreign tokens in policies.
  public ServerSettings(
      Path data,
      ListenAddress listen,
      IssuerSettings issuer,
      Optional<AccountId> account,
      Optional<Credentials> rootKey,
      Watching watching) {
    this(Kept.in(data), listen, issuer, account, rootKey, watching, new ConditionClaims(true));
  }

  /// The server's own folder; the database, where it is not a file in that folder; and the folder
  /// of the objects' bytes, where it is another one. Servers that share a database share the
  /// objects' folder as well.
  public record Kept(Path folder, Optional<DatabaseUrl> database, Optional<Path> objects) {
    /// Everything in one folder.
    public static Kept in(Path folder) {
      return new Kept(folder, Optional.empty(), Optional.empty());
    }
  }

  /// Who is told of what happens, beside the audit log in the data folder, and what time it is.
  public record Watching(Clock clock, AuditLog observer) {

    /// The system's clock, of which this is the only reader.
    public static Watching now(AuditLog observer) {
      return new Watching(Clock.systemUTC(), observer);
    }
  }
}
