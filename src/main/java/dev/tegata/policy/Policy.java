package dev.tegata.policy;

import java.util.Collections;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

/// A policy, read once and prepared to be asked often.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html>
public final class Policy {
  /// The longest document that any operation takes, in characters.
  public static final int MAX_LENGTH = 131_072;

  private final PolicyKind kind;
  private final String json;
  private final boolean variables;
  private final List<Statement> statements;
  private final StatementIndex index;

  Policy(PolicyKind kind, String json, boolean variables, List<Statement> statements) {
    this.variables = variables;
    this.kind = kind;
    this.json = json;
    this.statements = List.copyOf(statements);
    this.index = StatementIndex.of(List.of(this.statements));
  }

  /// Reads a policy of `kind`.
  ///
  /// @throws PolicyFault when `json` is none, or holds what the kind forbids
  public static Policy parse(PolicyKind kind, String json) {
    return PolicyReader.read(kind, json);
  }

  /// Reads a managed policy, which must be of the current version; an inline one need not be.
  ///
  /// @throws PolicyFault when `json` is none
  public static Policy parseManaged(String json) {
    return PolicyReader.readManaged(json);
  }

  public PolicyKind kind() {
    return kind;
  }

  public List<Statement> statements() {
    return statements;
  }

  /// Whether its version has variables, that is, whether it is `2012-10-17`.
  public boolean hasVariables() {
    return variables;
  }

  /// The condition keys that its statements read, in conditions or as variables: each once, in
  /// whatever case, and as it is written where it first stands.
  public NavigableSet<String> contextKeys() {
    NavigableSet<String> keys = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    statements.stream().flatMap(Statement::contextKeys).forEach(keys::add);
    return Collections.unmodifiableNavigableSet(keys);
  }

  /// The document as it was read.
  public String toJson() {
    return json;
  }

  /// How many characters AWS counts against its quotas: all but white space.
  public int size() {
    return (int) json.chars().filter(c -> c != ' ' && c != '\t' && c != '\r' && c != '\n').count();
  }

  StatementIndex index() {
    return index;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Policy policy && policy.kind == kind && policy.json.equals(json);
  }

  @Override
  public int hashCode() {
    return json.hashCode();
  }

  @Override
  public String toString() {
    return json;
  }
}
