package dev.tegata.api;

import static dev.tegata.Golden.assertGolden;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tegata.audit.AuditEvent.AccessRequested;
import dev.tegata.audit.AuditEvent.Changed;
import dev.tegata.audit.AuditEvent.SignatureRefused;
import dev.tegata.server.Answer;
import dev.tegata.server.RunningServer;
import dev.tegata.sigv4.RequestSigner.Credentials;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class AccountsApiTest {
  private static final String B = "210987654321";
  private static final String INVALID =
      "403 InvalidClientTokenId: The security token included in the request is invalid.";

  @TempDir private Path data;
  private ApiFixture api;

  @BeforeEach
  void start() {
    api = new ApiFixture(data);
  }

  @AfterEach
  void stop() {
    api.close();
  }

  private Answer iam(String action, Credentials credentials, String... more) {
    return query(action, "2010-05-08", "iam", credentials, more);
  }

  private Answer sts(String action, Credentials credentials, String... more) {
    return query(action, "2011-06-15", "sts", credentials, more);
  }

  private Answer query(
      String action, String version, String service, Credentials credentials, String... more) {
    Map<String, String> form = new LinkedHashMap<>();
    form.put("Action", action);
    form.put("Version", version);
    for (int i = 0; i < more.length; i += 2) {
      form.put(more[i], more[i + 1]);
    }
    return api.server().query(form, credentials, service);
  }

  /// Credentials of a user of the first account who may do what `statement` allows.
  private Credentials user(String name, String statement) {
    iam("CreateUser", RunningServer.ROOT, "UserName", name);
    iam(
        "PutUserPolicy",
        RunningServer.ROOT,
        "UserName",
        name,
        "PolicyName",
        "own",
        "PolicyDocument",
        "{\"Version\":\"2012-10-17\",\"Statement\":" + statement + "}");
    return RunningServer.credentials(iam("CreateAccessKey", RunningServer.ROOT, "UserName", name));
  }

  private static String hidden(Answer answer) {
    return answer
            .toString()
            .replaceAll("AKIA[A-Z2-7]{16}", "AKIA…")
            .replaceAll("\"[A-Za-z0-9]{40}\"", "\"…\"")
            .strip()
        + "\n";
  }

  @Test
  void an_account_is_made_with_a_root_key_that_is_told_once() throws IOException {
    Answer made =
        api.ask(
            "POST",
            "accounts",
            """
            {"id": "210987654321", "name": "Team B", "role_name": "OrganizationAccountAccessRole"}
            """);
    assertGolden("api/account.json", hidden(made));
    Answer shown = api.ask("GET", "accounts/" + B, "");
    assertThat(shown.status()).isEqualTo(200);
    assertThat(shown.body()).doesNotContain("key").contains("\"name\":\"Team B\"");
    assertThat(Files.readString(data.resolve("audit.jsonl")))
        .doesNotContain(
            ApiFixture.json(made).path("root_key").path("secret_access_key").asString());
  }

  @Test
  void its_root_key_speaks_for_it_at_once_and_after_a_restart() {
    Credentials root = api.server().newAccount(B);
    assertThat(api.server().callerIdentity(root).text("Arn"))
        .isEqualTo("arn:aws:iam::210987654321:root");
    api.restart();
    assertThat(api.server().callerIdentity(root).text("Account")).isEqualTo(B);
    assertThat(api.server().server().account()).isEqualTo(RunningServer.ACCOUNT);
  }

  @Test
  void who_made_which_account_is_recorded() {
    api.server().newAccount(B);
    assertThat(api.server().events())
        .filteredOn(Changed.class::isInstance)
        .extracting(it -> ((Changed) it).name() + " " + ((Changed) it).parameters())
        .containsExactly("CreateAccount {id=210987654321, name=}");
    assertThat(api.server().events())
        .filteredOn(AccessRequested.class::isInstance)
        .extracting(it -> ((AccessRequested) it).resource().toString())
        .containsExactly("arn:aws:tegata:us-east-1:123456789012:account/*");
  }

  @Test
  void an_id_is_drawn_if_none_is_given_and_none_is_given_twice() {
    String drawn = ApiFixture.json(api.ask("POST", "accounts", "")).path("id").asString();
    assertThat(drawn).matches("[1-9][0-9]{11}");
    assertThat(api.ask("POST", "accounts", "{\"id\": \"" + drawn + "\"}").toString())
        .startsWith("409\n{\"code\":\"EntityAlreadyExists\"")
        .contains("Account " + drawn + " already exists.");
  }

  @ParameterizedTest(name = "{0}")
  @CsvFileSource(
      resources = "/vectors/api/bad-accounts.tsv",
      delimiter = '\t',
      quoteCharacter = '~',
      numLinesToSkip = 1)
  void a_request_is_read_strictly(String method, String path, String body, int status, String why) {
    Answer answer = api.ask(method, path, body == null ? "" : body);
    assertThat(ApiFixture.json(answer).path("message").asString()).isEqualTo(why);
    assertThat(answer.status()).isEqualTo(status);
  }

  @Test
  void many_accounts_are_listed_a_page_at_a_time() {
    for (int i = 0; i < 150; i++) {
      api.ask("POST", "accounts", "{\"id\": \"%012d\"}".formatted(i));
    }
    List<String> ids = new ArrayList<>();
    JsonNode page = ApiFixture.json(api.ask("GET", "accounts", ""));
    page.path("accounts").forEach(it -> ids.add(it.path("id").asString()));
    assertThat(ids).hasSize(100);
    page = ApiFixture.json(api.ask("GET", "accounts?after=" + page.path("after").asString(), ""));
    page.path("accounts").forEach(it -> ids.add(it.path("id").asString()));
    assertThat(ids).hasSize(151).isSorted().doesNotHaveDuplicates().endsWith("123456789012");
    assertThat(page.has("after")).isFalse();
  }

  @Test
  void policies_of_the_first_account_say_who_may() {
    Credentials lister =
        user("lister", "{\"Effect\":\"Allow\",\"Action\":\"tegata:List*\",\"Resource\":\"*\"}");
    assertThat(api.ask("GET", "accounts", "", lister).status()).isEqualTo(200);
    assertThat(api.ask("POST", "accounts", "{}", lister).toString())
        .startsWith("403")
        .contains(
            "User: arn:aws:iam::123456789012:user/lister is not authorized to perform:"
                + " tegata:CreateAccount on resource:"
                + " arn:aws:tegata:us-east-1:123456789012:account/* because no identity-based"
                + " policy allows the tegata:CreateAccount action");
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({
    "GET, accounts",
    "POST, accounts",
    "GET, accounts/123456789012",
    "POST, accounts/123456789012/close",
    "POST, accounts/123456789012/reopen",
    "POST, keys/rotate",
    "POST, session-keys/rotate",
    "GET, jobs"
  })
  void what_is_of_the_whole_server_is_closed_to_other_accounts(String method, String path) {
    Credentials root = api.server().newAccount(B);
    Answer answer = api.ask(method, path, "", root);
    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.body())
        .contains("\"code\":\"AccessDenied\"", " because only the server's first account may")
        .doesNotContain("123456789012:root");
  }

  @Test
  void of_a_closed_account_nobody_is_admitted_until_it_is_opened_again() {
    Credentials root = api.server().newAccount(B);
    Credentials session = RunningServer.credentials(sts("GetSessionToken", root));
    String token = ApiFixture.json(api.ask("POST", "tokens", "{}", root)).path("token").asString();
    assertThat(token).isNotEmpty();
    assertThat(api.ask("POST", "accounts/" + B + "/close", "").body())
        .contains("\"status\":\"SUSPENDED\"", "\"closed_at\":\"2026-11-22T12:00:00Z\"");
    assertThat(api.server().callerIdentity(root).error()).isEqualTo(INVALID);
    assertThat(api.server().callerIdentity(session).error()).isEqualTo(INVALID);
    assertThat(api.server().s3("GET", "/", "", root).text("Code")).isEqualTo("InvalidAccessKeyId");
    assertThat(api.server().get("/_/api/v3/x", "Authorization", "Bearer " + token).status())
        .isEqualTo(401);
    assertThat(api.server().events())
        .filteredOn(SignatureRefused.class::isInstance)
        .extracting(it -> ((SignatureRefused) it).outcome().sentence())
        .contains("InvalidClientTokenId: account 210987654321 is closed");
    assertThat(api.ask("POST", "accounts/" + B + "/reopen", "").body()).contains("\"ACTIVE\"");
    assertThat(api.server().callerIdentity(root).status()).isEqualTo(200);
    assertThat(api.server().callerIdentity(session).status()).isEqualTo(200);
  }

  @Test
  void roles_of_a_closed_account_cannot_be_assumed_and_what_came_of_them_is_refused() {
    api.ask("POST", "accounts", "{\"id\":\"" + B + "\",\"role_name\":\"Access\"}");
    Credentials admin =
        user("admin", "{\"Effect\":\"Allow\",\"Action\":\"sts:AssumeRole\",\"Resource\":\"*\"}");
    Credentials there = RunningServer.credentials(assume(admin, B, "Access"));
    iam(
        "CreateRole",
        RunningServer.ROOT,
        "RoleName",
        "back",
        "AssumeRolePolicyDocument",
        """
        {"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"sts:AssumeRole",
         "Principal":{"AWS":"arn:aws:iam::210987654321:role/Access"}}}
        """);
    Credentials back = RunningServer.credentials(assume(there, "123456789012", "back"));
    assertThat(api.server().callerIdentity(back).status()).isEqualTo(200);
    api.ask("POST", "accounts/" + B + "/close", "");
    assertThat(assume(admin, B, "Access").error())
        .isEqualTo(
            "403 AccessDenied: User: arn:aws:iam::123456789012:user/admin is not authorized to"
                + " perform: sts:AssumeRole on resource: arn:aws:iam::210987654321:role/Access");
    assertThat(api.server().callerIdentity(there).error()).isEqualTo(INVALID);
    assertThat(api.server().callerIdentity(back).error()).isEqualTo(INVALID);
    assertThat(api.server().callerIdentity(admin).status()).isEqualTo(200);
  }

  private Answer assume(Credentials credentials, String account, String role) {
    return sts(
        "AssumeRole",
        credentials,
        "RoleArn",
        "arn:aws:iam::" + account + ":role/" + role,
        "RoleSessionName",
        "visit");
  }
}
