package dev.tegata.accountdetails;

import dev.tegata.arn.AccountId;
import dev.tegata.arn.Arn;
import dev.tegata.cloudformation.Properties;
import dev.tegata.policy.Policy;
import dev.tegata.store.Change;
import dev.tegata.store.Entity.Group;
import dev.tegata.store.Entity.Identity;
import dev.tegata.store.Entity.InstanceProfile;
import dev.tegata.store.Entity.User;
import dev.tegata.store.IdentityStore;
import dev.tegata.store.ManagedPolicy;
import dev.tegata.store.OidcProvider;
import dev.tegata.store.Role;
import dev.tegata.users.MfaDevices;
import dev.tegata.users.SigningCertificates;
import dev.tegata.yaml.Json;
import dev.tegata.yaml.Node;
import dev.tegata.yaml.Node.Mapping;
import dev.tegata.yaml.Node.Sequence;
import dev.tegata.yaml.YamlException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Roles, users, groups, instance profiles and policies of an account, as `aws iam
/// get-account-authorization-details` prints them.
///
/// `awsPolicies` are those that AWS manages. `notices` tell what is not taken over.
public record AccountDetails(
    AccountId account,
    Holders holders,
    List<ManagedPolicy> policies,
    Map<Arn, Policy> awsPolicies,
    List<Notice> notices) {
  private static final String ROLES = "RoleDetailList";

  /// Who has policies, and what hands roles to machines.
  public record Holders(
      List<Role> roles, List<User> users, List<Group> groups, List<InstanceProfile> profiles) {
    public Holders {
      roles = List.copyOf(roles);
      users = List.copyOf(users);
      groups = List.copyOf(groups);
      profiles = List.copyOf(profiles);
    }

    private void store(Change change) {
      for (Role role : roles) {
        change.now().role(role.id()).filter(old -> isOther(old, role)).ifPresent(change::delete);
        change.put(role);
      }
      for (Group group : groups) {
        Stream.of(change.now().group(group.id()), change.now().group(group.account(), group.name()))
            .flatMap(Optional::stream)
            .filter(old -> isOther(old, group))
            .forEach(change::delete);
        change.put(group);
      }
      users.forEach(user -> store(user, change));
      profiles.forEach(change::put);
    }

    /// The file tells no credentials: the user keeps its own. Another user of that name was
    /// somebody else, whose credentials are not this one's.
    private static void store(User user, Change change) {
      Optional<User> before = change.now().user(user.id());
      before.filter(old -> isOther(old, user)).ifPresent(change::delete);
      change
          .now()
          .user(user.account(), user.name())
          .filter(old -> isOther(old, user))
          .ifPresent(old -> {
            change.now().accessKeys(old).forEach(change::delete);
            MfaDevices.release(old, change);
            SigningCertificates.release(old, change);
            change.delete(old);
          });
      change.put(before.map(User::credentials).map(user::withCredentials).orElse(user));
    }

    private static boolean isOther(Identity<?> one, Identity<?> other) {
      return !one.id().equals(other.id()) || !one.key().equals(other.key());
    }
  }

  /// What is not taken over; `about` is the ARN of the identity that it matters to, or nothing.
  public record Notice(String about, String sentence) {}

  public AccountDetails {
    policies = List.copyOf(policies);
    awsPolicies = Map.copyOf(awsPolicies);
    notices = List.copyOf(notices);
  }

  /// Whether `text` is meant to be such a file, and not a template in JSON.
  public static boolean isIn(String text) {
    String start = text.stripLeading();
    return (start.startsWith("{") || start.startsWith("[")) && text.contains("\"" + ROLES + "\"");
  }

  /// Reads one page or several, one after another or in a list.
  ///
  /// @throws YamlException with the place of what cannot be understood
  public static AccountDetails read(String text) {
    AccountDetailsReader reader = new AccountDetailsReader();
    pages(Json.read(text)).forEach(page -> reader.read(Properties.of(page)));
    return reader.details();
  }

  private static List<Mapping> pages(List<Node> documents) {
    List<Mapping> pages = new ArrayList<>();
    for (Node document : documents) {
      switch (document) {
        case Mapping page -> pages.add(page);
        case Sequence list -> pages.addAll(pages(list.items()));
        case Node other ->
            throw new YamlException(
                other.place(), "a page is an object with `" + ROLES + "`, not " + other.kind());
      }
    }
    return pages;
  }

  /// Puts all of it into `identities`, in place of what is there under the same names, together
  /// with `providers`.
  public void store(IdentityStore identities, List<OidcProvider> providers) {
    identities.change(change -> {
      providers.forEach(change::put);
      policies.forEach(change::put);
      awsPolicies.forEach(change::putAwsPolicy);
      holders.store(change);
      return account;
    });
  }

  /// The OIDC providers that the trust policies name, each for the audiences that they ask for: the
  /// file itself knows nothing of providers. Those of `known` are taken as they are.
  public List<OidcProvider> providers(List<OidcProvider> known) {
    Map<Arn, OidcProvider> providers = new LinkedHashMap<>();
    known.forEach(provider -> providers.put(provider.arn(), provider));
    TrustedProviders.of(this, Instant.EPOCH)
        .forEach(provider -> providers.putIfAbsent(provider.arn(), provider));
    return List.copyOf(providers.values());
  }
}
