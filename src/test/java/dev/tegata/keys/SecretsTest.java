package dev.tegata.keys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tegata.database.Database;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two servers on one database.
class SecretsTest {
  private static final String NAME = "a name";

  private final KeyRing master = KeyRing.create();
  @TempDir private Path folder;
  private Database database;
  private Secrets one;
  private Secrets other;

  @BeforeEach
  void open() {
    database = Database.open(folder.resolve("tegata.db"));
    one = new Secrets(new SealedSecrets(database), master);
    other = new Secrets(new SealedSecrets(database), master);
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void of_two_servers_that_make_a_text_one_succeeds() {
    Optional<String> before = one.text(NAME);
    assertThat(other.replaceText(NAME, before, "other")).isTrue();
    assertThat(one.replaceText(NAME, before, "one")).isFalse();
    assertThat(one.text(NAME)).hasValue("other");
  }

  @Test
  void of_two_servers_that_change_a_text_one_succeeds() {
    one.replaceText(NAME, Optional.empty(), "first");
    Optional<String> before = one.text(NAME);
    assertThat(other.replaceText(NAME, before, "other")).isTrue();
    assertThat(one.replaceText(NAME, before, "one")).isFalse();
    assertThat(one.replaceText(NAME, Optional.of("other"), "one")).isTrue();
    assertThat(other.text(NAME)).hasValue("one");
  }
}
