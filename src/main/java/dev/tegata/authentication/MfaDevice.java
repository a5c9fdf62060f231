package dev.tegata.authentication;

import dev.tegata.arn.AccountId;
import dev.tegata.arn.Arn;
import dev.tegata.arn.UniqueId;
import dev.tegata.database.Sealed;
import dev.tegata.store.AccountRecord;
import dev.tegata.store.Change;
import dev.tegata.store.Identities;
import dev.tegata.store.Slice;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// A virtual multi-factor device of an account, with its sealed seed. `name` starts with its path,
/// such as `/staff/me`.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_VirtualMFADevice.html>
public record MfaDevice(
    AccountId account,
    String name,
    Sealed seed,
    SequencedMap<String, String> tags,
    @Nullable Assignment assignment,
    WrongCodes wrong) {
  private static final String KIND = "mfa-device";
  private static final String NOUN = "mfa";

  /// Whose device it is, and since when. Its clock is `drift` steps ahead of ours, and the codes up
  /// to that of `lastStep` have been used.
  public record Assignment(UniqueId user, Instant since, long drift, long lastStep) {
    /// The same, of which the code of `step` has been used.
    Assignment used(long step) {
      return new Assignment(user, since, drift, step);
    }
  }

  /// How often in a row a code was wrong, and when that was last: whoever guesses must wait.
  ///
  /// Source: <https://www.rfc-editor.org/rfc/rfc4226#section-7.3>
  public record WrongCodes(int count, Instant last) {
    /// The last code was right, or there was none.
    public static final WrongCodes NONE = new WrongCodes(0, Instant.EPOCH);

    private static final int MOST = 5;
    private static final Duration PAUSE = Duration.ofSeconds(30);

    WrongCodes oneMore(Instant now) {
      return new WrongCodes(count + 1, now);
    }

    boolean mustWait(Instant now) {
      return count >= MOST && now.isBefore(last.plus(PAUSE));
    }
  }

  public MfaDevice {
    tags = new LinkedHashMap<>(tags);
  }

  /// The ARN, which is also the serial number.
  public Arn arn() {
    return Arn.iam(account, NOUN + name);
  }

  /// Whose device it is, if it is somebody's.
  public Optional<Assignment> assigned() {
    return Optional.ofNullable(assignment);
  }

  public MfaDevice withTags(SequencedMap<String, String> others) {
    return new MfaDevice(account, name, seed, others, assignment, wrong);
  }

  public MfaDevice of(Assignment other) {
    return new MfaDevice(account, name, seed, tags, other, WrongCodes.NONE);
  }

  public MfaDevice ofNobody() {
    return new MfaDevice(account, name, seed, tags, null, WrongCodes.NONE);
  }

  MfaDevice withWrong(WrongCodes others) {
    return new MfaDevice(account, name, seed, tags, assignment, others);
  }

  /// The device of `account` with that serial number, if there is one.
  public static Optional<MfaDevice> find(Identities now, AccountId account, String serialNumber) {
    String prefix = Arn.iam(account, NOUN) + "/";
    return serialNumber.startsWith(prefix)
        ? named(now, account, serialNumber.substring(prefix.length() - 1))
        : Optional.empty();
  }

  /// The device of that name and path.
  public static Optional<MfaDevice> named(Identities now, AccountId account, String name) {
    return now.record(account, KIND, name).map(Kept::device);
  }

  /// A part of the devices of an account, in the order of their names.
  public static List<MfaDevice> list(Identities now, AccountId account, Slice slice) {
    return now.records(account, KIND, slice).stream().map(Kept::device).toList();
  }

  /// How many devices an account has.
  public static long count(Identities now, AccountId account) {
    return now.recordCount(account, KIND);
  }

  /// Adds the device, or replaces the one of its name.
  public void put(Change change) {
    change.put(record());
  }

  public void delete(Change change) {
    change.delete(record());
  }

  private AccountRecord record() {
    return AccountRecord.of(account, KIND, name, Kept.of(this));
  }

  /// The stored form.
  private record Kept(
      String seed,
      SequencedMap<String, String> tags,
      @Nullable String user,
      @Nullable Instant since,
      long drift,
      long lastStep,
      int wrongCodes,
      Instant lastWrong) {

    static Kept of(MfaDevice device) {
      Optional<Assignment> assigned = device.assigned();
      return new Kept(
          Base64.getEncoder().encodeToString(device.seed.bytes()),
          device.tags,
          assigned.map(it -> it.user().text()).orElse(null),
          assigned.map(Assignment::since).orElse(null),
          assigned.map(Assignment::drift).orElse(0L),
          assigned.map(Assignment::lastStep).orElse(0L),
          device.wrong.count(),
          device.wrong.last());
    }

    static MfaDevice device(AccountRecord record) {
      Kept kept = record.as(Kept.class);
      return new MfaDevice(
          record.account(),
          record.name(),
          new Sealed(Base64.getDecoder().decode(kept.seed)),
          kept.tags,
          kept.user == null || kept.since == null
              ? null
              : new Assignment(new UniqueId(kept.user), kept.since, kept.drift, kept.lastStep),
          new WrongCodes(kept.wrongCodes, kept.lastWrong));
    }
  }
}
