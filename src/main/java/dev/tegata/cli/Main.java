package dev.tegata.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IVersionProvider;

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
      TokenCommand.class,
      AssumeCommand.class,
      CommandLine.HelpCommand.class
    })
public final class Main {
  /// Wrong usage, or a file that cannot be read: nothing was started.
  static final int USAGE = 2;

  /// Something was tried and did not succeed.
  static final int FAILED = 1;

  private Main() {}

  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  /// The whole command line, for `main` and for tests of it.
  static CommandLine commandLine() {
    CommandLine line = new CommandLine(new Main());
    line.setExecutionExceptionHandler(handler());
    line.setCaseInsensitiveEnumValuesAllowed(true);
    return line;
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

  /// Tells the version that the build wrote into the program's manifest.
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = Main.class.getPackage().getImplementationVersion();
      return new String[] {"tegata " + (version == null ? "(not packaged)" : version)};
    }
  }
}
