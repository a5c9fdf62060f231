package dev.tegata.sharing;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tegata.database.Database;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;

/// Tokens that may be used once: each is let through for the first who comes with it, on whatever
/// server.
public final class UsedTokens {
  /// For how long after its expiry a token is kept in mind: clocks differ.
  private static final Duration KEPT = Duration.ofHours(1);

  private static final int PRUNED_EVERY = 1000;

  private final Database database;
  private final AtomicLong uses = new AtomicLong();

  public UsedTokens(Database database) {
    this.database = database;
  }

  /// What stands for a token, and gives nothing of it away: a SHA-256 in hexadecimal.
  public record Fingerprint(String hex) {
    /// The token that `issuer` has given the id `jti`.
    public static Fingerprint ofId(String issuer, String jti) {
      return of("id\n" + issuer.length() + "\n" + issuer + jti);
    }

    /// The token itself, for one without an id.
    public static Fingerprint ofToken(String compact) {
      return of("token\n" + compact);
    }

    private static Fingerprint of(String text) {
      try {
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
        return new Fingerprint(HexFormat.of().formatHex(hash));
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("every Java platform has SHA-256", e);
      }
    }
  }

  /// Whether this is the first use of a token, which ends at `expiry`. Of all who ask at once, on
  /// all servers, one is told yes.
  ///
  /// @throws dev.tegata.database.StoreUnavailable when nobody can know just now
  public boolean use(Fingerprint token, Instant expiry, Instant now) {
    if (uses.getAndIncrement() % PRUNED_EVERY == 0) {
      prune(now);
    }
    return database.write(handle ->
        handle.execute(
            "insert into used_token (hash, expires_at) values (?, ?)"
                + " on conflict (hash) do nothing",
            token.hex(),
            expiry.toEpochMilli()))
        == 1;
  }

  /// Takes away what has been expired for long, and tells how many.
  int prune(Instant now) {
    return database.write(handle ->
        handle.execute(
            "delete from used_token where expires_at < ?", now.minus(KEPT).toEpochMilli()));
  }
}
