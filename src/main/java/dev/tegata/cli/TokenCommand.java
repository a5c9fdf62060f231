package dev.tegata.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `tegata token`: the ID token of the job that it runs in.
@Command(
    name = "token",
    description = {
      "Prints an ID token of the job that this runs in.",
      "Works in a job of GitHub Actions with `permissions: id-token: write`, in a job of `tegata run`,",
      "and wherever else ACTIONS_ID_TOKEN_REQUEST_URL and ACTIONS_ID_TOKEN_REQUEST_TOKEN are set.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  tegata token                                  for AWS",
      "  tegata token --audience https://vault.example for somebody else",
      "  tegata token --claims                         what it says, instead of the token itself"
    },
    mixinStandardHelpOptions = true)
final class TokenCommand implements Callable<Integer> {
  @Option(
      names = "--audience",
      paramLabel = "AUDIENCE",
      defaultValue = "sts.amazonaws.com",
      description = "Whom the token is for; ${DEFAULT-VALUE} if left out.")
  private String audience = "";

  @Option(
      names = "--claims",
      description = "Print what the token claims, as JSON, and not the token.")
  private boolean claims;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    String token = JobIdToken.request(System.getenv(), audience);
    spec.commandLine().getOut().println(claims ? JobIdToken.claims(token) : token);
    return 0;
  }
}
