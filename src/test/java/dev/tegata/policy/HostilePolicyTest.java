package dev.tegata.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tegata.arn.AccountId;
import dev.tegata.arn.Arn;
import dev.tegata.explain.Explanation;
import dev.tegata.policy.RequestPrincipal.WebIdentity;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Policies as long as any can be, made to cost as much as they can, and texts that no client
/// sends.
///
/// The time limits are far above what is needed; what they catch is cost that grows out of bounds.
class HostilePolicyTest {
  private static final AccountId ACCOUNT = new AccountId("123456789012");
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final String LONG = "a".repeat(4_000);

  /// A document of about 128 KiB: as many `item`s as fit, `%d` in them counted, between `head` and
  /// `tail`.
  record Hostile(String name, String head, String item, String separator, String tail) {
    String document() {
      int room = Policy.MAX_LENGTH - head.length() - tail.length();
      int count = room / (item.length() + (item.contains("%d") ? 3 : 0) + separator.length());
      return IntStream.range(0, count)
          .mapToObj(i -> item.replace("%d", Integer.toString(i)))
          .collect(Collectors.joining(separator, head, tail));
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private static final String HEAD = "{\"Version\":\"2012-10-17\",\"Statement\":";
  private static final String STATEMENT =
      "{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\"";

  static Stream<Hostile> hostile() {
    String condition = HEAD + STATEMENT + ",\"Condition\":";
    return Stream.of(
        new Hostile("statements", HEAD + "[", STATEMENT + "}", ",", "]}"),
        new Hostile("actions", list("Action", "Resource"), "\"s3:*?*?*a*%d\"", ",", "]}}"),
        new Hostile("resources", list("Resource", "Action"), wild("%d"), ",", "]}}"),
        new Hostile("one long action", one("Action", "Resource") + "s3:", "*?", "", "b\"}}"),
        new Hostile("one long resource", one("Resource", "Action"), "*?", "", "b\"}}"),
        new Hostile(
            "one long resource that is left out", one("NotResource", "Action"), "*a", "", "b\"}}"),
        new Hostile(
            "ARN parts",
            list("Resource", "Action"),
            "\"arn:aws-*:ec2:*?*:*?*:*?a*%d\"",
            ",",
            "]}}"),
        new Hostile("stars and letters", like(condition), "*a", "", "b\"}}}}"),
        new Hostile("stars and marks", like(condition), "*?", "", "b\"}}}}"),
        new Hostile("letters", like(condition) + "*", "a", "", "b\"}}}}"),
        new Hostile(
            "runs of letters",
            condition + "{\"StringLike\":{\"test:Long\":[",
            "\"*" + "a".repeat(2_000) + "b*\"",
            ",",
            "]}}}}"),
        new Hostile("variables", like(condition), "${test:Long}", "", "\"}}}}"),
        new Hostile(
            "variables under Equals",
            condition + "{\"StringEqualsIgnoreCase\":{\"test:Long\":\"",
            "${test:Long}",
            "",
            "\"}}}}"),
        new Hostile(
            "variables in ARNs",
            condition + "{\"ArnLike\":{\"test:Arn\":\"arn:aws:s3:::",
            "${test:Long}",
            "",
            "\"}}}}"),
        new Hostile(
            "variables in a resource", one("Resource", "Action"), "${test:Long}", "", "\"}}"),
        new Hostile(
            "many keys", condition + "{\"StringNotLike\":{", "\"test:%d\":\"*a*b\"", ",", "}}}}"),
        new Hostile(
            "many keys with IfExists",
            condition + "{\"StringLikeIfExists\":{",
            "\"test:%d\":\"*a*b\"",
            ",",
            "}}}}"),
        new Hostile(
            "many values",
            condition + "{\"StringLike\":{\"test:Long\":[",
            "\"*a?a*%d\"",
            ",",
            "]}}}}"),
        new Hostile(
            "many subjects",
            condition + "{\"StringLike\":{\"test:sub\":[",
            "\"repo:*a?a*%d\"",
            ",",
            "]}}}}"),
        new Hostile(
            "many numbers",
            condition + "{\"NumericNotEquals\":{\"test:Long\":[",
            "%d",
            ",",
            "]}}}}"),
        new Hostile(
            "one long number", condition + "{\"NumericEquals\":{\"test:Number\":", "9", "", "}}}}"),
        new Hostile(
            "many networks",
            condition + "{\"NotIpAddress\":{\"test:Long\":[",
            "\"::1/128\"",
            ",",
            "]}}}}"));
  }

  private static String list(String element, String other) {
    return element(element, other) + "[";
  }

  private static String one(String element, String other) {
    return element(element, other) + (element.endsWith("Resource") ? "\"arn:aws:s3:::" : "\"");
  }

  private static String element(String element, String other) {
    return HEAD + "{\"Effect\":\"Allow\",\"%s\":\"*\",\"%s\":".formatted(other, element);
  }

  private static String like(String condition) {
    return condition + "{\"StringLike\":{\"test:Long\":\"";
  }

  private static String wild(String end) {
    return "\"arn:aws:s3:::*?*?*a*" + end + "\"";
  }

  private static Request request() {
    Context context =
        Context.builder()
            .put("test:Long", LONG)
            .put("test:sub", "repo:" + LONG)
            .put("test:Number", "9".repeat(4_000))
            .put("test:Arn", "arn:aws:s3:::" + LONG)
            .build();
    return new Request(
        new WebIdentity(Arn.iam(ACCOUNT, "oidc-provider/host")),
        "s3:GetObject" + LONG,
        Arn.object("bucket", LONG),
        context);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("hostile")
  void a_policy_made_to_cost_is_read_asked_and_explained_in_bounded_time(Hostile hostile) {
    String document = hostile.document();
    assertThat(document).hasSizeBetween(80_000, Policy.MAX_LENGTH);
    Assertions.assertTimeoutPreemptively(
        LIMIT,
        () -> {
          Policy policy = Policy.parse(PolicyKind.SESSION, document);
          PolicySet set =
              PolicySet.identity(List.of(new NamedPolicy("hostile", policy))).prepared();
          Request request = request();
          assertThat(Evaluation.decide(request, set)).isEqualTo(Evaluation.decide(request, set));
          assertThat(Explanation.of(request, set).text()).isNotEmpty();
        });
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"[", "{\"a\":", "{\"Statement\":[", "{\"Statement\":{\"Condition\":"})
  void a_document_of_ten_thousand_levels_is_refused(String level) {
    assertThatThrownBy(() ->
            Policy.parse(
                PolicyKind.SESSION,
                level
                    .repeat(10_000)
                    .substring(0, Math.min(Policy.MAX_LENGTH, 10_000 * level.length()))))
        .isInstanceOfSatisfying(
            PolicyFault.class,
            fault -> assertThat(fault.expected()).isEqualTo("at most 20 levels"));
  }

  @Test
  void a_long_name_with_many_members_takes_no_more_room_than_it_has() {
    String name = "x".repeat(64_000);
    String members =
        IntStream.range(0, 6_000).mapToObj(i -> "\"" + i + "\":1").collect(Collectors.joining(","));
    String document = HEAD + STATEMENT + ",\"Condition\":{\"%s\":{%s}}}}".formatted(name, members);
    Assertions.assertTimeoutPreemptively(
        LIMIT,
        () ->
            assertThatThrownBy(() -> Policy.parse(PolicyKind.SESSION, document))
                .isInstanceOf(PolicyFault.class));
  }

  /// A statement whose condition compares `test:Key` with one value.
  private static boolean holds(String operator, String literal, String value) {
    Policy policy =
        Policy.parse(
            PolicyKind.SESSION,
            HEAD
                + STATEMENT
                + ",\"Condition\":{\"%s\":{\"test:Key\":%s}}}}".formatted(operator, literal));
    return policy
        .statements()
        .getFirst()
        .conditions()
        .getFirst()
        .holds(Context.builder().put("test:Key", value).build());
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"1e999999999", "-1E+999999999", "0.1e-999999999"})
  void a_number_with_a_huge_exponent_is_none(String number) {
    assertThat(holds("NumericEquals", number, "1")).isFalse();
    assertThat(holds("NumericLessThan", "10", number)).isFalse();
    String saved =
        HEAD + STATEMENT + ",\"Condition\":{\"NumericEquals\":{\"a\":%s}}}}".formatted(number);
    assertThatThrownBy(() -> Policy.parse(PolicyKind.IDENTITY, saved))
        .isInstanceOf(PolicyFault.class)
        .hasMessage("The policy failed legacy parsing");
  }

