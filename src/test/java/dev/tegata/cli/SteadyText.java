package dev.tegata.cli;

import java.util.List;
import java.util.regex.Pattern;

/// What `tegata run` prints, with a fixed text for everything that differs from run to run.
///
/// Two texts of the same run of the same workflow become equal: what is left is what was decided.
final class SteadyText {
  private record Rule(Pattern pattern, String instead) {
    static Rule of(String regex, String instead) {
      return new Rule(Pattern.compile(regex, Pattern.MULTILINE), instead);
    }
  }

  private static final String UUID = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";

  private static final List<Rule> RULES =
      List.of(
          Rule.of("127\\.0\\.0\\.1:\\d+", "127.0.0.1:PORT"),
          Rule.of(UUID, "UUID"),
          Rule.of("\\d{4}-\\d\\d-\\d\\d[T ]\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z?", "TIME"),
          Rule.of("(\"(?:nbf|exp|iat|count)\": )\\d+", "$1NUMBER"),
          Rule.of("\\d+\\.\\d s$", "DURATION"),
          Rule.of("\\b(AKIA|ASIA|AROA)[A-Z2-7]{16,17}\\b", "$1ID"),
          Rule.of("\\bbotocore-session-\\d+", "botocore-session-TIME"),
          Rule.of("\\b[0-9a-f]{40}\\b", "SHA"),
          Rule.of("\\brun-\\d+|(?<=\"run_id\": \")\\d+", "RUN"),
          Rule.of(", by \\S+ \\(", ", by ACTOR ("),
          Rule.of("(\"actor(?:_id)?\": \")[^\"]+", "$1ACTOR"));

  private SteadyText() {}

  /// `text` without its accidents.
  static String of(String text) {
    String steady = text;
    for (Rule rule : RULES) {
      steady = rule.pattern().matcher(steady).replaceAll(rule.instead());
    }
    return steady;
  }
}
