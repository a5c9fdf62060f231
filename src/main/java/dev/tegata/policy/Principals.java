package dev.tegata.policy;

import dev.tegata.arn.AccountId;
import dev.tegata.arn.Arn;
import dev.tegata.policy.RequestPrincipal.RoleSession;
import dev.tegata.policy.RequestPrincipal.User;
import dev.tegata.policy.Statement.Effect;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Whom a statement is about.
///
/// Source:
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html>
public sealed interface Principals {

  record Principal(List<Name> names) implements Principals {}

  record NotPrincipal(List<Name> names) implements Principals {}

  /// No such element: the policy belongs to the identity it is about.
  record Own() implements Principals {}

  /// How closely a statement names the caller; each is closer than the one before.
  enum Reach {
    NONE,
    /// By its account, which hands the decision to the account's identity policies.
    ACCOUNT,
    /// By its role: boundaries and session policies still limit it.
    ROLE,
    /// By itself, or as everybody.
    CALLER
  }

  /// One principal as a policy writes it.
  sealed interface Name {
    /// `*`: everybody.
    record Everybody() implements Name {}

    /// `{"AWS": "*"}`: everybody but the bearer of an ID token.
    record EveryAws() implements Name {}

    record Account(AccountId id) implements Name {}

    /// A user, a role or a session.
    record Entity(Arn arn) implements Name {}

    /// What is left of a role or user that is gone, or its id: `AROA…`, `AROA…:session`.
    record Id(String text) implements Name {}

    record Federated(String provider) implements Name {}

    record Service(String name) implements Name {}

    record CanonicalUser(String id) implements Name {}

    /// Reads a value under `AWS`; empty when it names no principal.
    static Optional<Name> parseAws(String text) {
      if (text.equals("*")) {
        return Optional.of(new EveryAws());
      }
      if (text.matches("[0-9]{12}")) {
        return Optional.of(new Account(new AccountId(text)));
      }
      if (text.matches("A[A-Z]{3}[A-Z0-9]{12,}(:[\\w+=,.@-]+)?")) {
        return Optional.of(new Id(text));
      }
      return text.startsWith("arn:") ? parseArn(text) : Optional.empty();
    }

    private static Optional<Name> parseArn(String text) {
      if (text.indexOf('*') >= 0 || text.indexOf('?') >= 0 || text.split(":", 7).length != 6) {
        return Optional.empty();
      }
      try {
        Arn arn = Arn.parse(text);
        AccountId account = new AccountId(arn.account());
        boolean iam = arn.service().equals("iam");
        if (iam && arn.resource().equals("root")) {
          return Optional.of(new Account(account));
        }
        String kind = arn.resource().substring(0, arn.resource().indexOf('/') + 1);
        boolean known =
            iam
                ? kind.equals("role/") || kind.equals("user/")
                : arn.service().equals("sts")
                    && (kind.equals("assumed-role/") || kind.equals("federated-user/"));
        return known ? Optional.of(new Entity(arn)) : Optional.empty();
      } catch (IllegalArgumentException _) {
        return Optional.empty();
      }
    }

    /// The principal as a policy writes it, for people.
    default String text() {
      return switch (this) {
        case Everybody() -> "*";
        case EveryAws() -> "AWS *";
        case Account(var id) -> "AWS " + id;
        case Entity(var arn) -> "AWS " + arn;
        case Id(var text) -> "AWS " + text;
        case Federated(var provider) -> "Federated " + provider;
        case Service(var name) -> "Service " + name;
        case CanonicalUser(var id) -> "CanonicalUser " + id;
      };
    }

    /// How closely this names `caller`.
    default Reach reach(RequestPrincipal caller) {
      return switch (this) {
        case Everybody() -> Reach.CALLER;
        case EveryAws() ->
            caller instanceof RequestPrincipal.WebIdentity ? Reach.NONE : Reach.CALLER;
        case Account(var id) -> isAccount(caller, id) ? Reach.ACCOUNT : Reach.NONE;
        case Entity(var arn) -> entityReach(caller, arn);
        case Id(var text) -> idReach(caller, text);
        case Federated(var provider) ->
            when(
                caller instanceof RequestPrincipal.WebIdentity(var arn)
                    && arn.toString().equals(provider));
        case Service(var name) ->
            when(caller instanceof RequestPrincipal.Service(var asking) && asking.equals(name));
        case CanonicalUser _ -> Reach.NONE;
      };
    }

    private static Reach when(boolean caller) {
      return caller ? Reach.CALLER : Reach.NONE;
    }

    private static boolean isAccount(RequestPrincipal caller, AccountId id) {
      return switch (caller) {
        case RoleSession session -> session.account().equals(id);
        case User user -> user.account().equals(id);
        case RequestPrincipal.Root(var account) -> account.equals(id);
        case RequestPrincipal.FederatedUser(var _, var account) -> account.equals(id);
        default -> false;
      };
    }

    private static Reach entityReach(RequestPrincipal caller, Arn arn) {
      return switch (caller) {
        case RoleSession session when session.session().equals(arn) -> Reach.CALLER;
        case RoleSession session when session.role().equals(arn) -> Reach.ROLE;
        case User user -> when(user.user().equals(arn));
        case RequestPrincipal.FederatedUser(var session, var _) -> when(session.equals(arn));
        default -> Reach.NONE;
      };
    }

    private static Reach idReach(RequestPrincipal caller, String id) {
      return switch (caller) {
        case RoleSession session when session.roleId().text().equals(id) -> Reach.ROLE;
        case RoleSession session ->
            when(id.equals(session.roleId().text() + ":" + session.sessionName()));
        case User user -> when(user.userId().text().equals(id));
        default -> Reach.NONE;
      };
    }
  }

  /// How closely a statement of `effect` is about `caller`.
  default Reach reach(RequestPrincipal caller, Effect effect) {
    return switch (this) {
      case Own() -> Reach.CALLER;
      case Principal(var names) -> closest(names, caller);
      case NotPrincipal(var names) -> excepted(names, caller, effect) ? Reach.NONE : Reach.ROLE;
    };
  }

  private static Reach closest(List<Name> names, RequestPrincipal caller) {
    Reach closest = Reach.NONE;
    for (Name name : names) {
      Reach reach = name.reach(caller);
      if (reach.compareTo(closest) > 0) {
        closest = reach;
      }
    }
    return closest;
  }

  /// Whether a `NotPrincipal` leaves `caller` out. A deny leaves out only whom it names completely:
  /// session, role and account, or it is met by the one that is not named.
  private static boolean excepted(List<Name> names, RequestPrincipal caller, Effect effect) {
    int wanted =
        switch (caller) {
          case RoleSession _ -> 3;
          case User _, RequestPrincipal.FederatedUser _ -> 2;
          default -> 1;
        };
    Set<Reach> named = EnumSet.noneOf(Reach.class);
    for (Name name : names) {
      Reach reach = name.reach(caller);
      boolean everybody = name instanceof Name.Everybody || name instanceof Name.EveryAws;
      if (everybody && reach != Reach.NONE) {
        return true;
      }
      if (reach != Reach.NONE) {
        named.add(reach);
      }
    }
    return effect == Effect.DENY ? named.size() >= wanted : !named.isEmpty();
  }

  /// The names, for people.
  default List<Name> names() {
    return switch (this) {
      case Own() -> List.of();
      case Principal(var names) -> names;
      case NotPrincipal(var names) -> names;
    };
  }
}
