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
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

class ExplanationTest {
  private static final AccountId ACCOUNT = new AccountId("123456789012");
  private static final String ISSUER = "token.actions.githubusercontent.com";

  private static Explanation explain(String subjectPattern, String subject) {
    return explain(
        "{\"StringEquals\": {\"%1$s:aud\": \"sts.amazonaws.com\"}, \"StringLike\": {\"%1$s:sub\": \"%2$s\"}}"
            .formatted(ISSUER, subjectPattern),
        Context.builder().put(ISSUER + ":aud", "sts.amazonaws.com").put(ISSUER + ":sub", subject));
  }

  private static Explanation explain(String condition, Context.Builder context) {
    String trust =
        """
        {"Version": "2012-10-17", "Statement": {
          "Effect": "Allow",
          "Principal": {"Federated": "arn:aws:iam::123456789012:oidc-provider/%s"},
          "Action": "sts:AssumeRoleWithWebIdentity",
          "Condition": %s}}
        """
            .formatted(ISSUER, condition);
    return Explanation.of(
        new Request(
            new WebIdentity(Arn.iam(ACCOUNT, "oidc-provider/" + ISSUER)),
            "sts:AssumeRoleWithWebIdentity",
            Arn.iam(ACCOUNT, "role/deploy"),
            context.build()),
        PolicySet.trust(new NamedPolicy("trust policy", Policy.parse(PolicyKind.TRUST, trust))));
  }

  /// What a job of GitHub is refused for most often; each must say what to change.
  private enum Refused {
    OWNER_AND_REPOSITORY_IDS(
        "\"StringLike\": {\"$:sub\": \"repo:octo-org/octo-repo:*\"}",
        "repo:octo-org@123456/octo-repo@456789:ref:refs/heads/main",
        "sts.amazonaws.com"),
    AN_ENVIRONMENT_IN_PLACE_OF_THE_BRANCH(
        "\"StringEquals\": {\"$:sub\": \"repo:octo-org/octo-repo:ref:refs/heads/main\"}",
        "repo:octo-org/octo-repo:environment:production",
        "sts.amazonaws.com"),
    A_PULL_REQUEST(
        "\"StringLike\": {\"$:sub\": [\"repo:octo-org/octo-repo:ref:refs/heads/main\", \"repo:octo-org/octo-repo:ref:refs/tags/*\"]}",
        "repo:octo-org/octo-repo:pull_request",
        "sts.amazonaws.com"),
    A_WILDCARD_UNDER_STRING_EQUALS(
        "\"StringEquals\": {\"$:sub\": \"repo:octo-org/octo-repo:*\"}",
        "repo:octo-org/octo-repo:ref:refs/heads/main",
        "sts.amazonaws.com"),
    ANOTHER_AUDIENCE(
        "\"StringEquals\": {\"$:aud\": \"sts.amazonaws.com\"}, \"StringLike\": {\"$:sub\": \"repo:octo-org/octo-repo:*\"}",
        "repo:octo-org/octo-repo:ref:refs/heads/main",
        "https://github.com/octo-org"),
    A_CLAIM_THAT_IS_NO_KEY(
        "\"StringEquals\": {\"$:repository_owner\": \"octo-org\"}, \"StringLike\": {\"$:sub\": \"repo:octo-org/octo-repo:*\"}",
        "repo:octo-org/octo-repo:ref:refs/heads/main",
        "sts.amazonaws.com"),
    NO_ENVIRONMENT(
        "\"StringEquals\": {\"$:environment\": \"production\"}, \"StringLike\": {\"$:sub\": \"repo:octo-org/octo-repo:*\"}",
        "repo:octo-org/octo-repo:ref:refs/heads/main",
        "sts.amazonaws.com"),
    UPPER_AND_LOWER_CASE(
        "\"StringLike\": {\"$:sub\": \"repo:Octo-Org/octo-repo:*\"}",
        "repo:octo-org/octo-repo:ref:refs/heads/main",
        "sts.amazonaws.com");

    private final String conditions;
    private final String subject;
    private final String audience;

    Refused(String conditions, String subject, String audience) {
      this.conditions = conditions;
      this.subject = subject;
      this.audience = audience;
    }

    Explanation explanation() {
      return explain(
          "{" + conditions.replace("$", ISSUER) + "}",
          Context.builder().put(ISSUER + ":sub", subject).put(ISSUER + ":aud", audience));
    }
  }

  @Test
  void a_refused_job_of_github_is_told_what_to_change() throws IOException {
    StringBuilder texts = new StringBuilder();
    for (Refused refused : Refused.values()) {
      texts
          .append("## " + refused.name().toLowerCase(Locale.ROOT).replace('_', ' ') + "\n\n")
          .append(refused.explanation().reason().text())
          .append('\n');
    }
    assertGolden("policy/explain-github-refusals.txt", texts.toString());
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
            "the operator takes `*` and `?` for themselves: move"
                + " `repo:octo-org/octo-repo:*` to StringLike, where it matches");
  }
}
