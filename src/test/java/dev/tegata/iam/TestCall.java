package dev.tegata.iam;

import dev.tegata.arn.AccountId;
import dev.tegata.authorization.Call;
import dev.tegata.aws.CommonError.AccessDenied;
import dev.tegata.aws.Refusal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/// A call that remembers what was required of it.
record TestCall(AccountId account, Instant time, List<Access> required, Predicate<Access> allowed)
    implements Call {

  /// A call that may do everything.
  static TestCall allowingAll(AccountId account, Instant time) {
    return new TestCall(account, time, new ArrayList<>(), _ -> true);
  }

  @Override
  public String requestId() {
    return "01234567-89ab-4def-8123-456789abcdef";
  }

  @Override
  public void require(Access access) {
    required.add(access);
    if (!allowed.test(access)) {
      throw new Refusal(new AccessDenied("not authorized to perform: " + access.action()));
    }
  }

  @Override
  public boolean allows(Access access) {
    return allowed.test(access);
  }
}
