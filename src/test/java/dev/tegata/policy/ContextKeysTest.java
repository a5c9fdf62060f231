package dev.tegata.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ContextKeysTest {
  private static final String POLICY =
      """
      {"Version": "%s", "Statement": [{
        "Effect": "Allow", "Action": "s3:*", "Resource": [
          "arn:aws:s3:::home/${aws:username}/${s3:prefix, 'none'}/${*}", "*"],
        "Condition": {
          "StringLike": {"s3:prefix": ["${AWS:username}/*"], "aws:PrincipalTag/Team": "a"},
          "ArnLike": {"aws:SourceArn": "arn:aws:s3:::${aws:PrincipalTag/bucket}"},
          "NumericLessThan": {"s3:max-keys": 10}}}]}
      """;

  @Test
  void a_policy_names_each_key_that_its_conditions_and_variables_read() {
    Policy policy = Policy.parse(PolicyKind.SESSION, POLICY.formatted("2012-10-17"));
    assertThat(policy.contextKeys())
        .containsExactly(
            "aws:PrincipalTag/bucket",
            "aws:PrincipalTag/Team",
            "aws:SourceArn",
            "aws:username",
            "s3:max-keys",
            "s3:prefix");
  }

  @Test
  void a_policy_of_the_old_version_has_no_variables() {
    Policy policy = Policy.parse(PolicyKind.SESSION, POLICY.formatted("2008-10-17"));
    assertThat(policy.contextKeys())
        .containsExactly("aws:PrincipalTag/Team", "aws:SourceArn", "s3:max-keys", "s3:prefix");
  }
}
