package dev.tegata.server;

import dev.tegata.arn.AccountId;
import dev.tegata.cloudformation.Settings;
import dev.tegata.cloudformation.Stack;
import dev.tegata.cloudformation.Template;
import dev.tegata.github.Discovery;
import dev.tegata.github.Job;
import dev.tegata.github.Job.RunnerEnvironment;
import dev.tegata.github.SubjectTemplate.RepositoryForm;
import dev.tegata.github.WorkflowRun;
import dev.tegata.issuer.IssuerSettings;
import dev.tegata.issuer.JobDescription;
import dev.tegata.issuer.JobTokens.Registration;
import dev.tegata.provisioning.OperatorCall;
import dev.tegata.provisioning.ResourceTypes;
import dev.tegata.server.ServerSettings.Watching;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/// The server that [ExchangeBench] measures, in a process of its own: so its CPU time is told from
/// that of its clients. It ends when its standard input does.
final class ExchangeServer {
  private static final AccountId ACCOUNT = new AccountId("123456789012");
  private static final String TEMPLATE =
      """
      Resources:
        Provider:
          Type: AWS::IAM::OIDCProvider
          Properties:
            Url: https://token.actions.githubusercontent.com
            ClientIdList: [sts.amazonaws.com]
        Role:
          Type: AWS::IAM::Role
          Properties:
            RoleName: deploy
            AssumeRolePolicyDocument:
              Version: "2012-10-17"
              Statement:
                Effect: Allow
                Action: sts:AssumeRoleWithWebIdentity
                Principal: {Federated: !Ref Provider}
                Condition:
                  StringEquals:
                    token.actions.githubusercontent.com:aud: sts.amazonaws.com
                    token.actions.githubusercontent.com:sub: repo:octo-org/app:ref:refs/heads/main
      """;

  private ExchangeServer() {}

  /// Prints the URL of a job that may ask for tokens, and the bearer token for it, a line each.
  public static void main(String[] arguments) throws IOException {
    Path folder = Files.createTempDirectory("exchange-bench-");
    Watching watching = Watching.now(_ -> {});
    try (TegataServer server =
        TegataServer.start(
            new ServerSettings(
                folder,
                new ListenAddress("127.0.0.1", 0),
                IssuerSettings.named(Discovery.GITHUB),
                Optional.of(ACCOUNT),
                Optional.empty(),
                watching))) {
      Stack.create(
          Template.read(TEMPLATE),
          new Settings(ACCOUNT, TegataServer.REGION, "bench", Map.of()),
          ResourceTypes.all(
              server.iam(),
              server.buckets(),
              new OperatorCall(ACCOUNT, watching.clock().instant())),
          new SplittableRandom(1));
      Registration registered =
          server
              .jobs()
              .register(
                  new JobDescription(ACCOUNT, "bench", job(), RepositoryForm.NAMES),
                  watching.clock().instant());
      URI url = registered.requestUrl(server.url());
      System.out.println(url);
      System.out.println(registered.requestToken());
      System.in.transferTo(OutputStream.nullOutputStream());
    }
  }

  private static Job job() {
    WorkflowRun.WorkflowFile file =
        new WorkflowRun.WorkflowFile(
            "octo-org/app/.github/workflows/deploy.yml@refs/heads/main", "0".repeat(40));
    return new Job(
        new WorkflowRun(
            new WorkflowRun.Repository(
                new WorkflowRun.Owner("octo-org", 1, null),
                "app",
                2,
                WorkflowRun.Visibility.PRIVATE,
                new LinkedHashMap<>()),
            new WorkflowRun.Revision(
                "refs/heads/main", WorkflowRun.RefType.BRANCH, false, "0".repeat(40)),
            new WorkflowRun.Event("push", "", ""),
            new WorkflowRun.Actor("octocat", 3),
            new WorkflowRun.Workflow("deploy", file),
            new WorkflowRun.Attempt(4, 5, 1)),
        file,
        null,
        RunnerEnvironment.SELF_HOSTED,
        6);
  }
}
