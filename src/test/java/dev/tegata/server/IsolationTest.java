package dev.tegata.server;

import static dev.tegata.Golden.assertGolden;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tegata.aws.Table;
import dev.tegata.sigv4.RequestSigner.Credentials;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.sts.StsClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// One account has one of everything, and callers of others ask for it by each operation there is.
///
/// An operation that is served and has no case in `vectors/server/isolation.txt` fails a test.
class IsolationTest {
  private static final String A = FullAccount.ID;
  private static final String B = "333333333333";
  private static final Path CASES = Path.of("src/test/resources/vectors/server/isolation.txt");
  private static final String CLAIMS =
      """
      {"repository": "octo-org/app", "repository_id": 456789, "repository_owner_id": 123456,
       "ref": "refs/heads/main", "sha": "b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2",
       "actor": "octocat", "actor_id": 583231, "run_id": 1001,
       "workflow_ref": "octo-org/app/ci/deploy.groovy@refs/heads/main"}\
      """;
  private static final Pattern PLACE = Pattern.compile("\\$\\{(\\w+)}");
  private static final Pattern SERVER_WIDE =
      Pattern.compile("api tegata:(\\w*Account|\\w*Job|RotateKeys|\\w*OidcCustomization)");
  private static final Pattern UNIQUE_ID = Pattern.compile("A[A-Z]{3}[A-Z2-7]{16,17}");

  /// Tells the account of a key to whoever asks, as at AWS: it is written into the key's id.
  private static final String KEY_INFO = "sts GetAccessKeyInfo";

  @TempDir private Path data;
  private final ForeignIssuer issuer = new ForeignIssuer();
  private RunningServer server;
  private FullAccount full;
  private Map<String, String> places;

  @BeforeEach
  void fillOneAccount() {
    server =
        RunningServer.start(
            data, "https://issuer.example", new SettableClock(WebIdentityCase.NOON));
    full = FullAccount.create(server, issuer.host());
    places = full.places();
  }

  @AfterEach
  void stop() {
    server.close();
    issuer.close();
  }

  private static JsonNode json(Answer answer) {
    return JsonMapper.shared().readTree(answer.body());
  }

  private List<String> cases() throws IOException {
    return Files.readAllLines(CASES).stream()
        .filter(line -> !line.startsWith("#"))
        // What makes something in the asker's account comes last.
        .sorted(Comparator.comparing(line -> line.matches("iam (Create|Upload).*")))
        .toList();
  }

  /// The account that asks, which has what it is asked to join with what is not its own.
  private AccountClient asker(String who) {
    if (who.equals("the root of the first account")) {
      return withOwn(new AccountClient(server, RunningServer.ACCOUNT.digits(), RunningServer.ROOT));
    }
    AccountClient asker = withOwn(AccountClient.create(server, B));
    return who.startsWith("a role") ? asker.as(asker.roleSession("everything", "own-user")) : asker;
  }

