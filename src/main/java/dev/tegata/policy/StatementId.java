package dev.tegata.policy;

/// Names a statement: its policy, its place there counted from 0, and its `Sid` or nothing.
public record StatementId(String policy, int index, String sid) {

  /// For people: `AmazonS3ReadOnlyAccess statement 1`, with the `Sid` in quotes if there is one.
  @Override
  public String toString() {
    return policy + " statement " + (index + 1) + (sid.isEmpty() ? "" : " \"" + sid + "\"");
  }
}
