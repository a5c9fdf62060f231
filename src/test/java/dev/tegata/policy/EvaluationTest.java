package dev.tegata.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The order of evaluation, principals and elements: the decision and the statement that made it.
class EvaluationTest {

  static Stream<DecisionCase> cases() throws IOException {
    Stream.Builder<Stream<DecisionCase>> topics = Stream.builder();
    for (String topic : new String[] {"order", "resource", "trust", "elements"}) {
      topics.add(DecisionCase.read(topic));
    }
    return topics.build().flatMap(cases -> cases);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void a_request_is_decided_for_the_stated_reason(DecisionCase given) {
    assertThat(Evaluation.decide(given.request(), given.policies()).explanation())
        .isEqualTo(given.decision());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void a_prepared_set_decides_alike(DecisionCase given) {
    assertThat(Evaluation.decide(given.request(), given.policies().prepared()).explanation())
        .isEqualTo(given.decision());
  }
}
