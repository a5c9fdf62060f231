package dev.tegata.accountdetails;

import dev.tegata.accountdetails.AccountDetails.Holders;
import dev.tegata.accountdetails.AccountDetails.Notice;
import dev.tegata.accountdetails.PeopleReader.Identified;
import dev.tegata.arn.AccountId;
import dev.tegata.arn.Arn;
import dev.tegata.arn.UniqueId;
import dev.tegata.cloudformation.Properties;
import dev.tegata.policy.AwsManagedPolicies;
import dev.tegata.policy.Policy;
import dev.tegata.policy.PolicyKind;
import dev.tegata.provisioning.PolicyDocuments;
import dev.tegata.store.Entity.Identity;
import dev.tegata.store.Entity.InstanceProfile;
import dev.tegata.store.Entity.User;
import dev.tegata.store.EntityName;
import dev.tegata.store.ManagedPolicy;
import dev.tegata.store.ManagedPolicy.Version;
import dev.tegata.store.Role;
import dev.tegata.store.Role.Permissions;
import dev.tegata.yaml.Node.Place;
import dev.tegata.yaml.YamlException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Function;
import java.util.stream.Stream;

/// Reads the pages of an account's details one after another.
///
/// What is not told there gets what IAM gives it: a session of an hour, no description. Members
/// that are not known are passed over.
final class AccountDetailsReader {
  private static final Duration MAX_SESSION = Duration.ofHours(1);
  private static final String ARN = "Arn";

  private final List<Role> roles = new ArrayList<>();
  private final List<InstanceProfile> profiles = new ArrayList<>();
  private final PeopleReader people = new PeopleReader();
  private final List<ManagedPolicy> policies = new ArrayList<>();
  private final Map<Arn, Policy> awsPolicies = new LinkedHashMap<>();
  private final List<Notice> notices = new ArrayList<>();
  private Optional<AccountId> account = Optional.empty();
  private boolean more;

  void read(Properties page) {
    page.mappings("RoleDetailList").forEach(this::role);
    page.mappings("Policies").forEach(this::policy);
    page.mappings("UserDetailList")
        .forEach(user ->
            people.user(identified(user, "user"), user, permissions(user, "UserPolicyList")));
    page.mappings("GroupDetailList")
        .forEach(group ->
            people.group(identified(group, "group"), permissions(group, "GroupPolicyList")));
    more = page.bool("IsTruncated").orElse(false);
  }

  AccountDetails details() {
    AccountId found =
        account.orElseThrow(() ->
            new YamlException(
                new Place(1, 1), "there is no role and no policy of an account in the file"));
    List<User> users = people.users(notices);
    if (more) {
      notices.add(
          new Notice("", "the last page says that there are more, which are not in the file"));
    }
    roles.forEach(this::noteUnknownPolicies);
    users.forEach(this::noteUnknownPolicies);
    people.groups().forEach(this::noteUnknownPolicies);
    return new AccountDetails(
        found,
        new Holders(roles, users, people.groups(), profiles),
        policies,
        awsPolicies,
        notices);
  }

  /// An entity of `kind`, such as `user`, whose id is then called `UserId`.
  private Identified identified(Properties entity, String kind) {
    String id = kind.substring(0, 1).toUpperCase(Locale.ROOT) + kind.substring(1) + "Id";
    return new Identified(
        parsed(entity, id, UniqueId::new), name(arn(entity, ARN, kind), entity), created(entity));
  }

  private void role(Properties role) {
    Identified identified = identified(role, "role");
    role.mappings("InstanceProfileList").forEach(profile -> profile(profile, identified.id()));
    roles.add(
        new Role(
            identified.id(),
            identified.name(),
            identified.created(),
            PolicyDocuments.read(role, "AssumeRolePolicyDocument", PolicyKind.TRUST),
            role.string("Description").orElse(""),
            MAX_SESSION,
            role.tags(),
            permissions(role, "RolePolicyList")));
  }

  private void profile(Properties profile, UniqueId role) {
    profiles.add(
        new InstanceProfile(
            parsed(profile, "InstanceProfileId", UniqueId::new),
            name(arn(profile, ARN, "instance-profile"), profile),
            created(profile),
            profile.tags(),
            role));
  }

