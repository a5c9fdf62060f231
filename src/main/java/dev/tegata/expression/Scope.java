package dev.tegata.expression;

import java.util.List;

/// What an expression may ask of the place and the moment in which it is evaluated.
public interface Scope {
  /// The context of that lower-case name, and null for one that is not there.
  Value context(String name);

  /// Whether all went well before; with `jobs`, whether those did.
  boolean success(List<String> jobs);

  /// Whether something failed before; with `jobs`, whether one of those did.
  boolean failure(List<String> jobs);

  boolean cancelled();

  /// One hash over the workspace's files that match `patterns`; empty when none does.
  String hashFiles(List<String> patterns);
}
