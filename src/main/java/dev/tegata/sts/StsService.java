package dev.tegata.sts;

import dev.tegata.authentication.Caller;
import dev.tegata.authentication.Caller.Federated;
import dev.tegata.authentication.Caller.RoleSession;
import dev.tegata.authentication.Caller.Root;
import dev.tegata.authentication.Caller.RootSession;
import dev.tegata.authentication.Caller.User;
import dev.tegata.authentication.Caller.UserSession;
import dev.tegata.authentication.SecondFactors;
import dev.tegata.authorization.AuthorizedCall;
import dev.tegata.aws.CommonError.AccessDenied;
import dev.tegata.aws.QueryOperation;
import dev.tegata.aws.QueryService;
import dev.tegata.aws.Refusal;
import dev.tegata.federation.WebIdentities;
import dev.tegata.issuer.OutboundFederation;
import dev.tegata.store.IdentityStore;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;
import software.amazon.awssdk.services.sts.model.AssumeRoleWithSamlRequest;
import software.amazon.awssdk.services.sts.model.AssumeRoleWithSamlResponse;
import software.amazon.awssdk.services.sts.model.AssumeRoleWithWebIdentityRequest;
import software.amazon.awssdk.services.sts.model.AssumeRootRequest;
import software.amazon.awssdk.services.sts.model.AssumeRootResponse;
import software.amazon.awssdk.services.sts.model.DecodeAuthorizationMessageRequest;
import software.amazon.awssdk.services.sts.model.GetAccessKeyInfoRequest;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityRequest;
import software.amazon.awssdk.services.sts.model.GetDelegatedAccessTokenRequest;
import software.amazon.awssdk.services.sts.model.GetDelegatedAccessTokenResponse;
import software.amazon.awssdk.services.sts.model.GetFederationTokenRequest;
import software.amazon.awssdk.services.sts.model.GetSessionTokenRequest;
import software.amazon.awssdk.services.sts.model.GetWebIdentityTokenRequest;
import software.amazon.awssdk.utils.builder.SdkBuilder;

/// The operations of STS: those that anybody may ask for, and those that take a signature.
public final class StsService {
  /// The API version that requests name.
  public static final String VERSION = "2011-06-15";

  private static final String NAME = "sts";
  private static final String NAMESPACE = "https://sts.amazonaws.com/doc/2011-06-15/";

  private final AssumeRoleWithWebIdentity exchange;
  private final AssumeRole assumeRole;
  private final LongTermCallers longTerm;
  private final Diagnosis diagnosis;
  private final GetWebIdentityToken webIdentityToken;

  /// By what callers prove more than a signature does.
  public record Proofs(WebIdentities webIdentities, SecondFactors secondFactors) {}

  public StsService(
      IdentityStore identities, Proofs proofs, NewSessions sessions, OutboundFederation outbound) {
    SecondFactor secondFactor = new SecondFactor(proofs.secondFactors);
    this.exchange = new AssumeRoleWithWebIdentity(identities, proofs.webIdentities, sessions);
    this.assumeRole = new AssumeRole(identities, sessions, secondFactor);
    this.longTerm = new LongTermCallers(identities, sessions, secondFactor);
    this.diagnosis = new Diagnosis(identities);
    this.webIdentityToken = new GetWebIdentityToken(outbound, sessions.random());
  }

  /// The operations that need no signature: the token in the request speaks for itself.
  public QueryService<UnsignedCall> unsigned() {
    return new QueryService<>(
        NAME,
        NAMESPACE,
        VERSION,
        List.of(
            QueryOperation.of(
                "AssumeRoleWithWebIdentity",
                AssumeRoleWithWebIdentityRequest::builder,
                exchange::answer),
            QueryOperation
                .<UnsignedCall, AssumeRoleWithSamlRequest, AssumeRoleWithSamlResponse,
                    AssumeRoleWithSamlRequest.Builder>
                    of(
                        "AssumeRoleWithSAML",
                        AssumeRoleWithSamlRequest::builder,
                        (request, _) -> {
                          throw NotOffered.saml(request);
                        })));
  }

  /// The operations that need one.
  public QueryService<AuthorizedCall> signed() {
    return new QueryService<>(
        NAME,
        NAMESPACE,
        VERSION,
        List.of(
            QueryOperation.of("AssumeRole", AssumeRoleRequest::builder, assumeRole::answer),
            QueryOperation.of(
                "GetCallerIdentity", GetCallerIdentityRequest::builder, diagnosis::callerIdentity),
            QueryOperation.of(
                "GetSessionToken", GetSessionTokenRequest::builder, longTerm::sessionToken),
            QueryOperation.of(
                "GetFederationToken",
                GetFederationTokenRequest::builder,
                longTerm::federationToken),
            StsService.<AssumeRootRequest, AssumeRootResponse, AssumeRootRequest.Builder>further(
                "AssumeRoot",
                AssumeRootRequest::builder,
                (request, call) -> {
                  throw NotOffered.root(request, call);
                }),
            further(
                "DecodeAuthorizationMessage",
                DecodeAuthorizationMessageRequest::builder,
                diagnosis::authorizationMessage),
            further("GetAccessKeyInfo", GetAccessKeyInfoRequest::builder, diagnosis::accessKeyInfo),
            StsService
                .<GetDelegatedAccessTokenRequest, GetDelegatedAccessTokenResponse,
                    GetDelegatedAccessTokenRequest.Builder>
                    further(
                        "GetDelegatedAccessToken",
                        GetDelegatedAccessTokenRequest::builder,
                        (_, call) -> {
                          throw NotOffered.delegated(call);
                        }),
            further(
                "GetWebIdentityToken",
                GetWebIdentityTokenRequest::builder,
                webIdentityToken::answer)));
  }

  /// An operation that is closed to those who signed with what GetSessionToken or
  /// GetFederationToken gave.
  ///
  /// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_sts-comparison.html>
  private static <I extends SdkPojo, O extends SdkPojo, B extends SdkPojo & SdkBuilder<B, I>>
      QueryOperation<AuthorizedCall, I, O> further(
          String name, Supplier<B> builder, BiFunction<I, AuthorizedCall, O> function) {
    return QueryOperation.of(
        name,
        builder,
        (request, call) -> {
          requireFull(name, call.caller());
          return function.apply(request, call);
        });
  }

  private static void requireFull(String operation, Caller caller) {
    switch (caller) {
      case Root _, User _, RoleSession _ -> {}
      case RootSession _, UserSession _, Federated _ ->
          throw new Refusal(
              new AccessDenied("Cannot call " + operation + " with session credentials"));
    }
  }
}
