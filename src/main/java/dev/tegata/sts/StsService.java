package dev.tegata.sts;

import dev.tegata.audit.AuditEvent.Source;
import dev.tegata.authentication.Caller;
import dev.tegata.authorization.AuthorizedCall;
import dev.tegata.aws.QueryOperation;
import dev.tegata.aws.QueryService;
import java.util.List;
import software.amazon.awssdk.services.sts.model.AssumeRoleWithWebIdentityRequest;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityRequest;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;

/// The operations of STS: those that anybody may ask for, and those that take a signature.
public final class StsService {
  /// The API version that requests name.
  public static final String VERSION = "2011-06-15";

  private static final String NAME = "sts";
  private static final String NAMESPACE = "https://sts.amazonaws.com/doc/2011-06-15/";

  private StsService() {}

  /// The operations that need no signature: the token in the request speaks for itself.
  public static QueryService<Source> unsigned(AssumeRoleWithWebIdentity exchange) {
    return new QueryService<>(
        NAME,
        NAMESPACE,
        VERSION,
        List.of(
            QueryOperation.of(
                "AssumeRoleWithWebIdentity",
                AssumeRoleWithWebIdentityRequest::builder,
                exchange::answer)));
  }

  /// The operations that need one.
  public static QueryService<AuthorizedCall> signed() {
    return new QueryService<>(
        NAME,
        NAMESPACE,
        VERSION,
        List.of(
            QueryOperation.of(
                "GetCallerIdentity",
                GetCallerIdentityRequest::builder,
                (_, call) -> callerIdentity(call.caller()))));
  }

  /// Who signed. No policy can forbid anybody to learn that.
  ///
  /// Source: <https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html>
  private static GetCallerIdentityResponse callerIdentity(Caller caller) {
    return GetCallerIdentityResponse.builder()
        .userId(caller.userId())
        .account(caller.account().digits())
        .arn(caller.arn().toString())
        .build();
  }
}
