package dev.tegata.explain;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tegata.policy.NamedPolicy;
import dev.tegata.policy.Policy;
import dev.tegata.policy.PolicyKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WeaknessesTest {

  static Stream<String[]> vectors() throws IOException {
    return Files.readAllLines(Path.of("src/test/resources/vectors/policy/weaknesses.tsv"), UTF_8)
        .stream()
        .filter(line -> !line.startsWith("#"))
        .skip(1)
        .map(line -> line.split("\t", -1));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("vectors")
  void a_policy_that_is_weaker_than_it_looks_is_called_so(String condition, String weaknesses) {
    String document =
        """
        {"Version": "2012-10-17", "Statement": {
          "Effect": "Allow",
          "Principal": {"Federated": "arn:aws:iam::123456789012:oidc-provider/host"},
          "Action": "sts:AssumeRoleWithWebIdentity",
          "Condition": %s}}
        """
            .formatted(condition);
    NamedPolicy policy = new NamedPolicy("trust", Policy.parse(PolicyKind.TRUST, document));
    assertThat(
            Weaknesses.of(policy).stream()
                .map(Weaknesses.Weakness::sentence)
                .collect(Collectors.joining("; ")))
        .isEqualTo(weaknesses);
  }
}
