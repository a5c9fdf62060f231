package dev.tegata.report;

import static dev.tegata.Golden.assertGolden;

import dev.tegata.arn.AccountId;
import dev.tegata.arn.Arn;
import dev.tegata.audit.AuditEvent.AccessRequested;
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
import java.time.Instant;
import org.junit.jupiter.api.Test;

class AccessSummaryTest {
  private static final AccountId ACCOUNT = new AccountId("123456789012");
  private static final Arn ROLE = Arn.iam(ACCOUNT, "role/deploy");
  private static final Arn SESSION = Arn.assumedRole(ACCOUNT, "deploy", "ci");
  private static final String SUBJECT = "repo:o/r:ref:refs/heads/main";
  private static final Source SOURCE =
      new Source(Instant.parse("2026-09-11T12:00:00Z"), "id", "127.0.0.1", "", false);
  private static final StatementId STATEMENT = new StatementId("trust policy of deploy", 0, "Jobs");

  @Test
  void each_kind_of_access_has_its_lines() throws IOException {
    AccessSummary summary = new AccessSummary();
    summary.record(
        new TokenIssued(SOURCE, new JobName("deploy", "1f7d5a2c"), SUBJECT, "sts.amazonaws.com"));
    summary.record(
        new TokenRefused(
            SOURCE, new JobName("deploy", "1f7d5a2c"), "Can't issue ID_TOKEN for audience 'x'"));
    summary.record(
        new RoleRequested(
            SOURCE,
            ROLE,
            new KnownIdentity("", "sts.amazonaws.com", SUBJECT),
            SESSION.toString(),
            new Decided(new Allowed(STATEMENT), "allowed by " + STATEMENT)));
    summary.record(
        new RoleRequested(
            SOURCE,
            ROLE,
            KnownIdentity.NONE,
            "ci",
            new Refused("InvalidIdentityToken", "no such key")));
    for (int i = 0; i < 3; i++) {
      summary.record(
          new AccessRequested(
              SOURCE,
              SESSION,
              "s3:GetObject",
              Arn.object("b", "k"),
              SESSION.account(),
              new Decided(new Allowed(STATEMENT), "allowed by " + STATEMENT)));
    }
    summary.record(
        new AccessRequested(
            SOURCE,
            SESSION,
            "s3:CreateBucket",
            Arn.bucket("b"),
            SESSION.account(),
            new Decided(
                new ImplicitlyDenied(PolicyKind.IDENTITY),
                "denied: no identity-based policy allows it\n\nclosest is x, but\n  Action: y")));
    assertGolden("cli/accesses.txt", String.join("\n", summary.lines()) + "\n");
  }

  @Test
  void a_run_that_asks_for_nothing_says_so() throws IOException {
    assertGolden("cli/no-accesses.txt", String.join("\n", new AccessSummary().lines()) + "\n");
  }
}
