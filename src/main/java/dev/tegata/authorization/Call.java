package dev.tegata.authorization;

import dev.tegata.arn.AccountId;
import dev.tegata.arn.Arn;
import dev.tegata.aws.AwsError;
import dev.tegata.aws.Refusal;
import dev.tegata.policy.NamedPolicy;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One authenticated request on its way through a service: for whom, when, and whether it may.
public interface Call {

  /// What a request is about to do. `context` holds the condition keys that only the service knows,
  /// such as `s3:prefix`; those of the caller and of the connection are added here.
  record Access(String action, Arn resource, Map<String, List<String>> context) {
    public Access {
      context = Map.copyOf(context);
    }

    /// An access with no condition keys of its own.
    public Access(String action, Arn resource) {
      this(action, resource, Map.of());
    }
  }

  /// The account of the caller.
  AccountId account();

  /// Who calls; the account's root where nobody else is known.
  default Arn callerArn() {
    return Arn.iam(account(), "root");
  }

  /// The name of the user who calls, if it is one.
  default Optional<String> userName() {
    return Optional.empty();
  }

  /// Whether the account's root calls.
  default boolean isRoot() {
    return false;
  }

  /// Whether whoever started the program calls, not somebody who has signed a request.
  default boolean isOperator() {
    return false;
  }

  /// When the request came: the one reading of the clock that all of its checks share.
  Instant time();

  /// The id under which client and operator speak of this request.
  String requestId();

  /// Lets the request go on only if the policies allow `access`, and records the decision.
  ///
  /// @throws Refusal when they do not
  void require(Access access);

  /// The same where a policy of the resource may allow it, too, as far as this call asks policies.
  default void require(Access access, NamedPolicy ofResource) {
    require(access);
  }

  /// The refusal of `access` by `error` that policies were not asked about; its reason is recorded.
  default Refusal refused(Access access, AwsError error, String why) {
    return new Refusal(error);
  }

  /// Whether the policies would allow `access`, for an answer that depends on it; not recorded.
  boolean allows(Access access);
}
