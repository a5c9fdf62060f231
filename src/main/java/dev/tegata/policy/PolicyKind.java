package dev.tegata.policy;

/// What a policy is for, which decides what it may hold.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies.html>
public enum PolicyKind {
  /// What a role or user may do: no principal.
  IDENTITY("an identity-based policy", "an identity policy"),
  /// Who may become a role: a principal, no resource, only actions of STS.
  TRUST("a resource-based policy", "a trust policy"),
  /// Who may do what with a resource such as a bucket.
  RESOURCE("a resource-based policy", "a resource policy"),
  /// What a session may do of what its role may.
  SESSION("a session policy", "a session policy"),
  /// What a role or user may do at most.
  BOUNDARY("a permissions boundary", "a permissions boundary"),
  /// What the identities of an account may do at most.
  SERVICE_CONTROL("a service control policy", "a service control policy"),
  /// What may be done at most with the resources of an account.
  RESOURCE_CONTROL("a resource control policy", "a resource control policy");

  private final String awsName;
  private final String name;

  PolicyKind(String awsName, String name) {
    this.awsName = awsName;
    this.name = name;
  }

  /// The kind as AWS names it in a refusal, with its article: `an identity-based policy`.
  public String awsName() {
    return awsName;
  }

  /// The kind with its article: `a trust policy`.
  public String withArticle() {
    return name;
  }

  /// The kind: `trust policy`.
  @Override
  public String toString() {
    return bare(name);
  }

  static String bare(String name) {
    return name.substring(name.indexOf(' ') + 1);
  }

  /// Whether statements say whom they are about.
  boolean namesPrincipals() {
    return this == TRUST || this == RESOURCE || this == RESOURCE_CONTROL;
  }
}
