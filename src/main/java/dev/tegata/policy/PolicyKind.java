package dev.tegata.policy;

/// What a policy is for, which decides what it may hold.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies.html>
public enum PolicyKind {
  /// What a role or user may do: no principal.
  IDENTITY("an identity-based policy"),
  /// Who may become a role: a principal, no resource, only actions of STS.
  TRUST("a resource-based policy"),
  /// Who may do what with a resource such as a bucket.
  RESOURCE("a resource-based policy"),
  /// What a session may do of what its role may.
  SESSION("a session policy"),
  /// What a role or user may do at most.
  BOUNDARY("a permissions boundary"),
  /// What the identities of an account may do at most.
  SERVICE_CONTROL("a service control policy"),
  /// What may be done at most with the resources of an account.
  RESOURCE_CONTROL("a resource control policy");

  private final String name;

  PolicyKind(String name) {
    this.name = name;
  }

  /// The kind as AWS names it, such as `an identity-based policy`.
  public String withArticle() {
    return name;
  }

  /// The kind as AWS names it, such as `identity-based policy`.
  public String withoutArticle() {
    return name.substring(name.indexOf(' ') + 1);
  }

  /// Whether statements say whom they are about.
  boolean namesPrincipals() {
    return this == TRUST || this == RESOURCE || this == RESOURCE_CONTROL;
  }
}
