package dev.tegata.policy;

/// What the policies say of one request, and which statement said it.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html>
public sealed interface Decision {

  /// A statement allows, none denies, and no limit stands in the way.
  record Allowed(StatementId by) implements Decision {}

  /// A statement denies; no allow can undo it.
  record ExplicitlyDenied(StatementId by, PolicyKind kind) implements Decision {}

  /// No policy of `kind` allows.
  record ImplicitlyDenied(PolicyKind kind) implements Decision {}

  default boolean isAllowed() {
    return this instanceof Allowed;
  }

  /// The sentence that an operator reads in the audit log.
  default String explanation() {
    return switch (this) {
      case Allowed(var by) -> "allowed by " + by;
      case ExplicitlyDenied(var by, var kind) -> "denied by " + by + ", in " + kind.withArticle();
      case ImplicitlyDenied(var kind) -> "denied: no " + kind + " allows it";
    };
  }

  /// What AWS appends to the refusal of `action`; nothing when it is allowed.
  default String awsReason(String action) {
    return switch (this) {
      case Allowed _ -> "";
      case ExplicitlyDenied(var _, var kind) -> "with an explicit deny in " + kind.awsName();
      case ImplicitlyDenied(var kind) ->
          "because no %s allows the %s action".formatted(PolicyKind.bare(kind.awsName()), action);
    };
  }
}
