package dev.tegata.question;

import dev.tegata.aws.AwsError;
import dev.tegata.aws.StsError.InvalidIdentityToken;
import dev.tegata.explain.Explanation;
import dev.tegata.federation.ConditionClaims;
import dev.tegata.policy.Context;
import dev.tegata.policy.Decision;
import dev.tegata.question.TrustAnswer.Asked;
import dev.tegata.question.TrustAnswer.NotAsked;
import dev.tegata.store.Identities;
import dev.tegata.store.OidcProvider;
import dev.tegata.store.Role;
import dev.tegata.sts.SessionTagRules;
import dev.tegata.sts.TokenRefusals;
import dev.tegata.sts.WebIdentityTrust;
import dev.tegata.sts.WebIdentityTrust.Answer;
import dev.tegata.sts.WebIdentityTrust.Presented;
import dev.tegata.token.AwsClaims.Malformed;
import dev.tegata.token.AwsClaims.Requested;
import dev.tegata.token.IdTokenClaims;
import dev.tegata.token.Rejection;
import dev.tegata.token.Rejection.AudienceNotRegistered;
import dev.tegata.token.Rejection.IssuerNotTrusted;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/// Would a token with these claims get a session of `role`?
///
/// Checks what STS checks, in its order, but for the signature and the times.
public record TrustQuestion(
    Role role, IdTokenClaims claims, ConditionClaims conditionClaims, Circumstances circumstances) {

  /// Asks what `now` holds.
  public TrustAnswer ask(Identities now) {
    Optional<OidcProvider> provider = now.provider(role.account(), claims.issuer());
    if (provider.isEmpty()) {
      return refused(new IssuerNotTrusted(claims.issuer()), withoutProvider(now));
    }
    OidcProvider found = provider.get();
    if (!found.clientIds().contains(claims.audience())) {
      return refused(
          new AudienceNotRegistered(claims.audience(), new HashSet<>(found.clientIds())),
          withoutAudience(found));
    }
    return switch (SessionTagRules.requested(claims, role.arn())) {
      case Requested requested -> ask(new Presented(found, claims, keys(found), requested));
      case Malformed(var message, var why) ->
          new NotAsked(client(new InvalidIdentityToken(message)), why, List.of());
    };
  }

  private Context keys(OidcProvider provider) {
    Context.Builder keys = Context.builder();
    conditionClaims.put(provider.url(), claims, keys);
    return keys.build();
  }

  private Asked ask(Presented presented) {
    Answer answer =
        WebIdentityTrust.of(role, presented, circumstances.visit())
            .with(circumstances.more())
            .ask();
    Decision decision = answer.decision();
    String client = decision.isAllowed() ? "" : "Not authorized to perform " + answer.action();
    return new Asked(
        presented, client, Explanation.of(answer.request(), answer.policies(), decision));
  }

  private static NotAsked refused(Rejection rejection, List<String> advice) {
    return new NotAsked(client(TokenRefusals.of(rejection)), rejection.reason(), advice);
  }

  private static String client(AwsError error) {
    return error.wire().message();
  }

  private List<String> withoutProvider(Identities now) {
    List<String> known = now.providers(role.account()).stream().map(OidcProvider::issuer).toList();
    return List.of(
        known.isEmpty()
            ? "the account has no OIDC provider"
            : "the account has a provider for " + String.join(", ", known),
        "to trust this issuer: aws iam create-open-id-connect-provider --url %s --client-id-list %s"
            .formatted(claims.issuer(), claims.audience()));
  }

  private List<String> withoutAudience(OidcProvider provider) {
    return List.of(
        provider.clientIds().isEmpty()
            ? "the provider has no client id, so it takes no token at all"
            : "either ask for a token with an audience that it has, such as "
                + provider.clientIds().getFirst(),
        "or register this one: aws iam add-client-id-to-open-id-connect-provider"
            + " --open-id-connect-provider-arn %s --client-id %s"
                .formatted(provider.arn(), claims.audience()));
  }
}
