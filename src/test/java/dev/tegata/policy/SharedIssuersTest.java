package dev.tegata.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

class SharedIssuersTest {

  @ParameterizedTest(name = "{0}: {1}")
  @CsvFileSource(
      resources = "/vectors/policy/shared-issuers.tsv",
      delimiter = '\t',
      quoteCharacter = '\0',
      numLinesToSkip = 1)
  void a_shared_issuer_needs_a_key_that_says_whose_token_it_is(
      String issuer, String condition, String action, String objection) {
    String provider =
        issuer.equals("cognito-identity.amazonaws.com")
            ? issuer
            : "arn:aws:iam::123456789012:oidc-provider/" + issuer;
    String document =
        """
        {"Version": "2012-10-17", "Statement": [
          {"Effect": "Deny", "Principal": {"Federated": "%1$s"}, "Action": "sts:*"},
          {"Effect": "Allow", "Principal": {"Federated": "%1$s"}, "Action": "%2$s",
           "Condition": %3$s}]}
        """
            .formatted(provider, action, condition);
    assertThat(SharedIssuers.objection(Policy.parse(PolicyKind.TRUST, document)).orElse("-"))
        .isEqualTo(
            objection.startsWith("must ")
                ? "Trust policy with trusted principal " + provider + " " + objection
                : objection);
  }
}
