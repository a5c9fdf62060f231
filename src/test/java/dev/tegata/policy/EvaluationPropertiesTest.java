package dev.tegata.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.tegata.policy.Decision.ExplicitlyDenied;
import dev.tegata.policy.Principals.Reach;
import dev.tegata.policy.Statement.Effect;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What is true of every policy and every request.
class EvaluationPropertiesTest {
  /// More, as `-Drounds=50000`, for a night's hunt.
  private static final int ROUNDS = Integer.getInteger("rounds", 100);

  private static final String ALLOW_ALL =
      "{\"Effect\": \"Allow\", \"Action\": \"*\", \"Resource\": \"*\"}";
  private static final String DENY_ALL =
      "{\"Effect\": \"Deny\", \"Action\": \"*\", \"Resource\": \"*\"}";

  static IntStream seeds() {
    return IntStream.range(0, 10);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void the_indexed_evaluation_equals_a_plain_one(int seed) {
    Random random = new Random(seed);
    for (int i = 0; i < ROUNDS; i++) {
      assertEqualsPlain(new RandomPolicies(random));
    }
  }

  private static void assertEqualsPlain(RandomPolicies random) {
    PolicySet set = random.set();
    for (int i = 0; i < 4; i++) {
      Request request = random.request();
      PlainEvaluation plain = new PlainEvaluation(request, set);
      Decision decision = Evaluation.decide(request, set);
      assertThat(decision.isAllowed())
          .as(() -> request + " " + set.parts())
          .isEqualTo(plain.allows());
      assertThat(Evaluation.decide(request, set.prepared())).isEqualTo(decision);
      if (decision instanceof ExplicitlyDenied(var by, var _)) {
        assertThat(plain.first(Effect.DENY)).hasValue(by);
      }
      set.parts().forEach(part -> assertBearingEqualsPlain(request, part.policy().policy()));
    }
  }

  private static void assertBearingEqualsPlain(Request request, Policy policy) {
    String action = Statement.fold(request.action());
    assertThat(Evaluation.bearing(request, policy))
        .isEqualTo(
            policy.statements().stream()
                .filter(s -> s.principals().reach(request.principal(), s.effect()) != Reach.NONE)
                .filter(s -> s.concerns(request, action))
                .toList());
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void the_order_of_statements_and_policies_never_changes_the_verdict(int seed) {
    Random random = new Random(seed);
    RandomPolicies policies = new RandomPolicies(random);
    for (int i = 0; i < ROUNDS; i++) {
      List<String> statements = new ArrayList<>(policies.statements(PolicyKind.IDENTITY));
      statements.addAll(policies.statements(PolicyKind.IDENTITY));
      Request request = policies.request();
      boolean before = decide(request, statements).isAllowed();
      Collections.shuffle(statements, random);
      assertThat(decide(request, statements).isAllowed()).isEqualTo(before);
      List<NamedPolicy> apart =
          statements.stream()
              .map(
                  s -> new NamedPolicy("p", RandomPolicies.policy(PolicyKind.IDENTITY, List.of(s))))
              .toList();
      assertThat(Evaluation.decide(request, PolicySet.identity(apart)).isAllowed())
          .isEqualTo(before);
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void another_allow_never_turns_an_allow_into_a_deny(int seed) {
    RandomPolicies policies = new RandomPolicies(new Random(seed));
    for (int i = 0; i < ROUNDS; i++) {
      List<String> statements = new ArrayList<>(policies.statements(PolicyKind.IDENTITY));
      Request request = policies.sessionRequest();
      Decision before = decide(request, statements);
      statements.add(ALLOW_ALL);
      Decision after = decide(request, statements);
      assertThat(after.isAllowed()).isEqualTo(!(before instanceof ExplicitlyDenied));
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void a_deny_always_wins(int seed) {
    RandomPolicies policies = new RandomPolicies(new Random(seed));
    NamedPolicy deny =
        new NamedPolicy("deny", RandomPolicies.policy(PolicyKind.IDENTITY, List.of(DENY_ALL)));
    for (int i = 0; i < ROUNDS; i++) {
      PolicySet set = policies.set();
      List<NamedPolicy> identity = new ArrayList<>(set.identity().policies());
      identity.add(deny);
      assertThat(Evaluation.decide(policies.request(), set.withIdentity(identity)))
          .isInstanceOf(ExplicitlyDenied.class);
    }
  }

  private static Decision decide(Request request, List<String> statements) {
    Policy policy = RandomPolicies.policy(PolicyKind.IDENTITY, statements);
    return Evaluation.decide(
        request, PolicySet.identity(List.of(new NamedPolicy("policy", policy))));
  }

  @FuzzTest(maxDuration = "60s")
  @Tag("fuzz")
  void the_indexed_evaluation_equals_a_plain_one_for_every_seed(FuzzedDataProvider data) {
    assertEqualsPlain(new RandomPolicies(new Random(data.consumeLong())));
  }
}
