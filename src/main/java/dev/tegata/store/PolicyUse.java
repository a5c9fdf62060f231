package dev.tegata.store;

import dev.tegata.arn.Arn;

/// How many roles of one account have `policy` attached, and how many are bounded by it.
public record PolicyUse(Arn policy, long attachments, long boundaries) {
  public boolean isUsed() {
    return attachments > 0 || boundaries > 0;
  }
}
