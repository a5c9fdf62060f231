package dev.tegata.explain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tegata.explain.TightestChange.Result;
import dev.tegata.policy.Decision.ExplicitlyDenied;
import dev.tegata.policy.DecisionCase;
import dev.tegata.policy.Evaluation;
import dev.tegata.policy.PolicySet;
import dev.tegata.policy.Request;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TightestChangeTest {

  static Stream<DecisionCase> refused() throws IOException {
    Stream.Builder<DecisionCase> refused = Stream.builder();
    for (String topic : List.of("order", "resource", "trust", "elements")) {
      DecisionCase.read(topic)
          .filter(given -> given.decision().startsWith("denied: "))
          .forEach(refused);
    }
    return refused.build();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refused")
  void the_change_admits_the_request_and_no_other(DecisionCase given) {
    Request request = given.request();
    Result result = TightestChange.admitting(request, given.policies());
    if (result.changes().isEmpty()) {
      // Nobody alone cannot be named, and a deny elsewhere is not argued with.
      assertThat(given.name()).contains("unsigned");
      return;
    }
    assertThat(Evaluation.decide(request, result.policies()).isAllowed()).isTrue();
    for (Request other : others(request)) {
      assertThat(Evaluation.decide(other, result.policies()).isAllowed())
          .as(other.toString())
          .isEqualTo(Evaluation.decide(other, uncontrolled(given)).isAllowed());
    }
  }

  /// The change leaves service and resource control aside, so what it is compared with does too.
  private static PolicySet uncontrolled(DecisionCase given) {
    return given.policies().withServiceControl(List.of()).withResourceControl(List.of());
  }

  private static List<Request> others(Request request) {
    return List.of(
        new Request(request.principal(), "s3:Other", request.resource(), request.context()),
        new Request(
            request.principal(), request.action() + "Acl", request.resource(), request.context()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refused")
  void an_explanation_can_always_be_written(DecisionCase given) {
    Explanation explanation = Explanation.of(given.request(), given.policies());
    assertThat(explanation.decision()).isNotInstanceOf(ExplicitlyDenied.class);
    assertThat(explanation.text()).contains(given.decision());
    assertThat(explanation.toJson()).contains("\"allowed\" : false");
  }
}
