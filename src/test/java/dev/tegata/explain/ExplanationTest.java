package dev.tegata.explain;

import static dev.tegata.Golden.assertGolden;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tegata.arn.AccountId;
import dev.tegata.arn.Arn;
import dev.tegata.policy.Context;
import dev.tegata.policy.NamedPolicy;
import dev.tegata.policy.Policy;
import dev.tegata.policy.PolicyKind;
import dev.tegata.policy.PolicySet;
import dev.tegata.policy.Request;
import dev.tegata.policy.RequestPrincipal.WebIdentity;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

class ExplanationTest {
  private static final AccountId ACCOUNT = new AccountId("123456789012");
  private static final String ISSUER = "token.actions.githubusercontent.com";

  private static Explanation explain(String subjectPattern, String subject) {
    String trust =
        """
        {"Version": "2012-10-17", "Statement": {
          "Effect": "Allow",
          "Principal": {"Federated": "arn:aws:iam::123456789012:oidc-provider/%1$s"},
          "Action": "sts:AssumeRoleWithWebIdentity",
          "Condition": {
            "StringEquals": {"%1$s:aud": "sts.amazonaws.com"},
            "StringLike": {"%1$s:sub": "%2$s"}}}}
        """
            .formatted(ISSUER, subjectPattern);
    Context context =
        Context.builder()
            .put(ISSUER + ":aud", "sts.amazonaws.com")
            .put(ISSUER + ":sub", subject)
            .build();
    return Explanation.of(
        new Request(
            new WebIdentity(Arn.iam(ACCOUNT, "oidc-provider/" + ISSUER)),
            "sts:AssumeRoleWithWebIdentity",
            Arn.iam(ACCOUNT, "role/deploy"),
            context),
        PolicySet.trust(new NamedPolicy("trust policy", Policy.parse(PolicyKind.TRUST, trust))));
  }

  @Test
  void a_refused_subject_is_explained_to_a_person() throws IOException {
    Explanation explanation =
        explain(
            "repo:octo-org/octo-repo:*",
            "repo:octo-org@123456/octo-repo@456789:ref:refs/heads/main");
    assertGolden("policy/explain-immutable-subject.txt", explanation.text());
    assertGolden("policy/explain-immutable-subject.json", explanation.toJson() + "\n");
  }

  @Test
  void an_allowed_one_is_explained_as_well() throws IOException {
    assertGolden(
        "policy/explain-allowed.txt",
        explain("repo:octo-org*", "repo:octo-org/octo-repo:ref:refs/heads/main").text());
  }

  @ParameterizedTest(name = "{0} and {1}")
  @CsvFileSource(
      resources = "/vectors/policy/subjects.tsv",
      delimiter = '\t',
      quoteCharacter = '\0',
      numLinesToSkip = 1)
  void a_subject_that_does_not_fit_is_told_apart_in_the_issuers_words(
      String expected, String found, String sentences) {
    assertThat(String.join("; ", SubjectAdvice.differences(expected, found, true)))
        .isEqualTo(sentences == null ? "" : sentences);
  }

  @Test
  void a_pattern_under_an_operator_that_takes_none_is_pointed_out() {
    assertThat(
            SubjectAdvice.differences(
                "repo:octo-org/octo-repo:*", "repo:octo-org/octo-repo:ref:refs/heads/main", false))
        .containsExactly(
            "StringEquals takes `*` and `?` for themselves: with StringLike,"
                + " `repo:octo-org/octo-repo:*` would match");
  }
}
