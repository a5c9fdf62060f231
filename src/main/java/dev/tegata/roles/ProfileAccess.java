package dev.tegata.roles;

import dev.tegata.arn.Arn;
import dev.tegata.authorization.Call.Access;
import dev.tegata.aws.IamError.NoSuchEntity;
import dev.tegata.aws.Refusal;
import dev.tegata.entity.ContextKeys;
import dev.tegata.entity.IdentityAccess.Asked;
import dev.tegata.store.Entity.InstanceProfile;
import dev.tegata.store.Identities;
import dev.tegata.store.IdentityStore;
import java.util.Optional;

/// The instance profiles of a caller's account, for a caller who may.
record ProfileAccess(IdentityStore store) {

  InstanceProfile read(Asked asked) {
    require(asked);
    return find(store.now(), asked);
  }

  /// Lets the request go on if the caller may, whether or not there is such a profile.
  void require(Asked asked) {
    Optional<InstanceProfile> found = store.now().profile(asked.call().account(), asked.name());
    ContextKeys context = new ContextKeys();
    found.ifPresent(profile -> context.resourceTags(profile.tags()));
    Arn arn =
        found
            .map(InstanceProfile::arn)
            .orElse(Arn.iam(asked.call().account(), "instance-profile/" + asked.name()));
    asked.call().require(new Access(asked.action(), arn, context.and(asked.context()).toMap()));
  }

  static InstanceProfile find(Identities now, Asked asked) {
    return now.profile(asked.call().account(), asked.name())
        .orElseThrow(() ->
            new Refusal(
                new NoSuchEntity("Instance Profile " + asked.name() + " cannot be found.")));
  }
}
