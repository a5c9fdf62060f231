package dev.tegata.roles;

import static java.util.stream.Collectors.toUnmodifiableMap;

import dev.tegata.arn.Arn;
import dev.tegata.aws.Table;
import dev.tegata.policy.Policy;
import dev.tegata.policy.PolicyKind;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// A service of AWS that has a role of its own in an account: how the role is called, the policy
/// that it has attached, and whether an account may have several, told apart by a suffix.
///
/// Source:
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_aws-services-that-work-with-iam.html>
record LinkedService(String name, String role, Arn policy, boolean takesSuffix) {
  private static final Map<String, LinkedService> ALL =
      Table.read("/roles/service-linked-roles.tsv").rows().stream()
          .map(row ->
              new LinkedService(
                  row.get(0),
                  row.get(1),
                  Arn.parse("arn:aws:iam::aws:policy/aws-service-role/" + row.get(2)),
                  row.get(3).equals("yes")))
          .collect(toUnmodifiableMap(LinkedService::name, Function.identity()));

  static Optional<LinkedService> find(String name) {
    return Optional.ofNullable(ALL.get(name));
  }

  /// Who may take up its role: nobody but the service.
  Policy trust() {
    return Policy.parse(
        PolicyKind.TRUST,
        """
        {"Version":"2012-10-17","Statement":[{"Action":["sts:AssumeRole"],"Effect":"Allow",\
        "Principal":{"Service":["%s"]}}]}\
        """
            .formatted(name));
  }
}
