package dev.tegata.iam;

import dev.tegata.authorization.Call;
import dev.tegata.aws.QueryOperation;
import dev.tegata.aws.QueryService;
import dev.tegata.certificates.ServerCertificateTags;
import dev.tegata.certificates.ServerCertificates;
import dev.tegata.policies.ManagedPolicies;
import dev.tegata.policies.PolicyEntities;
import dev.tegata.policies.PolicyTags;
import dev.tegata.policies.PolicyVersions;
import dev.tegata.providers.KeyRetrievals;
import dev.tegata.providers.OidcProviderTags;
import dev.tegata.providers.OidcProviders;
import dev.tegata.providers.SamlProviderTags;
import dev.tegata.providers.SamlProviders;
import dev.tegata.roles.AttachedPolicies;
import dev.tegata.roles.InlinePolicies;
import dev.tegata.roles.InstanceProfileTags;
import dev.tegata.roles.InstanceProfiles;
import dev.tegata.roles.RoleTags;
import dev.tegata.roles.Roles;
import dev.tegata.roles.ServiceLinkedRoles;
import dev.tegata.store.IdentityStore;
import dev.tegata.users.GroupPolicies;
import dev.tegata.users.Groups;
import dev.tegata.users.LoginProfiles;
import dev.tegata.users.MfaDeviceTags;
import dev.tegata.users.PasswordPolicies;
import dev.tegata.users.ServiceCredentials;
import dev.tegata.users.SigningCertificates;
import dev.tegata.users.SshKeys;
import dev.tegata.users.UserPolicies;
import dev.tegata.users.UserTags;
import dev.tegata.users.Users;
import java.util.List;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/// IAM: its operations, for the wire through [#service] and in-process by their own names.
///
/// Who calls an operation directly has checked its request's constraints, or knows them to hold.
public final class Iam {
  private static final String NAMESPACE = "https://iam.amazonaws.com/doc/2010-05-08/";
  private static final String VERSION = "2010-05-08";

  private final OidcProviders oidcProviders;
  private final OidcProviderTags oidcProviderTags;
  private final KeyRetrievals keyRetrievals;
  private final Roles roles;
  private final RoleTags roleTags;
  private final InlinePolicies inlinePolicies;
  private final AttachedPolicies attachedPolicies;
  private final ManagedPolicies managedPolicies;
  private final PolicyVersions policyVersions;
  private final PolicyTags policyTags;
  private final PolicySimulation policySimulation;
  private final List<List<QueryOperation<Call, ?, ?>>> others;

  /// The IAM of the accounts in `store`; unique ids are drawn from `random`.
  public Iam(IdentityStore store, RandomGenerator random) {
    this(store, random, _ -> false);
  }

  /// The same in a server that is an issuer itself; `isOwnIssuer` knows its names.
  public Iam(IdentityStore store, RandomGenerator random, Predicate<String> isOwnIssuer) {
    this.oidcProviders = new OidcProviders(store, isOwnIssuer);
    this.oidcProviderTags = new OidcProviderTags(store);
    this.keyRetrievals = new KeyRetrievals(store);
    this.roles = new Roles(store, random);
    this.roleTags = new RoleTags(store);
    this.inlinePolicies = new InlinePolicies(store);
    this.attachedPolicies = new AttachedPolicies(store);
    this.managedPolicies = new ManagedPolicies(store, random);
    this.policyVersions = new PolicyVersions(store);
    this.policyTags = new PolicyTags(store);
    this.policySimulation = new PolicySimulation(store);
    this.others =
        List.of(
            new PolicyEntities(store).operations(),
            new ServiceLinkedRoles(store, random).operations(),
            new InstanceProfiles(store, random).operations(),
            new InstanceProfileTags(store).operations(),
            new AccountNames(store).operations(),
            new PasswordPolicies(store).operations(),
            new TokenPreferences(store).operations(),
            new CredentialReports(store).operations(),
            new ServiceGrants(store).operations(),
            new ServerCertificates(store, random).operations(),
            new ServerCertificateTags(store).operations(),
            new SamlProviders(store, random).operations(),
            new SamlProviderTags(store).operations(),
            new AuthorizationDetails(store).operations(),
            new Users(store, random).operations(),
            new UserTags(store).operations(),
            new UserPolicies(store).operations(),
            new LoginProfiles(store, random).operations(),
            new SshKeys(store, random).operations(),
            new SigningCertificates(store).operations(),
            new ServiceCredentials(store, random).operations(),
            new MfaDeviceTags(store).operations(),
            new Groups(store, random).operations(),
            new GroupPolicies(store).operations());
  }

  /// The service that answers forms.
  public QueryService<Call> service() {
    return service(List.of());
  }

  /// The same with `further` operations.
  public QueryService<Call> service(List<QueryOperation<Call, ?, ?>> further) {
    List<QueryOperation<Call, ?, ?>> operations =
        Stream.concat(
                Stream.of(
                    oidcProviders.operations(),
                    oidcProviderTags.operations(),
                    roles.operations(),
                    roleTags.operations(),
                    inlinePolicies.operations(),
                    attachedPolicies.operations(),
                    managedPolicies.operations(),
                    policyVersions.operations(),
                    policyTags.operations(),
                    policySimulation.operations(),
                    further),
                others.stream())
            .<QueryOperation<Call, ?, ?>>flatMap(List::stream)
            .toList();
    return new QueryService<>("iam", NAMESPACE, VERSION, operations);
  }

  public OidcProviders oidcProviders() {
    return oidcProviders;
  }

  public OidcProviderTags oidcProviderTags() {
    return oidcProviderTags;
  }

  public KeyRetrievals keyRetrievals() {
    return keyRetrievals;
  }

  public Roles roles() {
    return roles;
  }

  public RoleTags roleTags() {
    return roleTags;
  }

  public InlinePolicies inlinePolicies() {
    return inlinePolicies;
  }

  public AttachedPolicies attachedPolicies() {
    return attachedPolicies;
  }

  public ManagedPolicies managedPolicies() {
    return managedPolicies;
  }

  public PolicyVersions policyVersions() {
    return policyVersions;
  }

  public PolicyTags policyTags() {
    return policyTags;
  }

  public PolicySimulation policySimulation() {
    return policySimulation;
  }
}
