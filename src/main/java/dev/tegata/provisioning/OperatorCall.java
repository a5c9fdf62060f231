package dev.tegata.provisioning;

import dev.tegata.arn.AccountId;
import dev.tegata.authorization.Call;
import java.time.Instant;

/// A call of whoever started the program, who may do everything in it.
public record OperatorCall(AccountId account, Instant time) implements Call {

  @Override
  public String requestId() {
    return "template";
  }

  @Override
  public boolean isOperator() {
    return true;
  }

  @Override
  public void require(Access access) {
    // the operator could as well write to the database
  }

  @Override
  public boolean allows(Access access) {
    return true;
  }
}
