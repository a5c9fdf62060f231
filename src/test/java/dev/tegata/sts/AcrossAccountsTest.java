package dev.tegata.sts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tegata.arn.AccountId;
import dev.tegata.arn.UniqueId;
import dev.tegata.audit.AuditEvent.Source;
import dev.tegata.authentication.Caller;
import dev.tegata.authentication.Lineage;
import dev.tegata.authentication.SecondFactors;
import dev.tegata.authentication.Session;
import dev.tegata.authentication.Session.AssumedRole;
import dev.tegata.authentication.SessionTokens;
import dev.tegata.authorization.Authorization;
import dev.tegata.authorization.AuthorizationMessages;
import dev.tegata.authorization.AuthorizedCall;
import dev.tegata.aws.Refusal;
import dev.tegata.database.Database;
import dev.tegata.keys.KeyRing;
import dev.tegata.policy.Policy;
import dev.tegata.policy.PolicyKind;
import dev.tegata.store.Account;
import dev.tegata.store.EntityName;
import dev.tegata.store.IdentityStore;
import dev.tegata.store.Role;
import dev.tegata.store.Role.Permissions;
import dev.tegata.sts.NewSessions.Baggage;
import dev.tegata.sts.NewSessions.Lifetime;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Random;
import java.util.SequencedMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;

/// A role of one account, asked for by a session of another: both sides must allow it.
class AcrossAccountsTest {
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
  private static final AccountId HERE = new AccountId("123456789012");
  private static final AccountId THERE = new AccountId("999999999999");
  private static final String MAY_ASSUME =
      "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\","
          + "\"Action\":\"sts:AssumeRole\",\"Resource\":\"arn:aws:iam::999999999999:role/*\"}}";

  private final NewSessions sessions =
      new NewSessions(new SessionTokens(KeyRing.create()), new Random(1));
  private Database database;
  private IdentityStore identities;

  @BeforeEach
  void open(@TempDir Path folder) {
    database = Database.open(folder.resolve("test.db"));
    identities = new IdentityStore(database);
    identities.change(change -> {
      change.create(new Account(HERE, NOON));
      change.create(new Account(THERE, NOON));
      return HERE;
    });
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void both_accounts_allow_it() {
    Role caller = role(HERE, "caller", trust("123456789012"), MAY_ASSUME);
    Role target = role(THERE, "target", trust(caller.arn().toString()), "");
    assertThat(assume(caller, target))
        .isEqualTo("arn:aws:sts::999999999999:assumed-role/target/visit");
  }

  @Test
  void the_role_that_trusts_is_not_enough() {
    Role caller = role(HERE, "caller", trust("123456789012"), "");
    Role target = role(THERE, "target", trust(caller.arn().toString()), "");
    assertRefused(caller, target);
  }

  @Test
  void the_callers_own_policies_are_not_enough() {
    Role caller = role(HERE, "caller", trust("123456789012"), MAY_ASSUME);
    Role target = role(THERE, "target", trust("999999999999"), "");
    assertRefused(caller, target);
  }

  @Test
  void the_other_account_may_be_trusted_as_a_whole() {
    Role caller = role(HERE, "caller", trust("123456789012"), MAY_ASSUME);
    Role target = role(THERE, "target", trust("123456789012"), "");
    assertThat(assume(caller, target)).endsWith("assumed-role/target/visit");
  }

  private void assertRefused(Role caller, Role target) {
    assertThatThrownBy(() -> assume(caller, target))
        .isInstanceOf(Refusal.class)
        .hasMessage(
            "User: arn:aws:sts::123456789012:assumed-role/caller/run is not authorized to perform:"
                + " sts:AssumeRole on resource: arn:aws:iam::999999999999:role/target");
  }

  private String assume(Role caller, Role target) {
    AssumedRole holder = new AssumedRole(HERE, caller.name(), caller.id(), "run");
    Session session =
        sessions.create(
            holder, new Lifetime(NOON, Duration.ofHours(1)), Baggage.of(Lineage.NONE, false));
    Authorization authorization =
        new Authorization(identities, new AuthorizationMessages(KeyRing.create()));
    AuthorizedCall call =
        new AuthorizedCall(
            new Caller.RoleSession(session, holder, caller),
            new Source(NOON, "request-1", "127.0.0.1", "test", false),
            "us-east-1",
            authorization,
            _ -> {});
    return new AssumeRole(
            identities, sessions, new SecondFactor(new SecondFactors(identities, KeyRing.create())))
        .answer(
            AssumeRoleRequest.builder()
                .roleArn(target.arn().toString())
                .roleSessionName("visit")
                .build(),
            call)
        .assumedRoleUser()
        .arn();
  }

  private Role role(AccountId account, String name, String trust, String permissions) {
    SequencedMap<String, Policy> inline = new LinkedHashMap<>();
    if (!permissions.isEmpty()) {
      inline.put("permissions", Policy.parse(PolicyKind.IDENTITY, permissions));
    }
    Role role =
        new Role(
            UniqueId.create(UniqueId.Kind.AROA, account, new Random(name.hashCode())),
            new EntityName(account, "/", name),
            NOON,
            Policy.parse(PolicyKind.TRUST, trust),
            "",
            Duration.ofHours(1),
            new LinkedHashMap<>(),
            Permissions.none().withInline(inline));
    identities.change(change -> {
      change.put(role);
      return role;
    });
    return role;
  }

  private static String trust(String principal) {
    return """
    {"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"sts:AssumeRole",
     "Principal":{"AWS":"%s"}}}
    """
        .formatted(principal);
  }
}
