package dev.tegata.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Copies from one kind of database to the other, and back.
class DatabaseCopyTest {
  @TempDir private Path folder;

  /// A row in each table.
  private static void fill(Database database) {
    for (String statement :
        List.of(
            "insert into account values ('123456789012', 1790000000000, 1, 1, 1, 1, 1, 1, 'acme', 'Acme',"
                + " 1, 1790000000001)",
            "insert into account values ('210987654321', 5, 0, 0, 0, 0, 0, 0, null, '', null, null)",
            "insert into oidc_provider values ('123456789012', 'h', '{}')",
            "insert into role values ('123456789012', 'r', '{\"a\":\"ü\\\"\"}', 'AROA1', '/ci/')",
            "insert into managed_policy values ('123456789012', 'm', '{}', 'arn:m', '/')",
            "insert into access_key values ('AKIA1', 'arn:root', ?, 7, '123456789012', null, 1)",
            "insert into iam_user values ('123456789012', 'u', '{}', 'AIDA1', '/')",
            "insert into iam_group values ('123456789012', 'g', '{}', 'AGPA1', '/')",
            "insert into instance_profile values ('123456789012', 'p', '{}', 'AIPA1', '/', 'AROA1')",
            "insert into membership values ('AIDA1', 'AGPA1')",
            "insert into identity_attachment values ('AIDA1', 'arn:m', 1)",
            "insert into account_record values ('123456789012', 'k', 'n', '{}')",
            "insert into last_use values ('AROA1', 1790000000000, 's3', 'us-east-1')",
            "insert into sealed_secret values ('ring', ?)",
            "insert into attachment values ('123456789012', 'r', 'arn:m', 0)",
            "insert into policy_usage values ('123456789012', 'arn:m', 1, 0)",
            "insert into trusted values ('123456789012', 'r', 'arn:r')",
            "insert into used_token values ('0a', 1790000000000)",
            "insert into revocation values ('1', 'k', 'v', 'why', null, 5, 'me', '123456789012', 0)",
            "insert into revocation values ('2', 'k', 'v', 'why', 1790000000000, 5, 'me', '123456789012', 1)",
            "insert into aws_managed_policy values ('arn:aws', '{}')",
            "insert into signing_key values ('issuer', 1, 1790000000000, ?)",
            "insert into registered_job values ('0123456789012345678901234567890123ab',"
                + " '123456789012', 'build', 'octo-org/app', '"
                + "0".repeat(64)
                + "', '{}', 'NAMES', 5, 6, 0)",
            "insert into oidc_customization values ('org', 'octo-org', '{}')",
            "insert into oidc_property values ('org', 'octo-org', 'team')",
            "insert into bucket values ('b-1', '123456789012', 'us-east-1', 1790000000)",
            "insert into object values ('b-1', ?, '0123456789abcdef0123456789abcdef', 5000000000,"
                + " 'etag', 1790000000, 'Content-Type:x')")) {
      database.writing(handle -> {
        if (statement.contains("?")) {
          handle.execute(statement, new byte[] {0, (byte) 0xff, 7});
        } else {
          handle.execute(statement);
        }
      });
    }
  }

  private static Map<String, List<String>> content(Database database) {
    Map<String, List<String>> tables = new LinkedHashMap<>();
    for (String table : DatabaseCopy.TABLES) {
      tables.put(
          table,
          database.read(handle ->
              handle
                  .createQuery("select * from <table>")
                  .define("table", table)
                  .mapToMap()
                  .map(DatabaseCopyTest::text)
                  .list()
                  .stream()
                  .sorted()
                  .toList()));
    }
    tables.remove("revision");
    return tables;
  }

  private static String text(Map<String, Object> row) {
    Map<String, String> texts = new TreeMap<>();
    row.forEach((name, value) ->
        texts.put(
            name,
            value instanceof byte[] bytes
                ? HexFormat.of().formatHex(bytes)
                : String.valueOf(value)));
    return texts.toString();
  }

  @Test
  void everything_comes_through_from_one_kind_to_the_other_and_back() {
    Path back = folder.resolve("back.db");
    try (Database sqlite = TestDatabase.create(Dialect.SQLITE, folder).open();
        Database postgresql = TestDatabase.create(Dialect.POSTGRESQL, folder).open()) {
      fill(sqlite);
      DatabaseCopy.copy(sqlite, postgresql);
      assertThat(content(postgresql)).isEqualTo(content(sqlite));
      DatabaseCopy.toFile(postgresql, back);
      try (Database copy = Database.open(back)) {
        assertThat(content(copy)).isEqualTo(content(sqlite));
      }
    }
  }

  @Test
  void no_table_is_forgotten() {
    try (Database database = TestDatabase.create(Dialect.SQLITE, folder).open()) {
      List<String> tables =
          database.read(handle ->
              handle
                  .createQuery(
                      "select name from sqlite_schema where type = 'table' and name not like"
                          + " 'sqlite_%' and name not in ('flyway_schema_history', 'change_log')")
                  .mapTo(String.class)
                  .list());
      assertThat(DatabaseCopy.TABLES).containsExactlyInAnyOrderElementsOf(tables);
      fill(database);
      assertThat(content(database).values()).allSatisfy(rows -> assertThat(rows).isNotEmpty());
    }
  }

  @Test
  void a_database_in_use_takes_no_copy() {
    try (Database from = TestDatabase.create(Dialect.SQLITE, folder).open();
        Database to = TestDatabase.create(Dialect.POSTGRESQL, folder).open()) {
      fill(from);
      DatabaseCopy.copy(from, to);
      assertThatThrownBy(() -> DatabaseCopy.copy(from, to))
          .isInstanceOf(StoreException.class)
          .hasMessage("the database holds something already: copy into an empty one");
      assertThat(content(to)).isEqualTo(content(from));
    }
  }

  @Test
  void a_file_is_copied_while_it_is_written_to() throws Exception {
    TestDatabase kept = TestDatabase.create(Dialect.SQLITE, folder);
    Path copy = folder.resolve("copy.db");
    try (Database database = kept.open()) {
      fill(database);
      List<Integer> seen = new ArrayList<>();
      Thread writer =
          Thread.startVirtualThread(() -> {
            for (int i = 0; i < 200; i++) {
              int number = i;
              database.writing(handle -> {
                handle.execute("insert into used_token values (?, 1)", "a" + number);
                handle.execute("insert into used_token values (?, 1)", "b" + number);
              });
              seen.add(number);
            }
          });
      SqliteCopy.write(folder.resolve("tegata.db"), copy);
      writer.join();
      assertThat(seen).hasSize(200);
    }
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(copy)))
        .isEqualTo("rw-------");
    try (Database database = Database.open(copy)) {
      assertThat(tokens(database, "a%")).isEqualTo(tokens(database, "b%"));
      assertThat(content(database).get("role")).hasSize(1);
    }
  }

  private static long tokens(Database database, String pattern) {
    return database.read(handle ->
        handle
            .createQuery("select count(*) from used_token where hash like :pattern")
            .bind("pattern", pattern)
            .mapTo(Long.class)
            .one());
  }
}
