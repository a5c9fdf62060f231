package dev.tegata.provisioning;

import dev.tegata.authorization.Call;
import dev.tegata.cloudformation.Properties;
import dev.tegata.iam.Iam;
import dev.tegata.policy.Policy;
import dev.tegata.policy.PolicyFault;
import dev.tegata.policy.PolicyKind;
import dev.tegata.yaml.YamlException;
import java.util.function.Function;
import software.amazon.awssdk.services.iam.model.PutRolePolicyRequest;

/// Policies that are properties of something else.
public final class PolicyDocuments {
  private PolicyDocuments() {}

  /// The policy of `kind` in the property `name`.
  ///
  /// @throws YamlException with the place in the policy where it stops being one
  public static Policy read(Properties properties, String name, PolicyKind kind) {
    return read(properties, name, json -> Policy.parse(kind, json));
  }

  /// The managed policy in the property `name`.
  ///
  /// @throws YamlException with the place in the policy where it stops being one
  static Policy readManaged(Properties properties, String name) {
    return read(properties, name, Policy::parseManaged);
  }

  private static Policy read(Properties properties, String name, Function<String, Policy> parser) {
    try {
      return parser.apply(properties.requireDocument(name).toString());
    } catch (PolicyFault fault) {
      throw new YamlException(
          properties.place(name, fault.place().path().toString()),
          "%s (in `%s`, expected %s)".formatted(fault.message(), name, fault.expected()));
    }
  }

  /// Puts the `PolicyDocument` of `policy` into `role`, under its `PolicyName`, which is returned.
  static String put(Properties policy, String role, Iam iam, Call call) {
    String name = policy.requireString("PolicyName");
    iam.inlinePolicies()
        .put(
            PutRolePolicyRequest.builder()
                .roleName(role)
                .policyName(name)
                .policyDocument(read(policy, "PolicyDocument", PolicyKind.IDENTITY).toJson())
                .build(),
            call);
    return name;
  }
}
