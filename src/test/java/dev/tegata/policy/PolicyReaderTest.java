package dev.tegata.policy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

class PolicyReaderTest {

  private static Stream<String[]> rows(String file) throws IOException {
    return Files.readAllLines(Path.of("src/test/resources/vectors/policy/" + file), UTF_8).stream()
        .filter(line -> !line.startsWith("#"))
        .skip(1)
        .map(line -> line.split("\t", -1));
  }

  static Stream<String[]> faults() throws IOException {
    return rows("faults.tsv");
  }

  static Stream<String[]> policies() throws IOException {
    return rows("policies.tsv");
  }

  @ParameterizedTest(name = "{3}")
  @MethodSource("faults")
  void a_document_that_is_no_policy_is_refused_in_aws_words_and_with_its_place(
      String kind, String message, String explanation, String document) {
    assertThatThrownBy(
            () -> {
              if (kind.equals("MANAGED")) {
                Policy.parseManaged(document);
              } else {
                Policy.parse(PolicyKind.valueOf(kind), document);
              }
            })
        .isInstanceOfSatisfying(
            PolicyFault.class,
            fault -> {
              assertThat(fault.message()).isEqualTo(message);
              assertThat(fault.explanation()).isEqualTo(explanation);
            });
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("policies")
  void a_policy_is_written_back_as_it_was_read(String kind, String document) {
    JsonMapper json = new JsonMapper();
    Policy policy = Policy.parse(PolicyKind.valueOf(kind), document);
    assertThat(json.readTree(policy.toJson())).isEqualTo(json.readTree(document));
  }

  @Test
  void white_space_does_not_count_towards_the_size() {
    Policy policy =
        Policy.parse(
            PolicyKind.TRUST,
            """
            {"Statement": {
              "Effect": "Allow", "Principal": "*",
              "Action": "sts:AssumeRole"}}
            """);
    assertThat(policy.size())
        .isEqualTo(
            "{\"Statement\":{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"sts:AssumeRole\"}}"
                .length());
  }

  @Test
  void the_longest_document_is_read_and_a_longer_one_is_not() {
    String head = "{\"Version\":\"2012-10-17\",\"Id\":\"";
    String tail = "\",\"Statement\":{\"Effect\":\"Deny\",\"Action\":\"*\",\"Resource\":\"*\"}}";
    String longest = head + "x".repeat(Policy.MAX_LENGTH - head.length() - tail.length()) + tail;
    assertThat(Policy.parse(PolicyKind.IDENTITY, longest).statements()).hasSize(1);
    assertThatThrownBy(() -> Policy.parse(PolicyKind.IDENTITY, longest + " "))
        .isInstanceOf(PolicyFault.class);
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(PolicyKind.class)
  void thousands_of_patterns_in_one_statement_are_read_in_no_time(PolicyKind kind) {
    StringBuilder patterns = new StringBuilder("\"sts:a*\"");
    for (int i = 0; i < 6000; i++) {
      patterns.append(",\"sts:a*b?").append(i).append('"');
    }
    String principal = kind.namesPrincipals() ? "\"Principal\":\"*\"," : "";
    String resource = kind == PolicyKind.TRUST ? "" : "\"Resource\":\"*\",";
    String document =
        "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",%s%s\"Action\":[%s]}}"
            .formatted(principal, resource, patterns);
    Assertions.assertTimeout(
        Duration.ofSeconds(5), () -> assertThat(Policy.parse(kind, document)).isNotNull());
  }

  @FuzzTest(maxDuration = "60s")
  @Tag("fuzz")
  void reading_ends_with_a_policy_or_a_fault(FuzzedDataProvider data) {
    PolicyKind kind = data.pickValue(PolicyKind.values());
    String document = data.consumeRemainingAsString();
    try {
      Policy policy = Policy.parse(kind, document);
      assertThat(Policy.parse(kind, policy.toJson()).statements())
          .hasSameSizeAs(policy.statements());
    } catch (PolicyFault fault) {
      assertThat(fault.message()).isNotEmpty();
      assertThat(fault.place().line()).isPositive();
    }
  }
}
