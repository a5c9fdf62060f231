package dev.tegata.authentication;

import dev.tegata.arn.AccountId;
import dev.tegata.arn.Arn;
import dev.tegata.arn.UniqueId;
import dev.tegata.sigv4.SecretAccessKey;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What STS promised when it gave out credentials: everything that later requests are judged by.
///
/// A role session is bound to the role's unique id, so that a role which is deleted and made anew
/// revives nothing. Lives from `issued` to `expiry` (exclusive). With `secondFactor`, the user who
/// asked for it has shown a code of a multi-factor device in that request; no other session has
/// one.
public record Session(
    UniqueId accessKeyId,
    SecretAccessKey secret,
    Holder holder,
    Instant issued,
    Instant expiry,
    SessionPolicies policies,
    SessionTags tags,
    Optional<String> sourceIdentity,
    Optional<WebIdentity> webIdentity,
    Lineage lineage,
    boolean secondFactor) {

  /// The web identity at the beginning of it all: its own, or that of the chain's first session.
  public Optional<WebIdentity> firstWebIdentity() {
    return webIdentity.or(lineage::webIdentity);
  }

  /// Whose session it is.
  public sealed interface Holder {
    AccountId account();

    /// The ARN that GetCallerIdentity tells.
    default Arn arn() {
      return switch (this) {
        case AccountRoot(var account) -> Arn.iam(account, "root");
        case AssumedRole(var account, var roleName, var _, var sessionName) ->
            Arn.assumedRole(account, roleName, sessionName);
        case IamUser user -> user.arn();
        case FederatedUser(var account, var name, var _) -> Arn.federatedUser(account, name);
      };
    }

    /// What AWS calls the user id.
    default String userId() {
      return switch (this) {
        case AccountRoot(var account) -> account.digits();
        case AssumedRole role -> role.roleId() + ":" + role.sessionName();
        case IamUser user -> user.id().text();
        case FederatedUser(var account, var name, var _) -> account + ":" + name;
      };
    }
  }

  /// The account itself, with credentials of GetSessionToken.
  public record AccountRoot(AccountId account) implements Holder {}

  /// The role that was assumed, and the name that the session was given.
  public record AssumedRole(AccountId account, String roleName, UniqueId roleId, String sessionName)
      implements Holder {}

  /// A user, with credentials of GetSessionToken; `arn` is what it was when they were made.
  public record IamUser(AccountId account, Arn arn, UniqueId id) implements Holder {}

  /// Somebody who is vouched for under a name, with credentials of GetFederationToken: by the user
  /// whose id is `by`, or else by the account's root.
  public record FederatedUser(AccountId account, String name, @Nullable UniqueId by)
      implements Holder {
    /// The user who vouches.
    public Optional<UniqueId> user() {
      return Optional.ofNullable(by);
    }
  }

  /// The policies that cut the session down. The document is frozen with the session; the managed
  /// policies are looked up at every request.
  public record SessionPolicies(Optional<String> document, List<Arn> managed) {
    /// A session that may do all that its role may.
    public static final SessionPolicies NONE = new SessionPolicies(Optional.empty(), List.of());

    public SessionPolicies {
      managed = List.copyOf(managed);
    }
  }

  /// Session tags, and the keys of those that go on to the next role of a chain.
  public record SessionTags(Map<String, String> values, Set<String> transitive) {
    /// No tags.
    public static final SessionTags NONE = new SessionTags(Map.of(), Set.of());

    public SessionTags {
      values = Map.copyOf(values);
      transitive = Set.copyOf(transitive);
    }
  }

  /// What the token of a CI system says of where it comes from: the repository and the run. Empty
  /// where it does not say.
  public record Workload(String repository, String run) {
    /// A token that does not say.
    public static final Workload UNKNOWN = new Workload("", "");
  }

  /// The verified ID token that the session was given for. `authenticationMethods` is its `amr`.
  public record WebIdentity(
      Arn provider,
      String audience,
      String subject,
      List<String> authenticationMethods,
      Workload workload) {
    public WebIdentity {
      authenticationMethods = List.copyOf(authenticationMethods);
    }

    /// The prefix of its condition keys: the provider's URL without `https://`.
    public String conditionPrefix() {
      return provider.resource().substring("oidc-provider/".length());
    }
  }
}
