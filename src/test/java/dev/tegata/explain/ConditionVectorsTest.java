package dev.tegata.explain;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tegata.policy.Condition;
import dev.tegata.policy.Context;
import dev.tegata.policy.Operator.Comparison;
import dev.tegata.policy.Policy;
import dev.tegata.policy.PolicyKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Every operator against values that match, that do not, that are missing, multivalued or
/// malformed: the verdict and the reason.
class ConditionVectorsTest {
  private static final JsonMapper JSON = new JsonMapper();

  /// One row: an operator, the policy's values, the request's, and what comes of it.
  record Vector(String operator, String values, String request, boolean holds, String reason) {
    static Vector of(String line) {
      String[] row = line.split("\t", -1);
      return new Vector(row[0], row[1], row[2], row[3].equals("yes"), row[4]);
    }

    Condition condition() {
      String policy =
          """
          {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "*", "Resource": "*",
            "Condition": {"%s": {"test:Key": %s}}}}
          """
              .formatted(operator, values);
      return Policy.parse(PolicyKind.SESSION, policy)
          .statements()
          .getFirst()
          .conditions()
          .getFirst();
    }

    Context context() {
      Context.Builder context =
          Context.builder()
              .put("aws:username", "alice")
              .put("aws:account", "123456789012")
              .put("aws:star", "*")
              .put("aws:flag", "true")
              .putAll("aws:TagKeys", List.of("one"));
      if (request.equals("-")) {
        return context.build();
      }
      JsonNode value = JSON.readTree(request);
      return value.isArray()
          ? context
              .putAll("TEST:key", value.valueStream().map(JsonNode::stringValue).toList())
              .build()
          : context.put("TEST:key", value.stringValue()).build();
    }
  }

  static Stream<Vector> vectors() throws IOException {
    return Files.readAllLines(Path.of("src/test/resources/vectors/policy/conditions.tsv"), UTF_8)
        .stream()
        .filter(line -> !line.startsWith("#"))
        .skip(1)
        .map(Vector::of);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("vectors")
  void a_condition_holds_or_not_and_says_why(Vector vector) {
    Condition condition = vector.condition();
    Context context = vector.context();
    assertThat(condition.holds(context)).isEqualTo(vector.holds());
    assertThat(ConditionReason.of(condition, context).replace("\n", "\\n"))
        .isEqualTo(vector.reason());
  }

  /// What an operator is held against.
  private enum Case {
    MATCH,
    NO_MATCH,
    MISSING,
    MULTIVALUED,
    MALFORMED_IN_REQUEST,
    MALFORMED_IN_POLICY
  }

  private static Case caseOf(Vector vector) {
    String reason = vector.reason();
    if (vector.request().equals("-")) {
      return Case.MISSING;
    }
    if (vector.request().startsWith("[")) {
      return Case.MULTIVALUED;
    }
    if (reason.contains(" in the policy is no ")) {
      return Case.MALFORMED_IN_POLICY;
    }
    if (reason.contains(" is no ")) {
      return Case.MALFORMED_IN_REQUEST;
    }
    return vector.holds() ? Case.MATCH : Case.NO_MATCH;
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(Comparison.class)
  void every_operator_has_a_vector_for_every_case(Comparison comparison) throws IOException {
    Set<Case> cases =
        vectors()
            .filter(vector -> vector.operator().equals(comparison.toString()))
            .map(ConditionVectorsTest::caseOf)
            .collect(Collectors.toCollection(() -> EnumSet.noneOf(Case.class)));
    Set<Case> wanted = EnumSet.of(Case.MATCH, Case.NO_MATCH, Case.MISSING, Case.MULTIVALUED);
    String name = comparison.toString();
    if (name.startsWith("Numeric") || name.startsWith("Date") || name.endsWith("IpAddress")) {
      wanted.addAll(List.of(Case.MALFORMED_IN_REQUEST, Case.MALFORMED_IN_POLICY));
    } else if (name.startsWith("Arn")) {
      wanted.add(Case.MALFORMED_IN_REQUEST);
    } else if (!name.startsWith("String") && comparison != Comparison.NULL) {
      wanted.add(Case.MALFORMED_IN_POLICY);
    }
    assertThat(cases).containsAll(wanted);
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(Comparison.class)
  void every_operator_has_a_vector_with_each_quantifier_and_with_if_exists(Comparison comparison)
      throws IOException {
    List<String> forms =
        comparison == Comparison.NULL
            ? List.of("ForAnyValue:Null", "ForAllValues:Null")
            : List.of(
                "ForAnyValue:" + comparison, "ForAllValues:" + comparison, comparison + "IfExists");
    assertThat(vectors().map(Vector::operator).collect(Collectors.toSet())).containsAll(forms);
  }
}
