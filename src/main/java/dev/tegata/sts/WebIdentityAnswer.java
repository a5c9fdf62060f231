package dev.tegata.sts;

import dev.tegata.authentication.Session;
import dev.tegata.authentication.Session.WebIdentity;
import software.amazon.awssdk.services.sts.model.AssumeRoleWithWebIdentityResponse;
import software.amazon.awssdk.services.sts.model.AssumedRoleUser;
import software.amazon.awssdk.services.sts.model.Credentials;

/// Writes a session down as the answer of [AssumeRoleWithWebIdentity].
final class WebIdentityAnswer {
  private WebIdentityAnswer() {}

  @SuppressWarnings("deprecation") // because AWS sends the packed size all the same
  static AssumeRoleWithWebIdentityResponse of(
      Session session, Credentials credentials, int packedSize) {
    WebIdentity identity = session.webIdentity().orElseThrow();
    AssumeRoleWithWebIdentityResponse.Builder answer =
        AssumeRoleWithWebIdentityResponse.builder()
            .credentials(credentials)
            .subjectFromWebIdentityToken(identity.subject())
            .assumedRoleUser(
                AssumedRoleUser.builder()
                    .assumedRoleId(session.holder().userId())
                    .arn(session.holder().arn().toString())
                    .build())
            .packedPolicySize(packedSize)
            .provider(identity.provider().toString())
            .audience(identity.audience());
    session.sourceIdentity().ifPresent(answer::sourceIdentity);
    return answer.build();
  }
}