  @Test
  void numbers_dates_and_networks_of_any_length_are_compared_or_none() {
    String digits = "9".repeat(100_000);
    assertThat(holds("NumericEquals", digits, "0" + digits + ".0")).isTrue();
    assertThat(holds("NumericLessThan", digits, "-" + digits)).isTrue();
    assertThat(holds("DateEquals", "\"" + digits + "\"", digits)).isFalse();
    assertThat(holds("DateLessThan", "\"2026-01-01T00:00:00." + digits + "Z\"", "0")).isFalse();
    assertThat(holds("IpAddress", "\"1.2.3.4/" + digits + "\"", "1.2.3.4")).isFalse();
    assertThat(holds("IpAddress", "\"" + "0:".repeat(50_000) + ":/0\"", "::1")).isFalse();
    assertThat(holds("IpAddress", "\"::/0\"", "1:".repeat(50_000))).isFalse();
    assertThat(holds("BinaryEquals", "\"" + "YWFh".repeat(25_000) + "\"", "a")).isFalse();
    assertThat(holds("ArnLike", "\"arn:" + ":".repeat(100_000) + "\"", "arn:aws:s3:::b")).isFalse();
    assertThat(holds("Bool", "\"" + digits + "\"", "true")).isFalse();
  }

  @Test
  void a_nul_in_a_policy_is_a_nul_and_no_escape() {
    assertThat(holds("StringLike", "\"a\\u0000*\"", "a\0bc")).isTrue();
    assertThat(holds("StringLike", "\"a\\u0000*\"", "a*")).isFalse();
    assertThat(holds("StringLike", "\"\\u0000?\"", "\0x")).isTrue();
    assertThat(holds("StringEquals", "\"\\u0000\"", "\0")).isTrue();
    assertThat(holds("StringLike", "\"*\"", "\0*?")).isTrue();
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"\\ud800", "\\udc00", "x\\ud83d", "\\ude00\\ud83d", "\\ud83d\\u0041"})
  void half_of_a_surrogate_pair_in_a_policy_is_refused_with_its_place(String half) {
    for (String document :
        List.of(
            HEAD + STATEMENT + ",\"Condition\":{\"StringEquals\":{\"a\":\"%s\"}}}}".formatted(half),
            HEAD + STATEMENT + ",\"Condition\":{\"StringEquals\":{\"%s\":\"a\"}}}}".formatted(half),
            HEAD + STATEMENT + ",\"Sid\":\"%s\"}}".formatted(half))) {
      assertThatThrownBy(() -> Policy.parse(PolicyKind.SESSION, document))
          .isInstanceOfSatisfying(
              PolicyFault.class, fault -> assertThat(fault.place().column()).isGreaterThan(90));
    }
  }

