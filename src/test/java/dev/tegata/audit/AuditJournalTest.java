package dev.tegata.audit;

import static dev.tegata.Golden.assertGolden;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tegata.arn.AccountId;
import dev.tegata.arn.Arn;
import dev.tegata.audit.AuditEvent.AccessRequested;
import dev.tegata.audit.AuditEvent.JobChange;
import dev.tegata.audit.AuditEvent.JobChanged;
import dev.tegata.audit.AuditEvent.JobName;
import dev.tegata.audit.AuditEvent.KnownIdentity;
import dev.tegata.audit.AuditEvent.Outcome.Decided;
import dev.tegata.audit.AuditEvent.Outcome.Refused;
import dev.tegata.audit.AuditEvent.RoleRequested;
import dev.tegata.audit.AuditEvent.Source;
import dev.tegata.audit.AuditEvent.TokenIssued;
import dev.tegata.audit.AuditEvent.TokenRefused;
import dev.tegata.policy.Decision.Allowed;
import dev.tegata.policy.Decision.ImplicitlyDenied;
import dev.tegata.policy.PolicyKind;
import dev.tegata.policy.StatementId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class AuditJournalTest {
  private static final AccountId ACCOUNT = new AccountId("123456789012");
  private static final Arn ROLE = Arn.iam(ACCOUNT, "role/deploy");
  private static final Source SOURCE =
      new Source(
          Instant.parse("2026-09-11T12:00:00Z"), "request-1", "127.0.0.1", "aws-cli/1.45", false);

  @TempDir private Path folder;
  private Path file = Path.of("");

  @BeforeEach
  void nameTheFile() {
    file = folder.resolve("audit.jsonl");
  }

  @Test
  void a_management_event_is_in_the_file_when_record_returns() throws IOException {
    try (AuditJournal journal = new AuditJournal(file)) {
      journal.record(
          new TokenIssued(
              SOURCE, new JobName("deploy", "1f7d5a2c"), "repo:o/r:ref:refs/heads/main", "aud"));
      assertThat(lines()).hasSize(1);
    }
    assertThat(lines().getFirst().path("eventName").asString()).isEqualTo("IssueToken");
    assertThat(lines().getFirst().path("requestID").asString()).isEqualTo("request-1");
  }

  @Test
  void a_refusal_says_what_the_client_was_told_and_why() throws IOException {
    try (AuditJournal journal = new AuditJournal(file)) {
      journal.record(
          new RoleRequested(
              SOURCE,
              ROLE,
              KnownIdentity.NONE,
              "ci",
              new Refused("InvalidIdentityToken", "no such key")));
      journal.record(
          new TokenRefused(SOURCE, new JobName("deploy", "1f7d5a2c"), "the job is over"));
    }
    JsonNode refused = lines().getFirst();
    assertThat(refused.path("errorCode").asString()).isEqualTo("InvalidIdentityToken");
    assertThat(refused.path("decision").asString()).isEqualTo("refused");
    assertThat(refused.path("reason").asString()).contains("no such key");
    assertThat(lines().get(1).path("errorMessage").asString()).isEqualTo("the job is over");
  }

  @Test
  void a_job_is_named_with_who_registered_and_who_ended_it() throws IOException {
    JobName job = new JobName("deploy", "1f7d5a2c");
    try (AuditJournal journal = new AuditJournal(file)) {
      journal.record(new JobChanged(SOURCE, ROLE, job, JobChange.REGISTERED));
      journal.record(new JobChanged(SOURCE, ROLE, job, JobChange.ENDED));
    }
    assertGolden("audit/jobs.jsonl", Files.readString(file));
  }

  @Test
  void an_access_names_caller_action_resource_and_decision() throws IOException {
    try (AuditJournal journal = new AuditJournal(file)) {
      journal.record(access("s3:GetObject"));
    }
    JsonNode access = lines().getFirst();
    assertThat(access.path("eventSource").asString()).isEqualTo("s3.amazonaws.com");
    assertThat(access.path("eventName").asString()).isEqualTo("GetObject");
    assertThat(access.path("decision").asString()).isEqualTo("allowed");
    assertThat(access.path("resources").path(0).path("ARN").asString())
        .isEqualTo("arn:aws:s3:::b/k");
  }

  @Test
  void a_denied_access_has_the_code_that_the_client_got() throws IOException {
    try (AuditJournal journal = new AuditJournal(file)) {
      journal.record(
          new AccessRequested(
              SOURCE,
              Arn.assumedRole(ACCOUNT, "deploy", "ci"),
              "s3:CreateBucket",
              Arn.bucket("b"),
              ACCOUNT.digits(),
              new Decided(new ImplicitlyDenied(PolicyKind.IDENTITY), "denied: nothing allows it")));
    }
    assertThat(lines().getFirst().path("errorCode").asString()).isEqualTo("AccessDenied");
  }

  @Test
  void closing_writes_what_nobody_waited_for() throws IOException {
    try (AuditJournal journal = new AuditJournal(file)) {
      for (int i = 0; i < 500; i++) {
        journal.record(access("s3:GetObject"));
      }
    }
    assertThat(lines()).hasSize(500);
  }

  @Test
  void events_of_many_threads_are_whole_lines() throws Exception {
    try (AuditJournal journal = new AuditJournal(file)) {
      List<Thread> threads = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        threads.add(
            Thread.startVirtualThread(() -> {
              for (int j = 0; j < 10; j++) {
                journal.record(
                    new TokenIssued(SOURCE, new JobName("deploy", "1f7d5a2c"), "subject", "aud"));
              }
            }));
      }
      for (Thread thread : threads) {
        thread.join();
      }
    }
    assertThat(lines()).hasSize(200);
  }

  @Test
  void a_log_goes_on_where_it_ended() throws IOException {
    for (int i = 0; i < 2; i++) {
      try (AuditJournal journal = new AuditJournal(file)) {
        journal.record(access("iam:GetRole"));
      }
    }
    assertThat(lines()).hasSize(2);
  }

  @Test
  void a_closed_log_takes_nothing_and_says_so() {
    AuditJournal journal = new AuditJournal(file);
    journal.close();
    assertThatThrownBy(() -> journal.record(access("iam:GetRole")))
        .isInstanceOf(AuditFailure.class);
  }

  @Test
  void a_file_that_cannot_be_written_is_refused_at_once() {
    assertThatThrownBy(() -> new AuditJournal(folder.resolve("missing/audit.jsonl")))
        .isInstanceOf(AuditFailure.class)
        .hasMessageContaining("missing/audit.jsonl");
  }

  private static AccessRequested access(String action) {
    return new AccessRequested(
        SOURCE,
        Arn.assumedRole(ACCOUNT, "deploy", "ci"),
        action,
        Arn.object("b", "k"),
        ACCOUNT.digits(),
        new Decided(new Allowed(new StatementId("p", 0, "")), "allowed by p statement 1"));
  }

  private List<JsonNode> lines() throws IOException {
    return Files.readAllLines(file).stream().map(JsonMapper.shared()::readTree).toList();
  }
}
