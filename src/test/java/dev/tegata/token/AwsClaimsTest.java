package dev.tegata.token;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tegata.arn.Arn;
import dev.tegata.json.JsonValue.JsonObject;
import dev.tegata.token.AwsClaims.Malformed;
import dev.tegata.token.AwsClaims.Requested;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

class AwsClaimsTest {
  private static final Arn ROLE = Arn.parse("arn:aws:iam::123456789012:role/ci/deploy");

  @ParameterizedTest(name = "{0}: {2}")
  @CsvFileSource(
      resources = "/vectors/token/aws-claims.tsv",
      delimiter = '\t',
      quoteCharacter = '\'',
      numLinesToSkip = 1)
  void claims_for_aws_are_read_as_aws_reads_them(String title, String json, String expected) {
    JsonObject.Builder claims =
        JsonObject.builder()
            .put("iss", "https://issuer.example")
            .put("sub", "s")
            .put("aud", "a")
            .put("iat", 0)
            .put("exp", 0);
    JsonObject.parse(json).members().forEach(claims::put);
    IdTokenClaims idToken = new IdTokenClaims(new Claims(claims.build()));
    String found =
        switch (AwsClaims.read(idToken, ROLE)) {
          case Requested(var tags, var transitive, var source, var authorized) ->
              "tags=%s transitive=%s source=%s authorized=%s"
                  .formatted(tags, transitive, source == null ? "-" : source, authorized);
          case Malformed(var message, var _) -> "refused: " + message;
        };
    assertThat(found).as(title).isEqualTo(expected);
  }
}
