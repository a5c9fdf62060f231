package dev.tegata.iam;

import dev.tegata.arn.Arn;
import dev.tegata.authorization.Call;
import dev.tegata.authorization.Call.Access;
import dev.tegata.aws.IamError.NoSuchEntity;
import dev.tegata.aws.Refusal;
import dev.tegata.store.Identities;
import dev.tegata.store.IdentityStore;
import dev.tegata.store.Role;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/// The roles of a caller's account, for a caller who may.
record RoleAccess(IdentityStore store) {
  /// The actions whose policies may ask for the boundary that the role has.
  private static final Set<String> BOUNDED =
      Set.of(
          "iam:AttachRolePolicy",
          "iam:DeleteRolePermissionsBoundary",
          "iam:DeleteRolePolicy",
          "iam:DetachRolePolicy",
          "iam:PutRolePolicy");

  /// A request about one role: who asks, to do what, to which.
  record Asked(Call call, String action, String name, ContextKeys context) {
    static Asked of(Call call, String action, String name) {
      return new Asked(call, action, name, new ContextKeys());
    }
  }

  Role read(Asked asked) {
    require(asked);
    return find(store.now(), asked);
  }

  /// Replaces the role by what `edit` makes of it, being told of the state that it is a part of.
  Role change(Asked asked, BiFunction<Identities, Role, Role> edit) {
    require(asked);
    return store.change(change -> {
      Role role = edit.apply(change.now(), find(change.now(), asked));
      change.put(role);
      return role;
    });
  }

  /// Lets the request go on if the caller may, whether or not there is such a role.
  void require(Asked asked) {
    Optional<Role> role = store.now().role(asked.call.account(), asked.name);
    ContextKeys context = new ContextKeys();
    role.ifPresent(found -> context.resourceTags(found.tags()));
    Arn boundary = role.map(found -> found.permissions().boundary()).orElse(null);
    if (boundary != null && BOUNDED.contains(asked.action)) {
      context.boundary(boundary);
    }
    Arn arn = role.map(Role::arn).orElse(Arn.iam(asked.call.account(), "role/" + asked.name));
    asked.call.require(new Access(asked.action, arn, context.and(asked.context).toMap()));
  }

  static Role find(Identities now, Asked asked) {
    return now.role(asked.call.account(), asked.name)
        .orElseThrow(() ->
            new Refusal(
                new NoSuchEntity("The role with name " + asked.name + " cannot be found.")));
  }
}
