package dev.tegata.authentication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tegata.arn.AccountId;
import dev.tegata.arn.Arn;
import dev.tegata.arn.UniqueId;
import dev.tegata.authentication.Revoked.ByAccessKey;
import dev.tegata.authentication.Revoked.ByRepository;
import dev.tegata.authentication.Revoked.ByRole;
import dev.tegata.authentication.Session.AssumedRole;
import dev.tegata.authentication.Session.SessionPolicies;
import dev.tegata.authentication.Session.SessionTags;
import dev.tegata.authentication.Session.WebIdentity;
import dev.tegata.authentication.Session.Workload;
import dev.tegata.database.Database;
import dev.tegata.sigv4.SecretAccessKey;
import dev.tegata.store.IdentityStore;
import dev.tegata.store.Revocation;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RevocationListTest {
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
  private static final AccountId ACCOUNT = new AccountId("123456789012");
  private static final AccountId OTHER = new AccountId("999999999999");
  private static final String LONG_LIVED = "AKIARZPUZDIKNEXAMPLE";

  private final SplittableRandom random = new SplittableRandom(7);
  private Database database;
  private IdentityStore store;
  private RevocationList list;

  @BeforeEach
  void open(@TempDir Path folder) {
    database = Database.open(folder.resolve("test.db"));
    store = new IdentityStore(database);
    list = new RevocationList(store);
  }

  @AfterEach
  void close() {
    store.close();
    database.close();
  }

  private Revocation revoke(AccountId account, Revoked what) {
    Revocation revocation =
        new Revocation(
            what.kind() + what.value(),
            account,
            what.kind().name(),
            what.value(),
            false,
            "a test",
            Optional.empty(),
            NOON,
            "somebody");
    store.change(change -> {
      change.put(revocation);
      return revocation;
    });
    return revocation;
  }

  private Session session(AccountId account, Optional<WebIdentity> identity, Lineage lineage) {
    return new Session(
        UniqueId.create(UniqueId.Kind.ASIA, account, random),
        new SecretAccessKey("wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEY12"),
        new AssumedRole(
            account, "deploy", UniqueId.create(UniqueId.Kind.AROA, account, random), "ci"),
        NOON,
        NOON.plusSeconds(3600),
        SessionPolicies.NONE,
        SessionTags.NONE,
        Optional.empty(),
        identity,
        lineage,
        false);
  }

  private static WebIdentity identity(AccountId account) {
    return new WebIdentity(
        Arn.iam(account, "oidc-provider/token.actions.githubusercontent.com"),
        "sts.amazonaws.com",
        "repo:octo-org/app",
        List.of(),
        new Workload("octo-org/app", "1001"));
  }

  @Test
  void a_long_lived_key_and_all_that_came_of_it_are_revoked_together() {
    Session first = session(ACCOUNT, Optional.empty(), Lineage.of(LONG_LIVED));
    Session second = session(ACCOUNT, Optional.empty(), Lineage.of(first));
    assertThat(list.againstKey(LONG_LIVED, NOON)).isEmpty();
    Revocation revocation = revoke(ACCOUNT, new ByAccessKey(LONG_LIVED));
    assertThat(list.againstKey(LONG_LIVED, NOON)).contains(revocation);
    assertThat(list.against(first, NOON)).contains(revocation);
    assertThat(list.against(second, NOON)).contains(revocation);
    assertThat(list.against(session(ACCOUNT, Optional.empty(), Lineage.NONE), NOON)).isEmpty();
  }

  @Test
  void what_came_of_a_job_is_revoked_in_other_accounts_too() {
    Session job = session(ACCOUNT, Optional.of(identity(ACCOUNT)), Lineage.NONE);
    Session there = session(OTHER, Optional.empty(), Lineage.of(job));
    Revocation revocation = revoke(ACCOUNT, new ByRepository("octo-org/app"));
    assertThat(list.against(there, NOON)).contains(revocation);
  }

  @Test
  void an_account_revokes_only_what_its_own_providers_vouch_for() {
    Session job = session(ACCOUNT, Optional.of(identity(ACCOUNT)), Lineage.NONE);
    revoke(OTHER, new ByRepository("octo-org/app"));
    assertThat(list.against(job, NOON)).isEmpty();
    assertThat(list.againstIdentity(identity(ACCOUNT), NOON)).isEmpty();
    assertThat(list.againstIdentity(identity(OTHER), NOON)).isPresent();
  }

  @Test
  void of_a_long_chain_the_beginning_the_end_and_every_role_are_known() {
    Session first = session(ACCOUNT, Optional.of(identity(ACCOUNT)), Lineage.NONE);
    Session session = first;
    Session middle = first;
    for (int i = 0; i < 100; i++) {
      session = session(ACCOUNT, Optional.empty(), Lineage.of(session));
      middle = i == 50 ? session : middle;
    }
    Lineage lineage = session.lineage();
    assertThat(lineage.accessKeyIds())
        .hasSize(Lineage.MOST_KEYS + 1)
        .startsWith(first.accessKeyId().text());
    assertThat(lineage.roles()).hasSize(100);
    assertThat(lineage.webIdentity()).contains(identity(ACCOUNT));
    Revocation revocation = revoke(ACCOUNT, new ByRole(((AssumedRole) middle.holder()).roleId()));
    assertThat(list.against(session, NOON)).contains(revocation);
  }
}
