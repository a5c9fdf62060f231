package dev.tegata.server;

import com.nimbusds.jose.JOSEException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// A row of `web-identity.tsv`: how a token and the request with it depart from good ones, and what
/// becomes of that.
record WebIdentityCase(
    String name, String forgery, String claims, String parameters, Expected expected) {
  static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
  static final String ROLE = "arn:aws:iam::123456789012:role/team/deploy";
  static final String SUBJECT = "repo:octo-org/app:ref:refs/heads/main";

  private static final Path TABLE = Path.of("src/test/resources/vectors/server/web-identity.tsv");
  private static final String HEADER = "name\ttoken\tclaims\tparameters\tstatus\tcode\tmessage";
  private static final String ABSENT = "(absent)";

  /// What a client is told; code and message are empty for an exchange that succeeds.
  record Expected(int status, String code, String message) {}

  static List<WebIdentityCase> all() {
    try {
      List<String> rows =
          Files.readAllLines(TABLE).stream().filter(row -> !row.startsWith("#")).toList();
      if (!rows.getFirst().equals(HEADER)) {
        throw new IllegalStateException("the columns are " + rows.getFirst());
      }
      return rows.stream().skip(1).map(WebIdentityCase::parse).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static WebIdentityCase parse(String row) {
    String[] cells = row.split("\t", -1);
    return new WebIdentityCase(
        cells[0],
        cells[1],
        cells[2],
        cells[3],
        new Expected(Integer.parseInt(cells[4]), cells[5], cells[6]));
  }

  /// The form that is sent to STS, with a token of `issuer`.
  Map<String, String> form(ForeignIssuer issuer) throws JOSEException {
    Map<String, String> form = new LinkedHashMap<>();
    form.put("Action", "AssumeRoleWithWebIdentity");
    form.put("Version", "2011-06-15");
    form.put("RoleArn", ROLE);
    form.put("RoleSessionName", "run-1");
    form.put(
        "WebIdentityToken",
        new Forgery(issuer, changed(goodClaims(issuer), fill(claims, issuer))).token(forgery));
    for (Map.Entry<String, JsonNode> change : object(fill(parameters, issuer)).properties()) {
      if (change.getValue().asString().equals(ABSENT)) {
        form.remove(change.getKey());
      } else {
        form.put(change.getKey(), change.getValue().asString());
      }
    }
    return form;
  }

  String message(ForeignIssuer issuer) {
    return fill(expected.message(), issuer);
  }

  /// The template of the cloud that the cases are about.
  static String cloud() {
    try {
      return Files.readString(Path.of("src/test/resources/vectors/server/cloud.yaml"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The claims of a token that the role `deploy` trusts.
  static String goodClaims(ForeignIssuer issuer) {
    long now = NOON.getEpochSecond();
    return """
    {"iss":"%s","sub":"%s","aud":"sts.amazonaws.com","iat":%d,"nbf":%d,"exp":%d,"jti":"1"}\
    """
        .formatted(issuer.url(), SUBJECT, now, now, now + 300);
  }

  /// `claims` with what is in `changes`.
  static String changed(String claims, String changes) {
    ObjectNode all = object(claims);
    for (Map.Entry<String, JsonNode> change : object(changes).properties()) {
      if (change.getValue().isString() && change.getValue().asString().equals(ABSENT)) {
        all.remove(change.getKey());
      } else {
        all.set(change.getKey(), change.getValue());
      }
    }
    return all.toString();
  }

  private static ObjectNode object(String json) {
    return (ObjectNode) JsonMapper.shared().readTree(json);
  }

  private static String fill(String text, ForeignIssuer issuer) {
    return text.replace("{issuer}", issuer.url()).replace("{host}", issuer.host());
  }

  @Override
  public String toString() {
    return name;
  }
}
