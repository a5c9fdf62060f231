package dev.tegata.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tegata.arn.AccountId;
import dev.tegata.arn.Arn;
import org.junit.jupiter.api.Test;

class TrustTest {
  private static final AccountId ACCOUNT = new AccountId("123456789012");
  private static final Arn GITHUB =
      Arn.iam(ACCOUNT, "oidc-provider/token.actions.githubusercontent.com");
  private static final Policy TRUST =
      Policy.parse(
          PolicyKind.TRUST,
          """
          {"Version": "2012-10-17", "Statement": {
            "Effect": "Allow",
            "Principal": {"Federated":
              "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com"},
            "Action": "sts:AssumeRoleWithWebIdentity",
            "Condition": {
              "StringEquals": {"token.actions.githubusercontent.com:aud": "sts.amazonaws.com"},
              "StringLike": {"token.actions.githubusercontent.com:sub": "repo:octo-org/octo-repo:*"}
          }}}
          """);

  private static Decision decide(String subject) {
    Context context =
        Context.builder()
            .put("token.actions.githubusercontent.com:aud", "sts.amazonaws.com")
            .put("token.actions.githubusercontent.com:sub", subject)
            .build();
    return Evaluation.decide(
        new Request(
            new RequestPrincipal.WebIdentity(GITHUB),
            "sts:AssumeRoleWithWebIdentity",
            Arn.iam(ACCOUNT, "role/deploy"),
            context),
        PolicySet.trust(new NamedPolicy("trust policy", TRUST)));
  }

  @Test
  void a_subject_that_fits_is_let_in_by_the_statement_that_names_it() {
    assertThat(decide("repo:octo-org/octo-repo:ref:refs/heads/main").explanation())
        .isEqualTo("allowed by trust policy statement 1");
  }

  @Test
  void another_repository_is_refused_for_want_of_an_allow() {
    assertThat(decide("repo:octo-org/other:ref:refs/heads/main"))
        .isEqualTo(new Decision.ImplicitlyDenied(PolicyKind.TRUST));
  }

  @Test
  void a_trust_policy_that_asks_for_a_subject_passes_the_rule_for_shared_issuers() {
    assertThat(SharedIssuers.objection(TRUST)).isEmpty();
  }

  @Test
  void a_trust_policy_that_asks_only_for_the_audience_does_not() {
    Policy open =
        Policy.parse(
            PolicyKind.TRUST,
            TRUST.toJson().replace("githubusercontent.com:sub", "githubusercontent.com:ref"));
    assertThat(SharedIssuers.objection(open))
        .hasValue(
            "Trust policy with trusted principal"
                + " arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com"
                + " must evaluate, using StringEquals, StringLike or StringEqualsIgnoreCase,"
                + " token.actions.githubusercontent.com:sub or"
                + " token.actions.githubusercontent.com:job_workflow_ref which is not scoped to"
                + " all.");
  }
}
