package dev.tegata.authentication;

import dev.tegata.authentication.MfaDevice.Assignment;
import dev.tegata.credentials.OneTimePassword;
import dev.tegata.database.Sealed;
import dev.tegata.keys.Sealing;
import dev.tegata.store.Entity;
import dev.tegata.store.IdentityStore;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;

/// The one-time codes of multi-factor devices: of all who come with a code, on all servers, one is
/// let through.
///
/// A code holds for its half minute and for those beside it. After some wrong ones in a row the
/// device takes one attempt in half a minute, right or wrong.
///
/// Source: <https://www.rfc-editor.org/rfc/rfc6238#section-5.2>
public final class SecondFactors {
  private static final String PURPOSE = "seed of a multi-factor device";
  private static final int SEED_BYTES = 40;
  private static final int STEPS_BESIDE = 1;

  /// How old the codes may be that enable a device.
  private static final int STEPS_TO_ENABLE = 10;

  /// How far a device's clock may be off when it is brought in step.
  private static final int STEPS_TO_RESYNC = 60;

  private final IdentityStore store;
  private final Sealing atRest;

  /// Seeds are sealed with `atRest`.
  public SecondFactors(IdentityStore store, Sealing atRest) {
    this.store = store;
    this.atRest = atRest;
  }

  /// What a code was found to be.
  public enum Shown {
    /// The code of one of the user's devices, which nobody has used before.
    RIGHT,
    /// None that the device shows about now.
    WRONG,
    /// One that was used, or that the device showed before one that was.
    USED,
    /// It was not looked at, since it came too soon after several wrong ones.
    TOO_SOON,
    /// The user has no such device.
    NO_DEVICE
  }

  /// The seed of a device to come.
  public static byte[] newSeed(RandomGenerator random) {
    byte[] seed = new byte[SEED_BYTES];
    random.nextBytes(seed);
    return seed;
  }

  /// The seed as it is kept.
  public Sealed seal(byte[] seed) {
    return new Sealed(atRest.seal(seed, PURPOSE));
  }

  /// Looks at a code that `user` shows, and takes note that it was used.
  public Shown show(Entity.User user, String serialNumber, String code, Instant now) {
    return store.change(change -> {
      Optional<MfaDevice> found = MfaDevice.find(change.now(), user.account(), serialNumber);
      Optional<Assignment> assigned =
          found.flatMap(MfaDevice::assigned).filter(it -> it.user().equals(user.id()));
      if (found.isEmpty() || assigned.isEmpty()) {
        return Shown.NO_DEVICE;
      }
      MfaDevice device = found.get();
      if (device.wrong().mustWait(now)) {
        return Shown.TOO_SOON;
      }
      long step = OneTimePassword.step(now) + assigned.get().drift();
      long first = step - STEPS_BESIDE;
      long last = step + STEPS_BESIDE;
      OptionalLong unused =
          codes(device).find(code, Math.max(first, assigned.get().lastStep() + 1), last);
      if (unused.isPresent()) {
        device.of(assigned.get().used(unused.getAsLong())).put(change);
        return Shown.RIGHT;
      }
      device.withWrong(device.wrong().oneMore(now)).put(change);
      return codes(device).find(code, first, last).isPresent() ? Shown.USED : Shown.WRONG;
    });
  }

  /// Two codes, of which the device has shown the second right after the first.
  public record ConsecutiveCodes(String first, String second) {
    @Override
    public String toString() {
      return "ConsecutiveCodes[hidden]";
    }
  }

  /// `device` as that of `user`, who shows two codes of it; nothing when they are not its own. The
  /// codes may be some minutes old, and the device's clock is taken to be right.
  public Optional<MfaDevice> enabled(
      MfaDevice device, Entity.User user, ConsecutiveCodes codes, Instant now) {
    long step = OneTimePassword.step(now);
    OptionalLong second = second(device, codes, step - STEPS_TO_ENABLE, step + STEPS_TO_ENABLE);
    return second.isEmpty()
        ? Optional.empty()
        : Optional.of(device.of(new Assignment(user.id(), now, 0, second.getAsLong())));
  }

  /// `device` with its clock's difference to ours, which two codes tell that have not been used:
  /// old ones that somebody has seen would open it to those which followed them.
  public Optional<MfaDevice> inStep(
      MfaDevice device, Assignment assignment, ConsecutiveCodes codes, Instant now) {
    long step = OneTimePassword.step(now);
    long unused = Math.max(step - STEPS_TO_RESYNC, assignment.lastStep() + 1);
    OptionalLong second = second(device, codes, unused, step + STEPS_TO_RESYNC);
    if (second.isEmpty()) {
      return Optional.empty();
    }
    long off = second.getAsLong() - step;
    long drift = Math.abs(off) <= STEPS_BESIDE ? 0 : off;
    return Optional.of(
        device.of(
            new Assignment(assignment.user(), assignment.since(), drift, second.getAsLong())));
  }

  /// The step of the second code, if that of the first is one of those from `from` to `to`.
  private OptionalLong second(MfaDevice device, ConsecutiveCodes codes, long from, long to) {
    OptionalLong first = codes(device).findPair(codes.first, codes.second, from, to);
    return first.isEmpty() ? first : OptionalLong.of(first.getAsLong() + 1);
  }

  private OneTimePassword codes(MfaDevice device) {
    return new OneTimePassword(
        atRest
            .open(device.seed().bytes(), PURPOSE)
            .orElseThrow(() -> new IllegalStateException("a seed was sealed by another key")));
  }
}
