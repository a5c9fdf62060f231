package dev.tegata.cli;

import dev.tegata.arn.AccountId;
import dev.tegata.cloudformation.Settings;
import dev.tegata.cloudformation.Stack;
import dev.tegata.cloudformation.StackOutput;
import dev.tegata.cloudformation.Template;
import dev.tegata.provisioning.OperatorCall;
import dev.tegata.provisioning.ResourceTypes;
import dev.tegata.server.TegataServer;
import dev.tegata.yaml.YamlException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;

/// A CloudFormation template that says what there is in the cloud of a run or of a server.
///
/// It is read before anything is started, so that a fault in it starts nothing.
record CloudFile(Path path, Template template, Map<String, String> parameters) {

  /// @throws UsageFault with file, line and column when it cannot be read
  static CloudFile read(Path path, Map<String, String> parameters) {
    return new CloudFile(path, TextFile.read(path, Template::read), parameters);
  }

  /// Creates what the template declares.
  ///
  /// @throws UsageFault with file, line and column when something in it cannot be created
  StackOutput create(TegataServer server, Instant now) {
    AccountId account = server.account();
    try {
      return Stack.create(
          template,
          new Settings(account, TegataServer.REGION, stackName(), parameters),
          ResourceTypes.all(server.iam(), server.buckets(), new OperatorCall(account, now)),
          new SplittableRandom(stackName().hashCode())); // the same names at every start
    } catch (YamlException e) {
      throw new UsageFault(e.in(path.toString()));
    }
  }

  /// The file's name as a stack would be called.
  private String stackName() {
    String name = String.valueOf(path.getFileName()).replaceAll("\\.[^.]*$", "");
    return name.replaceAll("[^A-Za-z0-9]+", "-").toLowerCase(Locale.ROOT);
  }
}
