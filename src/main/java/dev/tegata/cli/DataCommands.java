package dev.tegata.cli;

import dev.tegata.database.DatabaseUrl;
import dev.tegata.database.StoreException;
import dev.tegata.database.StoreUnavailable;
import dev.tegata.remote.UsageFault;
import dev.tegata.server.DataCopies;
import dev.tegata.server.ServerSettings.Kept;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `tegata backup`, `tegata restore` and `tegata migrate`: copies of a server's database.
final class DataCommands {
  private static final String DATABASE_URL = "TEGATA_DATABASE_URL";
  private static final String PASSWORD = "PGPASSWORD";

  private DataCommands() {}

  /// Where a server keeps what it keeps.
  static final class Where {
    @Option(
        names = "--data",
        paramLabel = "DIR",
        required = true,
        description = "The folder that everything is kept in; made when it is not there.")
    private Path data = Path.of("");

    @Option(
        names = "--database",
        paramLabel = "URL",
        description =
            "A PostgreSQL database that servers share, as postgresql://USER@HOST:PORT/NAME;"
                + " TEGATA_DATABASE_URL if left out, or else a file in the folder. The password is"
                + " best kept in PGPASSWORD: other users of this machine see the command line.")
    private @Nullable String database;

    Path data() {
      return data;
    }

    Kept kept(Optional<Path> objects) {
      return new Kept(data, database(System.getenv()), objects);
    }

    Optional<DatabaseUrl> database(Map<String, String> environment) {
      return Optional.ofNullable(database)
          .or(() -> Optional.ofNullable(environment.get(DATABASE_URL)))
          .filter(url -> !url.isEmpty())
          .map(DatabaseUrl::parse)
          .map(url ->
              Optional.ofNullable(environment.get(PASSWORD)).map(url::withPassword).orElse(url));
    }
  }

  /// Does `work`, whose faults are the user's to mend.
  private static int carryOut(Runnable work, CommandSpec spec, String done) {
    try {
      work.run();
    } catch (StoreException | StoreUnavailable | IllegalArgumentException e) {
      throw new UsageFault(String.valueOf(e.getMessage()));
    }
    PrintWriter out = spec.commandLine().getOut();
    out.println(done);
    out.flush();
    return 0;
  }

  /// `tegata backup`: also while the server runs.
  @Command(
      name = "backup",
      description = {
        "Copies a server's database to a file, while the server runs.",
        "The copy is of one moment. The master key and the bytes of objects are not in it: copy",
        "master.key once, and keep it apart; copy the folder of the objects as well.",
        ""
      },
      mixinStandardHelpOptions = true)
  static final class Backup implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", description = "The file to be made: a SQLite database.")
    private Path file = Path.of("");

    @Mixin private Where where = new Where();
    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
      return carryOut(
          () -> DataCopies.backup(where.kept(Optional.empty()), file),
          spec,
          "The database is copied to " + file + "; without master.key its secrets stay sealed.");
    }
  }

  /// `tegata restore`: where there is no database.
  @Command(
      name = "restore",
      description = {
        "Puts a backup where there is no database yet.",
        "The master key that the database was made with belongs into the folder, as master.key,",
        "and the bytes of the objects into theirs.",
        ""
      },
      mixinStandardHelpOptions = true)
  static final class Restore implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", description = "What `tegata backup` has made.")
    private Path file = Path.of("");

    @Mixin private Where where = new Where();
    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
      return carryOut(
          () -> DataCopies.restore(file, where.kept(Optional.empty())),
          spec,
          "The database is restored from " + file + ".");
    }
  }

  /// `tegata migrate`: from the file to PostgreSQL.
  @Command(
      name = "migrate",
      description = {
        "Moves a server's database from its file to an empty PostgreSQL database.",
        "The server must be stopped. The file stays, as tegata.db.migrated.",
        ""
      },
      mixinStandardHelpOptions = true)
  static final class Migrate implements Callable<Integer> {
    @Mixin private Where where = new Where();
    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
      return carryOut(
          () ->
              DataCopies.migrate(
                  where.data(),
                  where
                      .database(System.getenv())
                      .orElseThrow(() ->
                          new UsageFault("say with --database which database it is to move to"))),
          spec,
          "The database is moved; start the server with the same --data and --database.");
    }
  }
}
