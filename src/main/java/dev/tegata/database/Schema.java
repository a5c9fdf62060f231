package dev.tegata.database;

import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.exception.FlywayValidateException;

/// The versions of the schema: which one a database has, and how it gets to this program's.
///
/// Most steps are the same for both databases, in the folder `migration`; a step that is not stands
/// under one number in both of the other folders.
final class Schema {
  /// A column of text whose order is that of its bytes, as it is everywhere in SQLite.
  private static final Map<Dialect, String> BYTEWISE =
      Map.of(Dialect.SQLITE, "", Dialect.POSTGRESQL, " collate \"C\"");

  private final Flyway flyway;
  private final String name;

  private Schema(Flyway flyway, String name) {
    this.flyway = flyway;
    this.name = name;
  }

  /// The schema of the database that `source` connects to; `name` is what messages call it.
  static Schema of(DataSource source, Dialect dialect, String name) {
    String own = dialect == Dialect.SQLITE ? "sqlite" : "postgresql";
    return new Schema(
        Flyway.configure()
            .dataSource(source)
            .locations("classpath:store/migration", "classpath:store/migration-" + own)
            .placeholders(Map.of("bytewise", BYTEWISE.getOrDefault(dialect, "")))
            .ignoreMigrationPatterns(new String[0]) // by default it accepts a future schema
            .load(),
        name);
  }

  /// Takes the steps that are missing. `keep` is told the version of a database that has one and is
  /// about to be changed.
  void migrate(Consumer<String> keep) {
    try {
      boolean isBehind = flyway.info().pending().length > 0;
      Optional.ofNullable(flyway.info().current())
          .map(MigrationInfo::getVersion)
          .filter(_ -> isBehind)
          .ifPresent(version -> keep.accept(version.getVersion()));
      flyway.migrate();
    } catch (FlywayValidateException e) {
      throw new StoreException(
          name + " belongs to another version of Tegata: start it with that one", e);
    } catch (FlywayException e) {
      throw new StoreException(name + " cannot be brought to this version: " + e.getMessage(), e);
    }
  }
}
