package dev.tegata.cli;

import dev.tegata.client.FailedCall;
import dev.tegata.remote.AccountCommand;
import dev.tegata.remote.JobCommand;
import dev.tegata.remote.RevokeCommand;
import dev.tegata.remote.RotateKeysCommand;
import dev.tegata.remote.UsageFault;
import java.io.Console;
import java.io.PrintWriter;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/// The program `tegata`.
///
/// Exit status 0 is success, 1 that something which was tried did not succeed, 2 wrong usage or a
/// file that cannot be read.
@Command(
    name = "tegata",
    description = {
      "Keyless access to cloud resources: an ID token in, credentials for an hour out,",
      "and a reason for every decision.",
      ""
    },
    synopsisSubcommandLabel = "COMMAND",
    versionProvider = Main.Version.class,
    mixinStandardHelpOptions = true,
    subcommands = {
      RunCommand.class,
      ServeCommand.class,
      ExplainCommand.class,
      TokenCommand.class,
      AssumeCommand.class,
      JobCommand.class,
      DataCommands.Backup.class,
      DataCommands.Restore.class,
      DataCommands.Migrate.class,
      RevokeCommand.class,
      AccountCommand.class,
      RotateKeysCommand.class,
      CommandLine.HelpCommand.class
    })
public final class Main {
  /// Wrong usage, or a file that cannot be read: nothing was started.
  static final int USAGE = 2;

  /// Something was tried and did not succeed.
  static final int FAILED = 1;

  private static final int HELP_WIDTH = 100;

  private Main() {}

  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  /// The whole command line, for `main` and for tests of it.
  static CommandLine commandLine() {
    CommandLine line = new CommandLine(new Main());
    line.setExecutionExceptionHandler(handler());
    line.setParameterExceptionHandler(Main::explain);
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setUsageHelpWidth(HELP_WIDTH);
    return line;
  }

  /// Says what is wrong with the options, and where to look; the whole help would hide it.
  private static int explain(ParameterException fault, String[] args) {
    PrintWriter err = fault.getCommandLine().getErr();
    err.println("tegata: " + fault.getMessage());
    UnmatchedArgumentException.printSuggestions(fault, err);
    err.println("  " + fault.getCommandLine().getCommandSpec().qualifiedName() + " --help");
    err.flush();
    return USAGE;
  }

  private static IExecutionExceptionHandler handler() {
    return (fault, line, _) -> {
      if (fault instanceof UsageFault usage) {
        line.getErr().println("tegata: " + usage.getMessage());
        line.getErr().flush();
        return USAGE;
      }
      if (fault instanceof FailedCall failed) {
        line.getErr().println("tegata: " + failed.getMessage());
        line.getErr().flush();
        return FAILED;
      }
      throw fault;
    };
  }

  /// Whether standard output is a terminal that may be colored.
  static boolean isColored() {
    return Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent()
        && Optional.ofNullable(System.getenv("NO_COLOR")).orElse("").isEmpty();
  }

  /// Tells the version that the build wrote into the program's manifest.
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = Main.class.getPackage().getImplementationVersion();
      return new String[] {"tegata " + (version == null ? "(not packaged)" : version)};
    }
  }
}
