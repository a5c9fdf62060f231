package dev.tegata.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseUrlTest {
  @Test
  void it_names_user_password_hosts_and_database() {
    DatabaseUrl url =
        DatabaseUrl.parse("postgresql://te%20ga:p%40s+s@a:1,b:2/tegata?sslmode=verify-full");
    assertThat(url.user()).isEqualTo("te ga");
    assertThat(url.password()).contains("p@s+s");
    assertThat(url.jdbc()).isEqualTo("jdbc:postgresql://a:1,b:2/tegata?sslmode=verify-full");
  }

  @Test
  void its_text_is_without_the_password() {
    assertThat(DatabaseUrl.parse("postgres://tegata:secret@h/db"))
        .hasToString("postgresql://tegata@h/db");
  }

  @Test
  void a_password_from_elsewhere_does_not_replace_its_own() {
    assertThat(DatabaseUrl.parse("postgresql://u@h/db").password()).isEqualTo(Optional.empty());
    assertThat(DatabaseUrl.parse("postgresql://u@h/db").withPassword("x").password()).contains("x");
    assertThat(DatabaseUrl.parse("postgresql://u:y@h/db").withPassword("x").password())
        .contains("y");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "mysql://u:secret@h/db",
        "postgresql://h/db",
        "postgresql://u:secret@h",
        "postgresql://u:secret@h/",
        "postgresql://u:secret@h:1/db#x",
        "postgresql://u:sec@ret@h:1/db",
        "postgresql://u:secret@h/db?socketFactory=evil",
        "postgresql://u:secret@h/db?sslmode=require&loggerFile=x",
        "postgresql://u:secret@h/db?sslmode",
        "jdbc:postgresql://u:secret@h/db",
        "tegata.db"
      })
  void what_is_none_is_refused_without_being_repeated(String text) {
    assertThatThrownBy(() -> DatabaseUrl.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContainingAny("secret", "evil");
  }
}