  private AccountClient withOwn(AccountClient asker) {
    asker.succeed("CreateRole&RoleName=own&AssumeRolePolicyDocument=${TRUST}");
    asker.succeed("CreateUser&UserName=own");
    asker.succeed("CreateGroup&GroupName=own");
    asker.succeed("CreateInstanceProfile&InstanceProfileName=own");
    asker.succeed(
        "CreateOpenIDConnectProvider&Url=https://"
            + issuer.host()
            + "&ClientIDList.member.1=sts.amazonaws.com");
    return asker;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "the root of another account",
        "a role of another account that may do everything",
        "the root of the first account"
      })
  void whoever_asks_finds_nothing_and_changes_nothing(String who) throws IOException {
    AccountClient asker = asker(who);
    places.put("B", asker.account());
    boolean managesAll = who.endsWith("first account");
    Answer job = server.api("POST", "jobs", "{\"claims\":" + CLAIMS + "}", RunningServer.ROOT);
    places.put("JOB", json(job).path("id").asString());
    places.put("CLAIMS", CLAIMS);
    places.put("TOKEN", issuer.token(WebIdentityCase.goodClaims(issuer)));
    String before = full.state();
    Set<String> secrets = secrets(before);
    StringBuilder answers = new StringBuilder();
    for (String line : cases()) {
      if (managesAll && SERVER_WIDE.matcher(line).lookingAt()) {
        continue; // it is the one that may
      }
      Answer answer = ask(asker, line);
      answers.append(line).append("\n    ").append(told(answer, asker)).append('\n');
      if (!line.startsWith(KEY_INFO)) {
        assertThat(told(line, answer)).as(line).doesNotContain(secrets.toArray(String[]::new));
      }
    }
    assertThat(full.state()).isEqualTo(before);
    assertGolden("server/isolation-" + who.replace(' ', '-') + ".txt", answers.toString());
  }

  /// What an answer says beside what the request has named.
  private String told(String line, Answer answer) {
    String told = answer.body();
    if (line.contains("${FEDERATED}")) {
      told = told.replace(A, "");
    }
    for (MatchResult place : PLACE.matcher(line).results().toList()) {
      told = told.replace(places.getOrDefault(place.group(1), place.group()), "");
    }
    return told;
  }

  private static Set<String> secrets(String state) {
    Set<String> secrets = new TreeSet<>(Set.of(A, "confidential", "team-a-bucket"));
    UNIQUE_ID.matcher(state).results().forEach(id -> secrets.add(id.group()));
    assertThat(secrets).hasSizeGreaterThan(7);
    return secrets;
  }

  private Answer ask(AccountClient asker, String line) {
    String[] parts = line.split(" ", 2);
    String[] values =
        places.entrySet().stream()
            .flatMap(place -> Stream.of(place.getKey(), place.getValue()))
            .toArray(String[]::new);
    return switch (parts[0]) {
      case "iam" -> asker.iam(parts[1], values);
      case "sts" -> asker.sts(parts[1], values);
      default -> askApi(asker, parts[1].split(" ", 4));
    };
  }

  private Answer askApi(AccountClient asker, String[] parts) {
    String path = fill(parts[2]);
    String body = parts.length > 3 ? fill(parts[3]) : "";
    if (!path.startsWith("v3/")) {
      return server.api(parts[1], path, body, asker.credentials());
    }
    String token =
        json(server.api("POST", "tokens", "", asker.credentials())).path("token").asString();
    return server.send(
        server.request(parts[1], "/_/api/" + path, body, "Authorization", "Bearer " + token));
  }

  private String fill(String text) {
    return PLACE
        .matcher(text)
        .replaceAll(
            place -> Matcher.quoteReplacement(places.getOrDefault(place.group(1), place.group())));
  }

  /// The status, and of an error what it says.
  private String told(Answer answer, AccountClient asker) {
    String said = answer.status() < 300 ? "" : answer.text("Code") + ": " + answer.text("Message");
    if (said.equals(": ")) {
      JsonNode json = json(answer);
      said = (json.path("code").asString("") + ": " + json.path("message").asString("")).strip();
    }
    String told = (answer.status() + " " + said).strip();
    for (Map.Entry<String, String> place : places.entrySet()) {
      told = told.replace(place.getValue(), "${" + place.getKey() + "}");
    }
    return told.replace(asker.account(), "${B}");
  }

  @Test
  void each_operation_that_is_served_has_a_case() throws IOException {
    assertThat(asked("iam"))
        .containsExactlyInAnyOrderElementsOf(served("iam", operations(IamClient.class)));
    assertThat(asked("sts"))
        .containsExactlyInAnyOrderElementsOf(served("sts", operations(StsClient.class)));
    assertThat(asked("api")).containsExactlyInAnyOrderElementsOf(actions());
  }

  private Set<String> asked(String service) throws IOException {
    return cases().stream()
        .filter(line -> line.startsWith(service + " "))
        .map(line -> line.split("[ &]", -1)[1])
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static List<String> operations(Class<?> client) {
    return Stream.of(client.getMethods())
        .filter(method -> method.getReturnType().getSimpleName().endsWith("Response"))
        .map(Method::getName)
        .map(name -> name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1))
        .distinct()
        .toList();
  }

  private Set<String> served(String service, List<String> operations) {
    return operations.stream()
        .filter(operation -> {
          Answer answer =
              service.equals("iam") ? full.owner().iam(operation) : full.owner().sts(operation);
          return !answer.text("Code").equals("InvalidAction");
        })
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /// The actions that Tegata's own interface asks the policies about.
  private static Set<String> actions() throws IOException {
    Pattern action = Pattern.compile("\"((?:tegata|sts):[A-Z]\\w+)\"");
    Set<String> actions = new TreeSet<>();
    List<Path> files = new ArrayList<>();
    try (Stream<Path> api = Files.list(Path.of("src/main/java/dev/tegata/api"))) {
      api.forEach(files::add);
    }
    files.add(Path.of("src/main/java/dev/tegata/providers/KeyRetrievals.java"));
    for (Path file : files) {
      action
          .matcher(Files.readString(file))
          .results()
          .forEach(found -> actions.add(found.group(1)));
    }
    return actions;
  }

  @Test
  void no_operation_of_s3_gets_into_another_accounts_bucket() {
    Credentials asker = AccountClient.create(server, B).credentials();
    String before = full.state();
    for (List<String> row : Table.read("/s3/operations.tsv").rows()) {
      Answer answer = askS3(row, asker);
      String expected =
          switch (row.get(4)) {
            case "ListBuckets" -> "200";
            case "CreateBucket" -> "409";
            default -> "403";
          };
      assertThat(Integer.toString(answer.status())).as(row + answer.body()).isIn(expected, "501");
      assertThat(answer.body()).as(row.get(4)).doesNotContain("confidential", A);
      assertThat(answer.status() == 200 && answer.body().contains("team-a-bucket")).isFalse();
    }
    assertThat(full.state()).isEqualTo(before);
  }

  private Answer askS3(List<String> row, Credentials credentials) {
    String path =
        switch (row.get(1)) {
          case "service" -> "/";
          case "bucket" -> "/team-a-bucket";
          default -> "/team-a-bucket/plan";
        };
    String query = row.get(2).isEmpty() ? "" : "?" + row.get(2);
    List<String> headers = new ArrayList<>();
    if (!row.get(3).isEmpty()) {
      headers.addAll(List.of(row.get(3), "/team-a-bucket/plan"));
    }
    String body = "";
    if (row.get(4).equals("DeleteObjects")) {
      body = "<Delete><Object><Key>plan</Key></Object></Delete>";
      headers.addAll(List.of("Content-MD5", "s9Js3kAXxDC0ZKMwg0EPvw=="));
    }
    return server.send(
        server.sign(
            server.request(row.get(0), path + query, body, headers.toArray(String[]::new)),
            body,
            credentials,
            "s3"));
  }

  @Test
  void tags_of_another_account_cannot_be_guessed_by_policies() {
    AccountClient asker = AccountClient.create(server, B);
    asker.succeed("CreateUser&UserName=guesser");
    asker.succeed(
        "PutUserPolicy&UserName=guesser&PolicyName=guess&PolicyDocument=${GUESS}",
        "GUESS",
        """
        {"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"iam:*","Resource":"*",
         "Condition":{"StringEquals":{"aws:ResourceTag/plan":"confidential"}}}}
        """);
    AccountClient guesser =
        asker.as(RunningServer.credentials(asker.succeed("CreateAccessKey&UserName=guesser")));
    String there = "arn:aws:iam::" + A;
    assertThat(guesser.iam("GetPolicy&PolicyArn=" + there + ":policy/reader").text("Code"))
        .isEqualTo("AccessDenied");
    assertThat(
            guesser
                .iam(
                    "GetOpenIDConnectProvider&OpenIDConnectProviderArn="
                        + there
                        + ":oidc-provider/provider.example")
                .text("Code"))
        .isEqualTo("AccessDenied");
    assertThat(guesser.iam("GetRole&RoleName=deploy").text("Code")).isEqualTo("AccessDenied");
  }

  @Test
  void an_object_of_another_account_cannot_be_copied() {
    Credentials asker = AccountClient.create(server, B).credentials();
    assertThat(server.s3("PUT", "/team-b-bucket", "", asker).status()).isEqualTo(200);
    Answer copied =
        server.send(
            server.sign(
                server.request(
                    "PUT", "/team-b-bucket/x", "", "x-amz-copy-source", "/team-a-bucket/plan"),
                "",
                asker,
                "s3"));
    assertThat(copied.error()).isEqualTo("403 AccessDenied: Access Denied");
    assertThat(server.s3("PUT", "/team-a-bucket", "", asker).text("Code"))
        .isEqualTo("BucketAlreadyExists");
    assertThat(server.s3("PUT", "/team-a-bucket", "", full.owner().credentials()).status())
        .as("in us-east-1 the owner may make it again")
        .isEqualTo(200);
  }
}
