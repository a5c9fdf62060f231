package dev.tegata.match;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.time.Duration;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GlobTest {

  static IntStream seeds() {
    return IntStream.range(0, 20);
  }

  /// The definition itself, as a table over all beginnings of pattern and text.
  private static boolean plain(String pattern, String text) {
    boolean[] fits = new boolean[text.length() + 1];
    fits[0] = true;
    for (int p = 0; p < pattern.length(); p++) {
      char c = pattern.charAt(p);
      boolean[] next = new boolean[text.length() + 1];
      next[0] = c == '*' && fits[0];
      for (int t = 1; t <= text.length(); t++) {
        next[t] =
            c == '*'
                ? fits[t] || next[t - 1]
                : fits[t - 1] && (c == '?' || c == text.charAt(t - 1));
      }
      fits = next;
    }
    return fits[text.length()];
  }

  private static String text(Random random, String alphabet) {
    return random
        .ints(random.nextInt(9), 0, alphabet.length())
        .mapToObj(i -> String.valueOf(alphabet.charAt(i)))
        .reduce("", String::concat);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void a_glob_matches_what_its_definition_says(int seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 20_000; i++) {
      String pattern = text(random, "ab*?");
      String text = text(random, "ab");
      assertThat(Glob.of(pattern).matches(text))
          .as("%s %s", pattern, text)
          .isEqualTo(plain(pattern, text));
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void a_literal_matches_itself_alone(int seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 5_000; i++) {
      String literal = text(random, "ab*?\0");
      String text = text(random, "ab*?\0");
      assertThat(Glob.of(Glob.literal(literal)).matches(text)).isEqualTo(literal.equals(text));
      assertThat(Glob.of(Glob.literal(literal) + "*").matches(literal + text)).isTrue();
    }
  }

  @Test
  void a_hostile_pattern_takes_no_more_than_pattern_times_text() {
    Glob glob = Glob.of("*a".repeat(5_000) + "b");
    String text = "a".repeat(20_000);
    Assertions.assertTimeout(Duration.ofSeconds(5), () -> assertThat(glob.matches(text)).isFalse());
  }

  @FuzzTest(maxDuration = "60s")
  @Tag("fuzz")
  void a_glob_matches_what_its_definition_says_for_every_input(FuzzedDataProvider data) {
    String pattern = data.consumeString(200).replace("\0", "");
    String text = data.consumeRemainingAsString();
    assertThat(Glob.of(pattern).matches(text)).isEqualTo(plain(pattern, text));
  }
}
