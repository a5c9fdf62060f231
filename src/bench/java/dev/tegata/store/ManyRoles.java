package dev.tegata.store;

import dev.tegata.arn.AccountId;
import dev.tegata.arn.UniqueId;
import dev.tegata.database.Database;
import dev.tegata.policy.Policy;
import dev.tegata.policy.PolicyKind;
import dev.tegata.store.Role.Permissions;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import org.jdbi.v3.core.statement.PreparedBatch;

/// An account with as many roles as one likes, each trusted by one repository at GitHub and with a
/// managed policy and an inline one.
public final class ManyRoles {
  public static final AccountId ACCOUNT = new AccountId("123456789012");

  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
  private static final int BATCH = 5000;

  /// A number whose digits stand nowhere else in a role.
  private static final int SAMPLE = 87654321;

  private ManyRoles() {}

  public static Role role(int number) {
    LinkedHashMap<String, Policy> inline = new LinkedHashMap<>();
    inline.put(
        "objects",
        Policy.parse(
            PolicyKind.IDENTITY,
            """
            {"Version":"2012-10-17","Statement":{"Effect":"Allow",
             "Action":["s3:GetObject","s3:PutObject"],"Resource":"arn:aws:s3:::app-%08d/*"}}
            """
                .formatted(number)));
    return new Role(
        new UniqueId("AROARZPUZDIKN%08d".formatted(number)),
        new EntityName(ACCOUNT, "/ci/", "role-%08d".formatted(number)),
        NOON,
        Policy.parse(
            PolicyKind.TRUST,
            """
            {"Version":"2012-10-17","Statement":{"Effect":"Allow",
             "Principal":{"Federated":"arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com"},
             "Action":"sts:AssumeRoleWithWebIdentity",
             "Condition":{"StringEquals":{
               "token.actions.githubusercontent.com:aud":"sts.amazonaws.com",
               "token.actions.githubusercontent.com:sub":"repo:octo-org/app-%08d:ref:refs/heads/main"}}}}
            """
                .formatted(number)),
        "",
        Duration.ofHours(1),
        new LinkedHashMap<>(),
        Permissions.none().withInline(inline).withAttached(List.of(managed().arn())));
  }

  static ManagedPolicy managed() {
    return new ManagedPolicy(
        new UniqueId("ANPARZPUZDIKN00000000"),
        new EntityName(ACCOUNT, "/", "list"),
        NOON,
        "",
        new LinkedHashMap<>(),
        List.of(
            new ManagedPolicy.Version(
                1,
                Policy.parse(
                    PolicyKind.IDENTITY,
                    """
                    {"Version":"2012-10-17","Statement":{"Effect":"Allow",
                     "Action":"s3:ListAllMyBuckets","Resource":"*"}}
                    """),
                NOON)),
        1,
        1);
  }

  /// Fills a database that has no roles yet. The rows of the roles are written straight into their
  /// tables, many at a time: a change for each would take many times as long.
  public static void fill(Database database, int roles) {
    try (IdentityStore store = new IdentityStore(database)) {
      store.change(change -> {
        if (change.now().account(ACCOUNT).isEmpty()) {
          change.create(new Account(ACCOUNT, NOON));
        }
        change.put(managed());
        return change;
      });
    }
    String sample = EntityJson.write(role(SAMPLE));
    for (int start = 0; start < roles; start += BATCH) {
      int first = start;
      int end = Math.min(start + BATCH, roles);
      database.writing(handle -> {
        PreparedBatch rows =
            handle.prepareBatch(
                "insert into role (account_id, name, body, id, path)"
                    + " values (:account, :name, :body, :id, '/ci/')");
        PreparedBatch attachments =
            handle.prepareBatch(
                "insert into attachment (account_id, role, policy, is_boundary)"
                    + " values (:account, :name, :policy, 0)");
        for (int number = first; number < end; number++) {
          String digits = "%08d".formatted(number);
          rows.bind("account", ACCOUNT.digits())
              .bind("name", "role-" + digits)
              .bind("body", sample.replace(Integer.toString(SAMPLE), digits))
              .bind("id", "AROARZPUZDIKN" + digits)
              .add();
          attachments
              .bind("account", ACCOUNT.digits())
              .bind("name", "role-" + digits)
              .bind("policy", managed().arn().toString())
              .add();
        }
        rows.execute();
        attachments.execute();
      });
    }
    database.writing(handle -> {
      handle.execute("update account set roles = ?", roles);
      handle.execute(
          "insert into policy_usage values (?, ?, ?, 0)",
          ACCOUNT.digits(),
          managed().arn().toString(),
          roles);
    });
  }
}
