package dev.tegata.runner;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class MaskerTest {
  private static final String SECRET = "pa\"ss' wörd&<1>\\";

  private static String masked(String text, String... secrets) {
    Masker masker = new Masker();
    masker.addAll(List.of(secrets));
    return masker.mask(text);
  }

  static IntStream seeds() {
    return IntStream.range(0, 40);
  }

  @ParameterizedTest(name = "{0} hides {1}")
  @CsvSource({
    "secret, a secret here, a *** here",
    "secret, secretsecret, ***",
    "aba, xababax, x***x",
    "secret, SECRET, SECRET",
    "secret, nothing, nothing",
    "a, banana, b***n***n***"
  })
  void every_occurrence_becomes_one_mask(String secret, String text, String expected) {
    assertThat(masked(text, secret)).isEqualTo(expected);
  }

  @Test
  void secrets_that_overlap_or_touch_share_a_mask() {
    assertThat(masked("one two three", "one two", "two three")).isEqualTo("***");
    assertThat(masked("[onetwo]", "one", "two")).isEqualTo("[***]");
  }

  @Test
  void a_secret_of_many_lines_is_hidden_line_by_line() {
    assertThat(masked("x first line y", "first line\n  second line\n")).isEqualTo("x *** y");
    assertThat(masked("second line", "first line\n  second line\r\n")).isEqualTo("***");
  }

  @Test
  void a_blank_secret_hides_nothing() {
    assertThat(masked("a  b", " ", "", "\n")).isEqualTo("a  b");
  }

  @Test
  void the_forms_in_which_tools_print_a_secret_are_hidden() {
    List<String> forms =
        List.of(
            SECRET,
            "pa\\\"ss' wörd&<1>\\\\",
            URLEncoder.encode(SECRET, UTF_8),
            URLEncoder.encode(SECRET, UTF_8).replace("+", "%20"),
            "pa&quot;ss&apos; wörd&amp;&lt;1&gt;\\",
            "pa\"ss'' wörd&<1>\\",
            "pa\"ss'\\'' wörd&<1>\\");
    assertThat(forms)
        .allSatisfy(form -> assertThat(masked("<" + form + ">", SECRET)).isEqualTo("<***>"));
  }

  @Test
  void a_quoted_secret_is_hidden_without_its_quotes() {
    assertThat(masked("it is value", "\"value\"")).isEqualTo("it is ***");
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void a_secret_within_a_longer_text_is_hidden_in_its_base64(int seed) {
    Random random = new Random(seed);
    String secret = random(random, 16 + random.nextInt(20));
    String before = random(random, random.nextInt(10));
    String after = random(random, random.nextInt(10));
    String encoded = Base64.getEncoder().encodeToString((before + secret + after).getBytes(UTF_8));
    String masked = masked(encoded, secret);
    assertThat(masked).contains("***");
    // what is left are the letters that also depend on what stands before and after
    int left = masked.replace("*", "").length();
    assertThat(left).isLessThanOrEqualTo((before.length() + after.length()) * 4 / 3 + 12);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void no_text_holds_a_secret_once_it_is_masked(int seed) {
    Random random = new Random(seed);
    String[] secrets = new String[1 + random.nextInt(5)];
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < secrets.length; i++) {
      secrets[i] = random(random, 1 + random.nextInt(6));
      text.append(random(random, random.nextInt(5))).append(secrets[i]);
    }
    String masked = masked(text.toString(), secrets);
    assertThat(List.of(secrets)).noneMatch(masked::contains);
  }

  private static String random(Random random, int length) {
    return random
        .ints(length, 'a', 'z')
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
