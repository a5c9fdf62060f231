package dev.tegata.server;

import static dev.tegata.Golden.assertGolden;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tegata.audit.AuditEvent.Failure;
import dev.tegata.audit.AuditEvent.ManagementRequested;
import dev.tegata.sigv4.RequestSigner.Credentials;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The operations of STS that take a signature, over the wire.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StsTest {
  private static final String ROLE = "arn:aws:iam::123456789012:role/";
  private static final String TEAM =
      "{\"https://aws.amazon.com/tags\":{\"principal_tags\":{\"Team\":[\"eng\"]}%s}}";

  private final ForeignIssuer issuer = new ForeignIssuer();
  private final SettableClock clock = new SettableClock(WebIdentityCase.NOON);
  private final Map<String, Credentials> callers = new LinkedHashMap<>();
  private RunningServer server;

  @BeforeAll
  void start(@TempDir Path data) throws IOException {
    server = RunningServer.start(data, "", clock);
    server.create(
        Files.readString(Path.of("src/test/resources/vectors/server/sts.yaml")),
        Map.of("Issuer", issuer.url(), "Host", issuer.host()));
    callers.put("root", RunningServer.ROOT);
    callers.put("root-session", credentials("root", "GetSessionToken", Map.of()));
    callers.put("federated", credentials("root", "GetFederationToken", Map.of("Name", "mona")));
    callers.put("start", webIdentity("ci/start", "{}"));
    callers.put("poor", webIdentity("poor", "{}"));
    callers.put("start-tagged", webIdentity("ci/start", TEAM.formatted("")));
    callers.put(
        "chained", webIdentity("ci/start", TEAM.formatted(",\"transitive_tag_keys\":[\"Team\"]")));
    callers.put(
        "known",
        webIdentity("ci/start", "{\"https://aws.amazon.com/source_identity\":\"octocat\"}"));
  }

  @AfterAll
  void stop() {
    server.close();
    issuer.close();
  }

  @BeforeEach
  void beNoon() {
    clock.set(WebIdentityCase.NOON);
  }

  private Credentials webIdentity(String role, String claims) {
    String all = WebIdentityCase.changed(WebIdentityCase.goodClaims(issuer), claims);
    return RunningServer.credentials(server.exchange(ROLE + role, "run-1", issuer.token(all)));
  }

  private Credentials credentials(String caller, String action, Map<String, String> parameters) {
    return RunningServer.credentials(ask(caller, action, parameters));
  }

  /// Asks STS, or, for an action such as `iam:ListRoles`, IAM.
  private Answer ask(String caller, String action, Map<String, String> parameters) {
    return ask(Optional.ofNullable(callers.get(caller)).orElseThrow(), action, parameters);
  }

  private Answer ask(Credentials caller, String action, Map<String, String> parameters) {
    boolean isIam = action.startsWith("iam:");
    Map<String, String> form = new LinkedHashMap<>();
    form.put("Action", isIam ? action.substring(4) : action);
    form.put("Version", isIam ? "2010-05-08" : "2011-06-15");
    form.putAll(parameters);
    return server.query(form, caller, isIam ? "iam" : "sts");
  }

  private Answer assume(Credentials caller, String role, Map<String, String> more) {
    Map<String, String> parameters = new LinkedHashMap<>(more);
    parameters.put("RoleArn", ROLE + role);
    parameters.put("RoleSessionName", "next");
    return ask(caller, "AssumeRole", parameters);
  }

  @ParameterizedTest(name = "{2}: {0}")
  @CsvFileSource(
      resources = "/vectors/server/sts.tsv",
      delimiter = '\t',
      quoteCharacter = '\0',
      useHeadersInDisplayName = false,
      numLinesToSkip = 4,
      maxCharsPerColumn = 8192)
  void a_request_ends_as_the_table_says(
      String name,
      String caller,
      String operation,
      String parameters,
      int status,
      String code,
      String message) {
    Map<String, String> form = new LinkedHashMap<>();
    JsonMapper.shared()
        .readTree(parameters)
        .properties()
        .forEach(it -> form.put(it.getKey(), it.getValue().asString()));
    int before = server.records().size();
    Answer answer = ask(caller, operation, form);
    assertThat(answer.status() == 200 ? "200" : answer.error())
        .as(name)
        .isEqualTo(code == null ? "200" : status + " " + code + ": " + message);
    List<ManagementRequested> records = server.records().subList(before, server.records().size());
    assertThat(records).as("one record a request").hasSize(1);
    assertThat(records.getFirst().failure().map(Failure::code).orElse(""))
        .isEqualTo(code == null ? "" : code);
  }

  @Test
  void an_assumed_role_is_told_in_the_form_of_aws() throws IOException {
    assertGolden("server/assume-role.xml", normalised(assume(caller("start"), "target", Map.of())));
  }

  @Test
  void tags_and_a_source_identity_are_told_too() throws IOException {
    Map<String, String> more =
        Map.of(
            "Tags.member.1.Key", "Team",
            "Tags.member.1.Value", "eng",
            "SourceIdentity", "octocat");
    assertGolden(
        "server/assume-role-with-tags.xml", normalised(assume(caller("start"), "target", more)));
  }

  @Test
  void temporary_credentials_of_the_root_are_told_in_the_form_of_aws() throws IOException {
    assertGolden("server/session-token.xml", normalised(ask("root", "GetSessionToken", Map.of())));
  }

  @Test
  void a_federated_user_is_told_in_the_form_of_aws() throws IOException {
    assertGolden(
        "server/federation-token.xml",
        normalised(ask("root", "GetFederationToken", Map.of("Name", "mona"))));
    assertGolden(
        "server/caller-identity-of-federated-user.xml",
        normalised(server.callerIdentity(caller("federated"))));
  }

  @Test
  void the_account_of_a_key_is_told_in_the_form_of_aws() throws IOException {
    assertGolden(
        "server/access-key-info.xml",
        normalised(ask("root", "GetAccessKeyInfo", Map.of("AccessKeyId", "ASIARZPUZDIKNEXAMPLE"))));
  }

  @Test
  void what_a_federated_user_may_do_is_in_its_session_policies_alone() {
    assertThat(server.s3("GET", "/releases", "", caller("federated")).error())
        .endsWith("because no session policy allows the s3:ListBucket action");
    Credentials able =
        credentials(
            "root",
            "GetFederationToken",
            Map.of(
                "Name",
                "mona",
                "Policy",
                "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\","
                    + "\"Action\":\"s3:ListBucket\",\"Resource\":\"*\"}}"));
    assertThat(server.s3("GET", "/releases", "", able).status()).isEqualTo(200);
    assertThat(server.s3("PUT", "/releases/key", "x", able).status()).isEqualTo(403);
  }

  @Test
  void temporary_credentials_of_the_root_may_do_what_the_root_may_in_s3() {
    assertThat(server.s3("PUT", "/releases/root", "x", caller("root-session")).status())
        .isEqualTo(200);
  }

  @Test
  void temporary_credentials_of_the_root_live_for_an_hour_at_most() {
    Answer answer = ask("root", "GetSessionToken", Map.of("DurationSeconds", "43200"));
    assertThat(answer.text("Expiration")).isEqualTo("2026-11-22T13:00:00Z");
    clock.set(WebIdentityCase.NOON.plus(Duration.ofHours(1)));
    assertThat(server.callerIdentity(RunningServer.credentials(answer)).error())
        .isEqualTo("403 ExpiredToken: The security token included in the request is expired");
  }

  @Test
  void a_tag_that_is_passed_on_goes_down_a_chain_of_three_roles() {
    Credentials second = RunningServer.credentials(assume(caller("chained"), "target", Map.of()));
    assertThat(assume(second, "tagged", Map.of()).status()).isEqualTo(200);
  }

  @Test
  void a_tag_that_is_not_passed_on_ends_with_its_session() {
    Credentials second =
        RunningServer.credentials(assume(caller("start-tagged"), "target", Map.of()));
    assertThat(assume(second, "tagged", Map.of()).status()).isEqualTo(403);
  }

  @Test
  void a_source_identity_goes_down_the_chain() {
    Answer answer = assume(caller("known"), "target", Map.of());
    assertThat(answer.text("SourceIdentity")).isEqualTo("octocat");
    assertThat(
            assume(RunningServer.credentials(answer), "target", Map.of("SourceIdentity", "hubot"))
                .error())
        .isEqualTo(
            "400 ValidationError: The source identity is already set for this assume role session");
  }

  @Test
  void a_session_policy_cuts_an_assumed_role_down() {
    String policy =
        "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\","
            + "\"Action\":\"sts:*\",\"Resource\":\"*\"}}";
    Credentials cut =
        RunningServer.credentials(assume(caller("start"), "target", Map.of("Policy", policy)));
    assertThat(server.s3("GET", "/releases", "", cut).error())
        .endsWith("because no session policy allows the s3:ListBucket action");
  }

  @Test
  void a_refusal_can_be_read_by_whoever_may_read_refusals() throws IOException {
    Answer refused = server.s3("GET", "/releases", "", caller("poor"));
    String message = refused.header("x-tegata-authorization-message");
    assertThat(refused.body()).doesNotContain(message);
    Answer decoded = ask("start", "DecodeAuthorizationMessage", Map.of("EncodedMessage", message));
    JsonNode json = JsonMapper.shared().readTree(decoded.text("DecodedMessage"));
    assertThat(json.path("requestId").asString()).isEqualTo(refused.text("RequestId"));
    assertThat(json.path("context").path("action").asString()).isEqualTo("s3:ListBucket");
    assertGolden(
        "server/decoded-authorization-message.json",
        json.toPrettyString()
                .replaceAll("AROA[A-Z2-7]{17}", "AROA…")
                .replace(issuer.host(), "127.0.0.1:PORT")
                .replaceAll("Java-http-client/[^\"]+", "Java-http-client/…")
                .replaceAll("(\"requestId\" : )\"[^\"]+\"", "$1\"…\"")
            + "\n");
  }

  @Test
  void a_refusal_by_sts_can_be_read_too() {
    Answer refused = assume(caller("poor"), "target", Map.of());
    String message = refused.header("x-tegata-authorization-message");
    Answer decoded = ask("root", "DecodeAuthorizationMessage", Map.of("EncodedMessage", message));
    assertThat(decoded.text("DecodedMessage")).contains("\"action\":\"sts:AssumeRole\"");
  }

  @Test
  void a_message_can_be_read_for_a_day() {
    Answer refused = server.s3("GET", "/releases", "", caller("poor"));
    Map<String, String> message =
        Map.of("EncodedMessage", refused.header("x-tegata-authorization-message"));
    clock.set(WebIdentityCase.NOON.plus(Duration.ofDays(1)).minusSeconds(1));
    assertThat(ask("root", "DecodeAuthorizationMessage", message).status()).isEqualTo(200);
    clock.set(WebIdentityCase.NOON.plus(Duration.ofDays(1)));
    assertThat(ask("root", "DecodeAuthorizationMessage", message).error())
        .isEqualTo("400 InvalidAuthorizationMessageException: Message is not valid");
  }

  private Credentials caller(String name) {
    return Optional.ofNullable(callers.get(name)).orElseThrow();
  }

  /// `answer` without what is another one each time.
  private String normalised(Answer answer) {
    return (answer.status() + "\n" + answer.body())
        .replaceAll("AROA[A-Z2-7]{17}", "AROA…")
        .replaceAll("ASIA[A-Z2-7]{16}", "ASIA…")
        .replaceAll("(<(SessionToken|SecretAccessKey|RequestId)>)[^<]+<", "$1…<");
  }
}
