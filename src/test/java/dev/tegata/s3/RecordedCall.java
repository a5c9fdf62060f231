package dev.tegata.s3;

import dev.tegata.arn.AccountId;
import dev.tegata.authorization.Call;
import dev.tegata.aws.Refusal;
import dev.tegata.aws.S3Error;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/// A call that asks one predicate instead of policies, and remembers what it was asked.
record RecordedCall(
    AccountId account, Instant time, Predicate<Access> policy, List<Access> required)
    implements Call {

  RecordedCall(AccountId account, Instant time, Predicate<Access> policy) {
    this(account, time, policy, new ArrayList<>());
  }

  @Override
  public String requestId() {
    return "4442587FB7D0A2F9";
  }

  @Override
  public void require(Access access) {
    required.add(access);
    if (!allows(access)) {
      throw new Refusal(
          new S3Error.AccessDenied(
              "not authorized to perform: %s on resource: \"%s\""
                  .formatted(access.action(), access.resource())));
    }
  }

  @Override
  public boolean allows(Access access) {
    return policy.test(access);
  }
}
