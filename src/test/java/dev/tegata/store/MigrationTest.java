package dev.tegata.store;

import static dev.tegata.store.Samples.ACCOUNT;
import static dev.tegata.store.Samples.inline;
import static dev.tegata.store.Samples.managed;
import static dev.tegata.store.Samples.provider;
import static dev.tegata.store.Samples.role;
import static dev.tegata.store.Samples.rootKey;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tegata.arn.Arn;
import dev.tegata.database.Database;
import dev.tegata.store.Role.Permissions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A database of the first schema, in which no row told what its body says.
class MigrationTest {
  private static final Role TRUSTED = role("Trusted");
  private static final Role ROLE =
      role(
              "Deploy",
              new Permissions(inline("read"), List.of(managed("m").arn()), managed("b").arn()))
          .withTrust(Samples.trust(TRUSTED.arn().toString()));

  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void writeTheFirstSchema() {
    file = folder.resolve("tegata.db");
    String url = "jdbc:sqlite:" + file;
    Flyway.configure()
        .dataSource(url, "", "")
        .locations("classpath:store/migration")
        .target("3")
        .load()
        .migrate();
    Jdbi.create(url)
        .useHandle(handle -> {
          handle.execute("insert into account values (?, 0)", ACCOUNT.digits());
          insert(handle, "role", ROLE);
          insert(handle, "role", TRUSTED);
          insert(handle, "managed_policy", managed("/team/", "m"));
          insert(handle, "oidc_provider", provider("https://h"));
          handle.execute(
              "insert into access_key values (?, ?, ?, 0)",
              rootKey().id().text(),
              rootKey().owner().toString(),
              rootKey().secret().bytes());
        });
  }

  private static void insert(Handle handle, String table, Entity entity) {
    handle
        .createUpdate("insert into <table> values (?, ?, ?)")
        .define("table", table)
        .bind(0, entity.account().digits())
        .bind(1, entity.key())
        .bind(2, EntityJson.write(entity))
        .execute();
  }

  @Test
  void everything_is_found_as_if_it_had_been_written_today() {
    try (Database database = Database.open(file);
        IdentityStore store = new IdentityStore(database)) {
      Identities now = store.now();
      assertThat(now.role(ROLE.id())).contains(ROLE);
      assertThat(now.roleCount(ACCOUNT)).isEqualTo(2);
      assertThat(now.policyCount(ACCOUNT)).isEqualTo(1);
      assertThat(now.providerCount(ACCOUNT)).isEqualTo(1);
      assertThat(now.roles(ACCOUNT, new Slice("/ci/", "deploy", 10))).containsExactly(TRUSTED);
      assertThat(now.rolesTrusting(TRUSTED.arn())).containsExactly(ROLE);
      assertThat(now.uses(ACCOUNT))
          .containsExactly(
              new PolicyUse(managed("b").arn(), 0, 1), new PolicyUse(managed("m").arn(), 1, 0));
      assertThat(now.rolesWith(ACCOUNT, managed("b").arn(), true, Slice.first(5)))
          .containsExactly(ROLE);
      assertThat(now.policy(Arn.iam(ACCOUNT, "policy/team/m"))).isPresent();
      assertThat(now.policies(ACCOUNT, new Slice("/team/", "", 5))).hasSize(1);
      assertThat(now.accessKeys(ACCOUNT)).hasSize(1);
    }
  }

  @Test
  void the_tables_of_references_can_go_on_from_there() {
    try (Database database = Database.open(file);
        IdentityStore store = new IdentityStore(database)) {
      Samples.delete(store, ROLE);
      assertThat(store.now().rolesTrusting(TRUSTED.arn())).isEmpty();
      assertThat(store.now().uses(ACCOUNT)).isEmpty();
      assertThat(store.now().roleCount(ACCOUNT)).isEqualTo(1);
    }
  }

  @Test
  void the_file_as_it_was_is_kept_beside_it_for_its_owner_alone() throws Exception {
    Database.open(file).close();
    Path copy = folder.resolve("tegata.db.schema-3");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(copy)))
        .isEqualTo("rw-------");
    List<String> roles =
        Jdbi.create("jdbc:sqlite:" + copy)
            .withHandle(h -> h.createQuery("select name from role").mapTo(String.class).list());
    assertThat(roles).containsExactlyInAnyOrder("deploy", "trusted");
    Files.delete(copy);
    Database.open(file).close();
    assertThat(copy).doesNotExist();
  }
}
