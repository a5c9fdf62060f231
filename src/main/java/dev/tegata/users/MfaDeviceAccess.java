package dev.tegata.users;

import dev.tegata.arn.Arn;
import dev.tegata.authentication.MfaDevice;
import dev.tegata.authorization.Call;
import dev.tegata.authorization.Call.Access;
import dev.tegata.aws.IamError.NoSuchEntity;
import dev.tegata.aws.Refusal;
import dev.tegata.entity.ContextKeys;
import dev.tegata.entity.IdentityAccess.Asked;
import dev.tegata.store.Identities;
import dev.tegata.store.IdentityStore;
import java.util.Optional;

/// The virtual multi-factor devices of a caller's account, for a caller who may. The name in a
/// request about one is its serial number.
record MfaDeviceAccess(IdentityStore store) {
  MfaDevice read(Asked asked) {
    require(asked);
    return find(store.now(), asked);
  }

  /// Lets the request go on if the caller may, whether or not there is such a device.
  void require(Asked asked) {
    Optional<MfaDevice> found = MfaDevice.find(store.now(), asked.call().account(), asked.name());
    ContextKeys context = new ContextKeys();
    found.ifPresent(device -> context.resourceTags(device.tags()));
    asked
        .call()
        .require(
            new Access(
                asked.action(),
                found.map(MfaDevice::arn).orElseGet(() -> arn(asked.name(), asked.call())),
                context.and(asked.context()).toMap()));
  }

  /// What a serial number names that is none of a device of the account.
  private static Arn arn(String serialNumber, Call call) {
    try {
      return Arn.parse(serialNumber);
    } catch (IllegalArgumentException e) {
      return Arn.iam(call.account(), "mfa/" + serialNumber);
    }
  }

  static MfaDevice find(Identities now, Asked asked) {
    return find(now, asked.call(), asked.name());
  }

  static MfaDevice find(Identities now, Call call, String serialNumber) {
    return MfaDevice.find(now, call.account(), serialNumber)
        .orElseThrow(() ->
            new Refusal(
                new NoSuchEntity(
                    "VirtualMFADevice with serial number %s does not exist."
                        .formatted(serialNumber))));
  }
}
