package dev.tegata.policies;

import dev.tegata.arn.Arn;
import dev.tegata.authorization.Call;
import dev.tegata.authorization.Call.Access;
import dev.tegata.aws.IamError.NoSuchEntity;
import dev.tegata.aws.Refusal;
import dev.tegata.entity.ContextKeys;
import dev.tegata.entity.Documents;
import dev.tegata.store.Identities;
import dev.tegata.store.IdentityStore;
import dev.tegata.store.ManagedPolicy;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// The policies that a caller's account manages, for a caller who may.
record PolicyAccess(IdentityStore store) {

  /// A request about one policy: who asks, to do what, to which.
  record Asked(Call call, String action, Arn arn, ContextKeys context) {
    static Asked of(Call call, String action, String arn) {
      return of(call, action, arn, new ContextKeys());
    }

    static Asked of(Call call, String action, String arn, ContextKeys context) {
      return new Asked(call, action, Documents.arn("policy", arn), context);
    }
  }

  ManagedPolicy read(Asked asked) {
    require(asked);
    return find(store.now(), asked);
  }

  /// Replaces the policy by what `edit` makes of it.
  ManagedPolicy change(Asked asked, UnaryOperator<ManagedPolicy> edit) {
    return change(asked, absent(asked), edit);
  }

  /// The same, with a refusal of its own where there is no such policy.
  ManagedPolicy change(Asked asked, Refusal absent, UnaryOperator<ManagedPolicy> edit) {
    require(asked);
    return store.change(change -> {
      ManagedPolicy policy = edit.apply(own(change.now(), asked).orElseThrow(() -> absent));
      change.put(policy);
      return policy;
    });
  }

  /// Lets the request go on if the caller may, whether or not there is such a policy.
  void require(Asked asked) {
    ContextKeys context = new ContextKeys();
    own(store.now(), asked).ifPresent(policy -> context.resourceTags(policy.tags()));
    asked.call.require(new Access(asked.action, asked.arn, context.and(asked.context).toMap()));
  }

  static ManagedPolicy find(Identities now, Asked asked) {
    return own(now, asked).orElseThrow(() -> absent(asked));
  }

  /// The policy, if it is the caller's account's: of others not even the tags may matter.
  static Optional<ManagedPolicy> own(Identities now, Asked asked) {
    return now.policy(asked.arn).filter(policy -> policy.account().equals(asked.call.account()));
  }

  private static Refusal absent(Asked asked) {
    return new Refusal(new NoSuchEntity("Policy " + asked.arn + " was not found."));
  }
}
