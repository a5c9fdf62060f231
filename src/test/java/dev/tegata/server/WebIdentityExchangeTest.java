package dev.tegata.server;

import static dev.tegata.Golden.assertGolden;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import dev.tegata.audit.AuditEvent.Failure;
import dev.tegata.audit.AuditEvent.ManagementRequested;
import dev.tegata.audit.AuditEvent.RoleRequested;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WebIdentityExchangeTest {
  private final ForeignIssuer issuer = new ForeignIssuer();
  private RunningServer server;

  @BeforeAll
  void start(@TempDir Path data) {
    server = RunningServer.start(data, "", new SettableClock(WebIdentityCase.NOON));
    server.create(WebIdentityCase.cloud(), Map.of("Issuer", issuer.url(), "Host", issuer.host()));
  }

  @AfterAll
  void stop() {
    server.close();
    issuer.close();
  }

  static List<WebIdentityCase> cases() {
    return WebIdentityCase.all();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void an_exchange_ends_as_the_table_says(WebIdentityCase example) throws JOSEException {
    int before = server.records().size();
    Answer answer = server.post(example.form(issuer));
    if (example.expected().status() == 200) {
      assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
      assertThat(answer.text("AccessKeyId")).startsWith("ASIA");
    } else {
      assertThat(answer.error())
          .isEqualTo(
              "%d %s: %s"
                  .formatted(
                      example.expected().status(),
                      example.expected().code(),
                      example.message(issuer)));
      assertThat(answer.body()).doesNotContain("SessionToken", "SecretAccessKey");
    }
    List<ManagementRequested> records = server.records().subList(before, server.records().size());
    assertThat(records).as("one record a request").hasSize(1);
    assertThat(records.getFirst().failure().map(Failure::code).orElse(""))
        .isEqualTo(example.expected().code());
  }

  @Test
  void a_session_is_told_in_the_form_of_aws() throws IOException {
    Answer answer = server.exchange(WebIdentityCase.ROLE, "run-1", issuer.token(goodClaims("{}")));
    assertThat(answer.header("content-type")).isEqualTo("text/xml");
    assertThat(answer.header("x-amzn-requestid")).isEqualTo(answer.text("RequestId"));
    assertGolden("server/assume-role-with-web-identity.xml", normalised(answer));
  }

  @Test
  void a_source_identity_is_told_too() throws IOException {
    Answer answer =
        server.exchange(
            "arn:aws:iam::123456789012:role/tagged",
            "run-1",
            issuer.token(goodClaims("{\"https://aws.amazon.com/source_identity\":\"octocat\"}")));
    assertGolden("server/assume-role-with-source-identity.xml", normalised(answer));
  }

  @Test
  void a_refusal_is_told_in_the_form_of_aws() throws IOException {
    Answer answer =
        server.exchange(
            WebIdentityCase.ROLE, "run-1", issuer.token(goodClaims("{\"sub\":\"stranger\"}")));
    assertThat(answer.header("content-type")).isEqualTo("text/xml");
    assertGolden("server/not-authorized.xml", normalised(answer));
  }

  @Test
  void an_unknown_operation_is_told_in_the_namespace_of_faults() throws IOException {
    Map<String, String> form = Map.of("Action", "AssumeRoleWithNothing", "Version", "2011-06-15");
    assertGolden(
        "server/invalid-action.xml", normalised(server.query(form, RunningServer.ROOT, "sts")));
  }

  @Test
  void the_operator_is_told_which_condition_kept_a_stranger_out() throws IOException {
    server.exchange(
        WebIdentityCase.ROLE, "run-1", issuer.token(goodClaims("{\"sub\":\"stranger\"}")));
    RoleRequested last = (RoleRequested) server.events().getLast();
    assertGolden(
        "server/stranger-explained.txt",
        last.outcome().sentence().replace(issuer.host(), "127.0.0.1:PORT") + "\n");
  }

  @Test
  void a_query_string_does_as_well_as_a_form() {
    Map<String, String> form = new LinkedHashMap<>();
    form.put("Action", "AssumeRoleWithWebIdentity");
    form.put("Version", "2011-06-15");
    form.put("RoleArn", WebIdentityCase.ROLE);
    form.put("RoleSessionName", "run-1");
    form.put("WebIdentityToken", issuer.token(goodClaims("{}")));
    assertThat(server.get("/?" + RunningServer.encode(form)).text("Arn"))
        .isEqualTo("arn:aws:sts::123456789012:assumed-role/deploy/run-1");
  }

  @Test
  void an_exchange_that_is_signed_all_the_same_is_carried_out() {
    Map<String, String> form =
        Map.of(
            "Action", "AssumeRoleWithWebIdentity",
            "Version", "2011-06-15",
            "RoleArn", WebIdentityCase.ROLE,
            "RoleSessionName", "run-1",
            "WebIdentityToken", issuer.token(goodClaims("{}")));
    assertThat(server.query(form, RunningServer.ROOT, "sts").status()).isEqualTo(200);
  }

  @Test
  void a_form_of_ten_megabytes_is_read() {
    assertThat(server.send(server.formRequest(padded(10_000_000))).error())
        .startsWith("400 ValidationError: ");
  }

  @Test
  void a_form_of_a_byte_more_is_not() {
    Answer answer = server.send(server.formRequest(padded(10_000_001)));
    assertThat(answer.status()).isEqualTo(413);
    assertThat(answer.body()).isEmpty();
    assertThat(server.records().getLast().failure().map(Failure::code))
        .contains("RequestEntityTooLarge");
  }

  @Test
  void who_posts_something_else_than_a_form_is_sent_on() {
    Answer answer =
        server.send(server.request("POST", "/", "{}", "Content-Type", "application/json"));
    assertThat(answer.status()).isEqualTo(302);
    assertThat(answer.header("location")).isEqualTo("https://aws.amazon.com/iam");
    assertThat(server.records().getLast().failure().map(Failure::code)).contains("NotAForm");
  }

  private static String padded(int length) {
    String form = "Action=AssumeRoleWithWebIdentity&Version=2011-06-15&Padding=";
    return form + "x".repeat(length - form.length());
  }

  @Test
  void a_form_with_a_broken_escape_is_refused() {
    assertThat(server.send(server.formRequest("Action=%zz")).error())
        .startsWith("400 MalformedInput: ");
  }

  private String goodClaims(String changes) {
    return WebIdentityCase.changed(WebIdentityCase.goodClaims(issuer), changes);
  }

  /// `answer` without what is another one each time.
  private String normalised(Answer answer) {
    return (answer.status() + "\n" + answer.body())
        .replace(issuer.host(), "127.0.0.1:PORT")
        .replaceAll("ASIA[A-Z2-7]{16}", "ASIA…")
        .replaceAll("AROA[A-Z2-7]{17}", "AROA…")
        .replaceAll("(<(SessionToken|SecretAccessKey|RequestId)>)[^<]+<", "$1…<");
  }
}