  @ParameterizedTest(name = "text {index}")
  @ValueSource(strings = {"\ud800", "\udc00", "x\ud83d", "\ude00\ud83d", "\0", "", "\uffff"})
  void any_text_of_a_request_is_compared_and_explained(String value) {
    assertThat(holds("StringLike", "\"*\"", value)).isTrue();
    assertThat(holds("StringNotEqualsIgnoreCase", "\"b\"", value)).isTrue();
    assertThat(holds("NumericEquals", "1", value)).isFalse();
    assertThat(holds("IpAddress", "\"::/0\"", value)).isFalse();
    Context context = Context.builder().put("host:sub", value).put("host:" + value, value).build();
    Request request =
        new Request(
            new WebIdentity(Arn.iam(ACCOUNT, "oidc-provider/host")),
            "sts:AssumeRoleWithWebIdentity",
            Arn.iam(ACCOUNT, "role/deploy"),
            context);
    Policy trust =
        Policy.parse(
            PolicyKind.TRUST,
            """
            {"Version": "2012-10-17", "Statement": {
              "Effect": "Allow", "Action": "sts:AssumeRoleWithWebIdentity",
              "Principal": {"Federated": "arn:aws:iam::123456789012:oidc-provider/host"},
              "Condition": {"StringEquals": {"host:sub": "repo:o/r"}}}}
            """);
    Explanation explanation =
        Explanation.of(request, PolicySet.trust(new NamedPolicy("trust", trust)));
    assertThat(explanation.text()).contains("denied: no trust policy allows it");
    assertThat(explanation.toJson()).contains("\"allowed\" : false");
  }
}
