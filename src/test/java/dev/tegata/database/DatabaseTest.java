package dev.tegata.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseTest {
  @TempDir private Path folder;

  @Test
  void what_is_committed_is_there_after_a_restart() {
    Path file = folder.resolve("tegata.db");
    try (Database database = Database.open(file)) {
      database
          .jdbi()
          .useHandle(
              h -> h.execute("insert into account (id, created_at) values ('123456789012', 7)"));
    }
    try (Database database = Database.open(file)) {
      long created =
          database
              .jdbi()
              .withHandle(
                  h -> h.createQuery("select created_at from account").mapTo(Long.class).one());
      assertThat(created).isEqualTo(7);
    }
  }

  @Test
  void a_file_that_is_no_database_is_refused_and_kept() throws IOException {
    Path file = folder.resolve("tegata.db");
    Files.writeString(file, "not a database, but long enough to be looked at as one. ".repeat(40));
    byte[] before = Files.readAllBytes(file);
    assertThatThrownBy(() -> Database.open(file))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("not a database");
    assertThat(Files.readAllBytes(file)).isEqualTo(before);
  }

  @Test
  void a_database_of_a_newer_program_is_refused() {
    Path file = folder.resolve("tegata.db");
    try (Database database = Database.open(file)) {
      database
          .jdbi()
          .useHandle(h ->
              h.execute(
                  "insert into flyway_schema_history select 999, '999', 'later', type,"
                      + " 'V999__later.sql', 1, installed_by, installed_on, 1, 1 from"
                      + " flyway_schema_history where version = '1'"));
    }
    assertThatThrownBy(() -> Database.open(file))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("another version of Tegata");
  }
}
