package dev.tegata.entity;

import dev.tegata.arn.Arn;
import dev.tegata.authorization.Call;
import dev.tegata.authorization.Call.Access;
import dev.tegata.aws.IamError.NoSuchEntity;
import dev.tegata.aws.Refusal;
import dev.tegata.policy.NamedPolicy;
import dev.tegata.store.Entity.Identity;
import dev.tegata.store.Identities;
import dev.tegata.store.IdentityStore;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/// The identities of one kind in a caller's account, for a caller who may.
public record IdentityAccess<I extends Identity<I>>(IdentityStore store, IdentityKind<I> kind) {
  /// The operations whose policies may ask for the boundary that the identity has.
  private static final Set<String> BOUNDED =
      Set.of(
          "Attach%sPolicy",
          "Delete%sPermissionsBoundary", "Delete%sPolicy", "Detach%sPolicy", "Put%sPolicy");

  /// A request about one identity: who asks, to do what, to which.
  public record Asked(Call call, String action, String name, ContextKeys context) {
    public static Asked of(Call call, String action, String name) {
      return new Asked(call, action, name, new ContextKeys());
    }
  }

  public I read(Asked asked) {
    require(asked);
    return find(store.now(), asked);
  }

  /// Replaces the identity by what `edit` makes of it, being told of the state that it is a part
  /// of.
  public I change(Asked asked, BiFunction<Identities, I, I> edit) {
    require(asked);
    return store.change(change -> {
      I identity = edit.apply(change.now(), find(change.now(), asked));
      change.put(identity);
      return identity;
    });
  }

  /// Lets the request go on if the caller may, whether or not there is such an identity.
  public void require(Asked asked) {
    asked.call.require(access(asked));
  }

  /// The same where `ofResource` may allow it, too.
  public void require(Asked asked, NamedPolicy ofResource) {
    asked.call.require(access(asked), ofResource);
  }

  private Access access(Asked asked) {
    Optional<I> found = kind.finder().find(store.now(), asked.call.account(), asked.name);
    ContextKeys context = new ContextKeys();
    found.ifPresent(identity -> context.resourceTags(identity.tags()));
    Arn boundary = found.map(identity -> identity.permissions().boundary()).orElse(null);
    if (boundary != null && isBounded(asked.action)) {
      context.boundary(boundary);
    }
    Arn arn =
        found
            .map(Identity::arn)
            .orElse(Arn.iam(asked.call.account(), kind.noun() + "/" + asked.name));
    return new Access(asked.action, arn, context.and(asked.context).toMap());
  }

  private boolean isBounded(String action) {
    return BOUNDED.stream()
        .anyMatch(operation -> action.equals("iam:" + operation.formatted(kind.word())));
  }

  public I find(Identities now, Asked asked) {
    return kind.finder()
        .find(now, asked.call.account(), asked.name)
        .orElseThrow(() ->
            new Refusal(
                new NoSuchEntity(
                    "The %s with name %s cannot be found.".formatted(kind.noun(), asked.name))));
  }
}
