package dev.tegata.token;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tegata.json.JsonValue.JsonObject;
import dev.tegata.token.JwkSet.IndexedKey.Usable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The examples of the RFCs: `name: value` lines, a blank line, the JWK.
class RfcVectorsTest {
  private static final Path FOLDER = Path.of("src/test/resources/vectors/token/rfc");

  @ParameterizedTest
  @CsvSource({"rfc7515-a.2.txt, RS256", "rfc7515-a.3.txt, ES256"})
  void the_signatures_of_rfc_7515_verify(String file, JwsAlgorithm algorithm) throws IOException {
    UnverifiedJwt jwt = UnverifiedJwt.parse(header(file, "token"));
    assertThat(jwt.claims().text("iss")).hasValue("joe");
    assertThat(Verifier.isSigned(jwt, algorithm, key(file), Crypto.jdk())).isTrue();
  }

  @Test
  void the_thumbprint_of_rfc_7638_comes_out() throws IOException {
    assertThat(Thumbprint.of(key("rfc7638-3.1.txt").key()))
        .hasToString(header("rfc7638-3.1.txt", "thumbprint"));
  }

  static Usable key(String file) throws IOException {
    String jwk = Files.readString(FOLDER.resolve(file)).split("\n\n", 2)[1];
    return (Usable) new JwkReader(Crypto.jdk()).read(JsonObject.parse(jwk));
  }

  private static String header(String file, String name) throws IOException {
    return Files.readAllLines(FOLDER.resolve(file)).stream()
        .filter(line -> line.startsWith(name + ": "))
        .map(line -> line.substring(name.length() + 2))
        .findFirst()
        .orElseThrow();
  }
}
