package dev.tegata.github;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tegata.json.JsonValue;
import dev.tegata.json.JsonValue.JsonArray;
import dev.tegata.json.JsonValue.JsonObject;
import dev.tegata.json.JsonValue.JsonString;
import dev.tegata.token.JwsAlgorithm;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/// The discovery document of an issuer of GitHub's kind.
///
/// Source: <https://token.actions.githubusercontent.com/.well-known/openid-configuration>
public final class Discovery {
  /// The issuer of github.com. An enterprise may have its own, with its slug after a slash.
  public static final String GITHUB = "https://token.actions.githubusercontent.com";

  /// Where an issuer's document is, after its name.
  public static final String PATH = "/.well-known/openid-configuration";

  /// Where an issuer's JWK set is, after its name.
  public static final String JWKS_PATH = "/.well-known/jwks";

  private static final List<String> CLAIMS = readClaims();

  private Discovery() {}

  /// The document of `issuer`, which has no slash at its end, and signs with `algorithms`.
  public static JsonObject document(String issuer, List<JwsAlgorithm> algorithms) {
    return JsonObject.builder()
        .put("issuer", issuer)
        .put("jwks_uri", issuer + JWKS_PATH)
        .put("subject_types_supported", texts(List.of("public", "pairwise")))
        .put("response_types_supported", texts(List.of("id_token")))
        .put("claims_supported", texts(CLAIMS))
        .put(
            "id_token_signing_alg_values_supported",
            texts(algorithms.stream().map(JwsAlgorithm::name).toList()))
        .put("scopes_supported", texts(List.of("openid")))
        .build();
  }

  private static JsonArray texts(List<String> texts) {
    return new JsonArray(texts.stream().map(text -> (JsonValue) new JsonString(text)).toList());
  }

  private static List<String> readClaims() {
    try (InputStream table = Discovery.class.getResourceAsStream("claims-supported.tsv")) {
      if (table == null) {
        throw new IllegalStateException("the table of supported claims is missing");
      }
      List<String> rows =
          new String(table.readAllBytes(), UTF_8)
              .lines()
              .filter(line -> !line.startsWith("#"))
              .toList();
      if (!rows.getFirst().equals("claim")
          || !rows.stream().allMatch(it -> it.matches("[a-z_]+"))) {
        throw new IllegalStateException("the table of supported claims has a bad row");
      }
      return rows.subList(1, rows.size());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
