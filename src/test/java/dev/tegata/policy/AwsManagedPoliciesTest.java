package dev.tegata.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tegata.arn.AccountId;
import dev.tegata.arn.Arn;
import dev.tegata.policy.AwsManagedPolicies.Listed;
import dev.tegata.policy.RequestPrincipal.Root;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AwsManagedPoliciesTest {

  @ParameterizedTest(name = "{0} and {1}: {2}")
  @CsvSource({
    "AdministratorAccess, s3:DeleteBucket, true",
    "AmazonS3FullAccess, s3:DeleteBucket, true",
    "AmazonS3FullAccess, iam:GetRole, false",
    "AmazonS3ReadOnlyAccess, s3:GetObject, true",
    "AmazonS3ReadOnlyAccess, s3:PutObject, false",
    "IAMFullAccess, iam:CreateRole, true",
    "IAMReadOnlyAccess, iam:GetRole, true",
    "IAMReadOnlyAccess, iam:CreateRole, false",
    "PowerUserAccess, s3:DeleteBucket, true",
    "PowerUserAccess, iam:CreateRole, false",
    "PowerUserAccess, iam:ListRoles, true",
    "ReadOnlyAccess, s3:GetObject, true",
    "ReadOnlyAccess, iam:SimulateCustomPolicy, true",
    "ReadOnlyAccess, sts:GetCallerIdentity, true",
    "ReadOnlyAccess, s3:PutObject, false",
    "ReadOnlyAccess, sts:AssumeRole, false",
    "ReadOnlyAccess, secretsmanager:GetSecretValue, false",
    "AWSDenyAll, s3:GetObject, false",
    "IAMUserChangePassword, iam:GetAccountPasswordPolicy, true"
  })
  void a_managed_policy_allows_what_it_is_known_for(String name, String action, boolean allowed) {
    NamedPolicy policy =
        AwsManagedPolicies.find(Arn.parse("arn:aws:iam::aws:policy/" + name)).orElseThrow();
    Request request =
        new Request(
            new Root(new AccountId("123456789012")),
            action,
            Arn.parse("arn:aws:s3:::bucket"),
            Context.empty());
    assertThat(Evaluation.decide(request, PolicySet.identity(List.of(policy))).isAllowed())
        .isEqualTo(allowed);
  }

  @Test
  void what_is_not_managed_by_aws_is_not_found() {
    for (String arn :
        List.of(
            "arn:aws:iam::aws:policy/Nothing",
            "arn:aws:iam::123456789012:policy/AdministratorAccess",
            "arn:aws:iam::aws:policy/../shared-issuers",
            "arn:aws:iam::aws:role/AdministratorAccess")) {
      assertThat(AwsManagedPolicies.find(Arn.parse(arn))).as(arn).isEmpty();
    }
  }

  @Test
  void every_policy_is_listed_with_name_path_version_and_times_and_can_be_read() {
    assertThat(AwsManagedPolicies.all())
        .hasSizeGreaterThan(50)
        .allSatisfy(listed -> {
          assertThat(AwsManagedPolicies.find(listed.arn())).isPresent();
          assertThat(listed.path()).startsWith("/").endsWith("/");
          assertThat(listed.version()).matches("v[1-9][0-9]*");
          assertThat(listed.updated().orElseThrow())
              .isAfterOrEqualTo(listed.created().orElseThrow());
        });
    assertThat(
            AwsManagedPolicies.about(Arn.parse("arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess")))
        .hasValue(
            new Listed(
                "/",
                "AmazonS3ReadOnlyAccess",
                "v3",
                Optional.of(Instant.parse("2015-02-06T18:40:59Z")),
                Optional.of(Instant.parse("2023-08-10T21:31:39Z"))));
  }

  @Test
  void each_file_has_a_line_and_each_line_a_file() throws IOException {
    Path folder = Path.of("src/main/resources/policy/managed");
    try (Stream<Path> files = Files.walk(folder)) {
      assertThat(
              files
                  .map(file -> "/" + folder.relativize(file))
                  .filter(file -> file.endsWith(".json")))
          .containsExactlyInAnyOrderElementsOf(
              AwsManagedPolicies.all().stream()
                  .map(listed -> listed.path() + listed.name() + ".json")
                  .toList());
    }
  }
}
