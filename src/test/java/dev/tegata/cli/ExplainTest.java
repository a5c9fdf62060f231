package dev.tegata.cli;

import static dev.tegata.Golden.assertGolden;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tegata.cli.Tegata.Output;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

class ExplainTest {
  private static final String VECTORS = "src/test/resources/vectors/explain";
  private static final String DETAILS = VECTORS + "/details.json";

  @TempDir private Path folder;

  private static Output explain(String options) {
    return Tegata.run(
        Stream.concat(
                Stream.of("explain"),
                Arrays.stream(options.replace("V/", VECTORS + "/").split(" ")))
            .toArray());
  }

  private Path token(String header, String claims) throws IOException {
    Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
    return Files.writeString(
        folder.resolve("token"),
        String.join(
                ".",
                base64.encodeToString(header.getBytes(UTF_8)),
                base64.encodeToString(claims.getBytes(UTF_8)),
                "c2lnbmF0dXJl")
            + "\n");
  }

  private static String claims(long expiry) {
    return """
    {"iss": "https://gitlab.com", "aud": "https://gitlab.com", "iat": 1700000000, "exp": %d,
     "sub": "project_path:octo-org/app:ref_type:branch:ref:main"}
    """
        .formatted(expiry);
  }

  @ParameterizedTest(name = "{0}")
  @CsvFileSource(
      resources = "/vectors/explain/cases.tsv",
      delimiter = '\t',
      quoteCharacter = '\0',
      numLinesToSkip = 1)
  void a_question_is_answered_with_its_reason(String name, String options) throws IOException {
    Output output = explain(options);
    assertThat(output.err()).isEmpty();
    assertGolden(
        "explain/" + name + (name.startsWith("json") ? ".json" : ".txt"),
        output.out().replace(VECTORS + "/", ""));
    boolean allowed =
        !output.out().contains("✗") && !output.out().startsWith("{\n  \"allowed\" : false");
    assertThat(output.status()).isEqualTo(allowed ? 0 : 1);
  }

  @Test
  void wrong_usage_is_told_in_a_sentence_that_says_what_to_do() throws IOException {
    List<String> rows = Files.readAllLines(Path.of(VECTORS, "faults.tsv"));
    StringBuilder told = new StringBuilder();
    for (String row : rows.subList(1, rows.size())) {
      String[] cells = row.split("\t", -1);
      Output output = explain(cells[1]);
      assertThat(output.status()).as(row).isEqualTo(2);
      assertThat(output.out()).isEmpty();
      told.append(cells[0]).append('\n').append(output.err().indent(2));
    }
    assertGolden("explain/faults.txt", told.toString().replace(VECTORS + "/", ""));
  }

  @Test
  void a_token_is_read_and_never_printed() throws IOException {
    Path token = token("{\"alg\": \"RS256\"}", claims(4_000_000_000L));
    Output output = explain("--cloud V/details.json --role gitlab --token " + token);
    assertThat(output.status()).isZero();
    assertThat(output.out())
        .contains("its signature is not checked", "✓")
        .doesNotContain(Files.readString(token).strip(), "c2lnbmF0dXJl", "warn");
  }

  @Test
  void a_token_that_has_expired_or_is_not_signed_as_it_should_be_is_warned_about()
      throws IOException {
    Path token = token("{\"alg\": \"none\"}", claims(1_700_000_300));
    Output output = explain("--cloud V/details.json --role gitlab --token " + token);
    assertThat(output.status()).isZero();
    assertThat(output.out())
        .contains(
            "warn   STS would refuse it: the token expired at 1700000300",
            "warn   STS would refuse it: the algorithm is `none`");
  }

  @Test
  void claims_cannot_forge_lines_or_control_the_terminal() throws IOException {
    Path claims =
        Files.writeString(
            folder.resolve("claims"),
            """
            {"iss": "https://gitlab.com", "aud": "https://gitlab.com", "sub": "a\\n✓ b\\u001b[2J"}
            """);
    Output output = explain("--cloud V/details.json --role gitlab --claims " + claims);
    assertThat(output.status()).isEqualTo(1);
    assertThat(output.out().lines()).noneMatch(line -> line.startsWith("✓"));
    assertThat(output.out()).doesNotContain("\u001b");
  }

  @Test
  void without_a_role_the_only_one_is_meant() throws IOException {
    Path cloud =
        Files.copy(Path.of("examples/github-oidc/cloud.yaml"), folder.resolve("cloud.yaml"));
    Output output =
        explain("--cloud " + cloud + " --repo octo-org/github-oidc --ref refs/heads/main");
    assertThat(output.out()).contains("role/github-read-only");
  }

  @Test
  void account_details_are_a_cloud_to_run_in() throws IOException {
    Path workflow =
        Files.writeString(
            folder.resolve("w.yml"),
            """
            on: push
            permissions: {id-token: write}
            jobs:
              build:
                runs-on: ubuntu-latest
                steps:
                  - run: |
                      token=$(curl -s -H "Authorization: Bearer $ACTIONS_ID_TOKEN_REQUEST_TOKEN" \\
                        "$ACTIONS_ID_TOKEN_REQUEST_URL&audience=sts.amazonaws.com" | cut -d'"' -f6)
                      curl -s "$AWS_ENDPOINT_URL/" -d Action=AssumeRoleWithWebIdentity \\
                        -d Version=2011-06-15 -d RoleSessionName=build -d WebIdentityToken="$token" \\
                        -d RoleArn=arn:aws:iam::123456789012:role/ci | grep -o '<Arn>.*</Arn>'
            """);
    Output output =
        Tegata.run(
            "run",
            workflow,
            "--cloud",
            DETAILS,
            "--repo",
            "octo-org/app",
            "--ref",
            "refs/heads/main");
    assertThat(output.status()).as(output.toString()).isZero();
    assertThat(output.out())
        .contains(
            "assumed-role/ci/build",
            "OIDC providers are not in the file, and taken from the trust policies",
            "allowed by trust policy of ci statement 1 \"MainBranch\"");
  }
}