  /// What an identity may do, whose inline policies stand in `list`.
  private static Permissions permissions(Properties identity, String list) {
    SequencedMap<String, Policy> inline = new LinkedHashMap<>();
    for (Properties policy : identity.mappings(list)) {
      inline.put(
          policy.requireString("PolicyName"),
          PolicyDocuments.read(policy, "PolicyDocument", PolicyKind.IDENTITY));
    }
    List<Arn> attached =
        identity.mappings("AttachedManagedPolicies").stream()
            .map(policy -> parsed(policy, "PolicyArn", Arn::parse))
            .toList();
    Permissions permissions = Permissions.none().withInline(inline).withAttached(attached);
    return identity
        .mapping("PermissionsBoundary")
        .map(boundary ->
            permissions.withBoundary(parsed(boundary, "PermissionsBoundaryArn", Arn::parse)))
        .orElse(permissions);
  }

  private void policy(Properties policy) {
    Arn arn = parsed(policy, ARN, Arn::parse);
    List<Version> versions = new ArrayList<>();
    for (Properties version : policy.mappings("PolicyVersionList")) {
      versions.add(
          new Version(
              number(version, "VersionId"),
              PolicyDocuments.read(version, "Document", PolicyKind.IDENTITY),
              created(version)));
    }
    int inForce = number(policy, "DefaultVersionId");
    Version version =
        versions.stream()
            .filter(each -> each.number() == inForce)
            .findFirst()
            .orElseThrow(() ->
                policy.fault("DefaultVersionId", "is v" + inForce + ", which is not in the list"));
    if (arn.account().equals("aws")) {
      awsPolicies.put(arn, version.policy());
      return;
    }
    versions.sort((a, b) -> Integer.compare(a.number(), b.number()));
    policies.add(
        new ManagedPolicy(
            parsed(policy, "PolicyId", UniqueId::new),
            name(arn(policy, ARN, "policy"), policy),
            created(policy),
            policy.string("Description").orElse(""),
            policy.tags(),
            versions,
            inForce,
            versions.getLast().number()));
  }

  /// An ARN of IAM's `kind`, which must be of the same account as all before it.
  private Arn arn(Properties properties, String name, String kind) {
    Arn arn = parsed(properties, name, Arn::parse);
    if (!arn.partition().equals("aws") || !arn.resource().startsWith(kind + "/")) {
      throw properties.fault(name, "is not `arn:aws:iam::ACCOUNT:%s/NAME`".formatted(kind));
    }
    AccountId owner = parsed(properties, name, _ -> new AccountId(arn.account()));
    if (!account.orElse(owner).equals(owner)) {
      throw properties.fault(
          name, "is of account %s, and others are of %s".formatted(owner, account.orElse(owner)));
    }
    account = Optional.of(owner);
    return arn;
  }

  private static EntityName name(Arn arn, Properties properties) {
    int path = arn.resource().indexOf('/');
    int name = arn.resource().lastIndexOf('/') + 1;
    return parsed(
        properties,
        ARN,
        _ ->
            new EntityName(
                new AccountId(arn.account()),
                arn.resource().substring(path, name),
                arn.resource().substring(name)));
  }

  private static int number(Properties properties, String name) {
    return parsed(properties, name, text -> Integer.parseInt(text.replaceFirst("^v", "")));
  }

  private static Instant created(Properties properties) {
    try {
      return properties
          .string("CreateDate")
          .map(text -> OffsetDateTime.parse(text).toInstant())
          .orElse(Instant.EPOCH);
    } catch (DateTimeException e) {
      return Instant.EPOCH; // nothing depends on it
    }
  }

  private static <T> T parsed(Properties properties, String name, Function<String, T> parse) {
    String text = properties.requireString(name);
    try {
      return parse.apply(text);
    } catch (NumberFormatException e) {
      throw properties.fault(name, "is a version such as v1, not `" + text + "`");
    } catch (IllegalArgumentException e) {
      throw properties.fault(name, "is `" + text + "`: " + e.getMessage());
    }
  }

  private void noteUnknownPolicies(Identity<?> identity) {
    Permissions permissions = identity.permissions();
    Stream.concat(
            permissions.attached().stream(), Optional.ofNullable(permissions.boundary()).stream())
        .filter(arn ->
            !awsPolicies.containsKey(arn)
                && policies.stream().noneMatch(policy -> policy.arn().equals(arn))
                && AwsManagedPolicies.find(arn).isEmpty())
        .map(arn ->
            new Notice(
                identity.arn().toString(),
                "%s refers to %s, whose text is neither in the file nor known here: it allows nothing"
                    .formatted(identity.arn().resource().replaceFirst("/(.*/)?", " "), arn)))
        .forEach(notices::add);
  }
}
