package dev.tegata.server;

import static dev.tegata.Golden.assertGolden;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What each account is told in the audit log when one gets at what is of another.
class AccountRecordsTest {
  private static final String A = "210987654321";
  private static final String B = "222222222222";

  @TempDir private Path data;
  private RunningServer server;
  private AccountClient a;
  private AccountClient alice;

  @BeforeEach
  void startWithAVisitor() {
    server =
        RunningServer.start(
            data, "https://issuer.example", new SettableClock(WebIdentityCase.NOON));
    a = AccountClient.create(server, A);
    AccountClient b = AccountClient.create(server, B);
    b.succeed("CreateUser&UserName=alice");
    b.succeed("PutUserPolicy&UserName=alice&PolicyName=all&PolicyDocument=${ALLOW}");
    alice = b.as(RunningServer.credentials(b.succeed("CreateAccessKey&UserName=alice")));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private void role(String name, String trusted) {
    a.succeed(
        "CreateRole&RoleName=" + name + "&AssumeRolePolicyDocument=${DOCUMENT}",
        "DOCUMENT",
        """
        {"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"sts:AssumeRole",
         "Principal":{"AWS":"%s"}}}
        """
            .formatted(trusted));
  }

  /// The records of `event`, whoever they are for.
  private List<JsonNode> records(String event) throws IOException {
    server.close(); // records of S3 are not waited for
    return Files.readAllLines(data.resolve("audit.jsonl")).stream()
        .map(JsonMapper.shared()::readTree)
        .filter(record -> record.path("eventName").asString().equals(event))
        .toList();
  }

  private static String laidOut(List<JsonNode> records) {
    return records.stream()
            .map(JsonNode::toPrettyString)
            .collect(Collectors.joining("\n"))
            .replaceAll("A(SIA|KIA)[A-Z2-7]{16}", "A$1…")
            .replaceAll("A(ROA|IDA)[A-Z2-7]{17}", "A$1…")
            .replaceAll("Java-http-client/[^\"]+", "Java-http-client/…")
            .replaceAll("[0-9a-f]{8}-[0-9a-f-]{27}", "…")
        + "\n";
  }

  @Test
  void a_role_that_another_account_assumes_is_recorded_for_both() throws IOException {
    role("deploy", "arn:aws:iam::" + B + ":user/alice");
    assertThat(alice.assume(A, "deploy").status()).isEqualTo(200);
    List<JsonNode> records = records("AssumeRole");
    assertGolden("server/records-across-accounts.json", laidOut(records));
    JsonNode caller = records.getFirst();
    JsonNode owner = records.getLast();
    assertThat(owner.path("sharedEventID")).isEqualTo(caller.path("sharedEventID"));
    assertThat(owner.path("eventID")).isNotEqualTo(caller.path("eventID"));
    assertThat(owner.path("requestID")).isEqualTo(caller.path("requestID"));
  }

  @Test
  void a_role_that_another_account_is_refused_is_recorded_for_that_one() throws IOException {
    role("deploy", A);
    assertThat(alice.assume(A, "deploy").status()).isEqualTo(403);
    assertThat(alice.assume(A, "nothing").status()).isEqualTo(403);
    assertThat(records("AssumeRole"))
        .hasSize(2)
        .allMatch(record -> record.path("recipientAccountId").asString().equals(B))
        .noneMatch(record -> record.has("sharedEventID"));
  }

  @Test
  void a_bucket_that_another_account_asks_for_is_recorded_for_both() throws IOException {
    assertThat(server.s3("PUT", "/team-a", "", a.credentials()).status()).isEqualTo(200);
    assertThat(server.s3("PUT", "/team-a/plan", "x", a.credentials()).status()).isEqualTo(200);
    assertThat(server.s3("GET", "/team-a/plan", "", alice.credentials()).status()).isEqualTo(403);
    assertGolden("server/records-of-anothers-bucket.json", laidOut(records("GetObject")));
  }

  @Test
  void an_exchange_is_recorded_for_the_account_of_the_role() throws IOException {
    assertThat(server.exchange("arn:aws:iam::" + A + ":role/deploy", "run", "a.b.c").status())
        .isEqualTo(400);
    assertThat(records("AssumeRoleWithWebIdentity"))
        .singleElement()
        .satisfies(record -> assertThat(record.path("recipientAccountId").asString()).isEqualTo(A));
  }

  @Test
  void the_records_of_an_account_are_those_that_name_it_as_their_recipient() throws IOException {
    role("deploy", "arn:aws:iam::" + B + ":root");
    alice.assume(A, "deploy");
    server.close();
    List<String> records =
        Files.readAllLines(data.resolve("audit.jsonl")).stream()
            .filter(line -> line.contains("\"recipientAccountId\":\"" + A + "\""))
            .toList();
    assertThat(records).hasSize(2).noneMatch(line -> line.contains("alice"));
  }
}
