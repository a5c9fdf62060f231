package dev.tegata.github;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tegata.github.RequestedAudience.Accepted;
import dev.tegata.github.RequestedAudience.Refused;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

class RequestedAudienceTest {

  @ParameterizedTest(name = "{0}: {1}")
  @CsvFileSource(
      resources = "/vectors/github/audiences.tsv",
      delimiter = '\t',
      quoteCharacter = '`',
      numLinesToSkip = 1)
  void an_audience_is_let_through_or_refused_as_github_does(String requested, String expected) {
    assertThat(RequestedAudience.of(requested, SampleJob.REPOSITORY, DefaultAudience.OWNER))
        .isEqualTo(
            switch (expected) {
              case "accepted" -> new Accepted(requested);
              case "refused" -> new Refused(requested);
              default -> throw new IllegalArgumentException(expected);
            });
  }

  @Test
  void without_an_audience_the_token_is_for_the_owner() {
    assertThat(RequestedAudience.of("", SampleJob.REPOSITORY, DefaultAudience.OWNER))
        .isEqualTo(new Accepted("https://github.com/octo-org"));
  }

  @Test
  void in_its_first_weeks_it_was_for_the_repository() {
    assertThat(RequestedAudience.of("", SampleJob.REPOSITORY, DefaultAudience.REPOSITORY))
        .isEqualTo(new Accepted("https://github.com/octo-org/octo-repo"));
  }

  @Test
  void a_long_audience_is_let_through() {
    String audience = "x".repeat(16_384);
    assertThat(RequestedAudience.of(audience, SampleJob.REPOSITORY, DefaultAudience.OWNER))
        .isEqualTo(new Accepted(audience));
  }

  @Test
  void a_refusal_has_the_words_of_github() {
    assertThat(new Refused("https://github.com/other").message())
        .isEqualTo("Can't issue ID_TOKEN for audience 'https://github.com/other'");
  }
}
