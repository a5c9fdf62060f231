package dev.tegata.clients;

import static dev.tegata.Golden.assertGolden;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tegata.server.RunningServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

@Tag("clients")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AwsCliTest {
  private Cloud cloud;
  private Path folder;
  private Program root;

  @BeforeAll
  void start(@TempDir Path data, @TempDir Path work) {
    cloud = new Cloud(data);
    folder = work;
    root = cloud.program(work, RunningServer.ROOT);
  }

  @AfterAll
  void stop() {
    cloud.close();
  }

  private static Program.Output aws(Program program, String... arguments) {
    List<String> command = new ArrayList<>(List.of("aws"));
    command.addAll(Arrays.asList(arguments));
    return program.run(command);
  }

  @Test
  void a_token_is_exchanged_and_the_credentials_are_used() {
    JsonNode answer =
        aws(
                Program.at(cloud.url(), folder),
                "sts",
                "assume-role-with-web-identity",
                "--role-arn",
                Cloud.READ_ONLY,
                "--role-session-name",
                "cli",
                "--web-identity-token",
                cloud.token())
            .json();
    assertThat(answer.propertyNames())
        .contains(
            "Credentials",
            "SubjectFromWebIdentityToken",
            "AssumedRoleUser",
            "Provider",
            "Audience");
    JsonNode credentials = answer.path("Credentials");
    Program session =
        Program.at(cloud.url(), folder)
            .with("AWS_ACCESS_KEY_ID", credentials.path("AccessKeyId").asString())
            .with("AWS_SECRET_ACCESS_KEY", credentials.path("SecretAccessKey").asString())
            .with("AWS_SESSION_TOKEN", credentials.path("SessionToken").asString());
    assertThat(aws(session, "sts", "get-caller-identity").json().path("Arn").asString())
        .isEqualTo("arn:aws:sts::123456789012:assumed-role/read-only/cli");
    assertThat(aws(session, "s3", "ls").succeeded()).contains(" releases\n");
    Program.Output refused = aws(session, "s3", "mb", "s3://octo-mine");
    assertThat(refused.status()).isEqualTo(1);
    assertThat(refused.err())
        .contains(
            "make_bucket failed: s3://octo-mine An error occurred (AccessDenied) when calling the"
                + " CreateBucket operation: User:"
                + " arn:aws:sts::123456789012:assumed-role/read-only/cli is not authorized to"
                + " perform: s3:CreateBucket on resource: \"arn:aws:s3:::octo-mine\" because no"
                + " identity-based policy allows the s3:CreateBucket action");
  }

  @Test
  void a_token_in_a_file_is_exchanged_on_the_way() throws IOException {
    Path file = Files.writeString(folder.resolve("token"), cloud.token() + "\n");
    Program program =
        Program.at(cloud.url(), folder)
            .with("AWS_WEB_IDENTITY_TOKEN_FILE", file.toString())
            .with("AWS_ROLE_ARN", Cloud.DEPLOY)
            .with("AWS_ROLE_SESSION_NAME", "from-a-file");
    assertThat(aws(program, "s3", "ls").succeeded()).contains(" releases\n");
    assertThat(aws(program, "sts", "get-caller-identity").json().path("Arn").asString())
        .isEqualTo("arn:aws:sts::123456789012:assumed-role/deploy/from-a-file");
  }

  @Test
  void a_refused_exchange_is_told_in_the_words_of_aws() {
    Program.Output refused =
        aws(
            Program.at(cloud.url(), folder),
            "sts",
            "assume-role-with-web-identity",
            "--role-arn",
            Cloud.READ_ONLY,
            "--role-session-name",
            "cli",
            "--web-identity-token",
            cloud.token("repo:octo-org/other:ref:refs/heads/main", "sts.amazonaws.com", 300));
    assertThat(refused.status()).isNotZero();
    assertThat(refused.err().strip())
        .endsWith(
            "An error occurred (AccessDenied) when calling the AssumeRoleWithWebIdentity operation:"
                + " Not authorized to perform sts:AssumeRoleWithWebIdentity");
  }

  @Test
  void a_folder_goes_up_comes_down_and_is_the_same() throws IOException {
    Path here = Files.createDirectories(folder.resolve("here"));
    byte[] large = new byte[(8 << 20) - 1]; // the client uploads in parts from 8 MiB on
    new Random(7).nextBytes(large);
    Files.write(here.resolve("large"), large);
    Files.write(here.resolve("empty"), new byte[0]);
    for (String name :
        List.of("with blank", "plus+sign", "per%2Fcent", "ä ö ü", "日本語", "amp&ers=and", "it's")) {
      Files.writeString(Files.createDirectories(here.resolve("in " + name)).resolve(name), name);
    }
    aws(root, "s3", "mb", "s3://octo-folders").succeeded();
    aws(root, "s3", "cp", "--recursive", "--quiet", here.toString(), "s3://octo-folders/a b/")
        .succeeded();
    assertThat(aws(root, "s3", "ls", "--recursive", "s3://octo-folders").succeeded())
        .contains(" a b/in with blank/with blank\n", " a b/in 日本語/日本語\n", " a b/large\n");
    Path there = folder.resolve("there");
    aws(root, "s3", "sync", "--quiet", "s3://octo-folders/a b/", there.toString()).succeeded();
    assertThat(files(there)).isEqualTo(files(here));
    aws(root, "s3", "rm", "--recursive", "--quiet", "s3://octo-folders").succeeded();
    aws(root, "s3", "rb", "s3://octo-folders").succeeded();
    assertThat(aws(root, "s3", "ls").succeeded()).doesNotContain("octo-folders");
  }

  /// What is in `folder`: each file's path, and its bytes as text.
  private static Map<String, String> files(Path folder) throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(folder)) {
      paths
          .filter(Files::isRegularFile)
          .forEach(path -> files.put(folder.relativize(path).toString(), text(path)));
    }
    return files;
  }

  private static String text(Path path) {
    try {
      return new String(Files.readAllBytes(path), java.nio.charset.StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void a_key_may_have_slashes_that_no_folder_has() throws IOException {
    Path file = Files.writeString(folder.resolve("slashes"), "slashes");
    aws(root, "s3", "cp", "--quiet", file.toString(), "s3://releases/double//slash/../dots")
        .succeeded();
    assertThat(aws(root, "s3", "cp", "s3://releases/double//slash/../dots", "-").succeeded())
        .isEqualTo("slashes");
    assertThat(aws(root, "s3", "ls", "s3://releases/double//").succeeded()).contains("PRE slash/");
    aws(root, "s3", "rm", "s3://releases/double//slash/../dots").succeeded();
  }

  @Test
  void a_missing_key_is_told_in_the_words_of_aws() {
    Program.Output missing = aws(root, "s3", "cp", "s3://releases/nothing", "-");
    assertThat(missing.status()).isEqualTo(1);
    assertThat(missing.err())
        .contains("An error occurred (404) when calling the HeadObject operation: Not Found");
    assertThat(aws(root, "s3", "ls", "s3://octo-nowhere").err())
        .contains(
            "An error occurred (NoSuchBucket) when calling the ListObjectsV2 operation: The"
                + " specified bucket does not exist");
  }

  @Test
  void a_provider_and_a_role_are_made_looked_at_and_removed() {
    String provider =
        aws(
                root,
                "iam",
                "create-open-id-connect-provider",
                "--url",
                "https://token.actions.githubusercontent.com",
                "--client-id-list",
                "sts.amazonaws.com")
            .json()
            .path("OpenIDConnectProviderArn")
            .asString();
    assertThat(provider)
        .isEqualTo("arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com");
    String trust =
        """
        {"Version":"2012-10-17","Statement":[{"Effect":"Allow",
         "Action":"sts:AssumeRoleWithWebIdentity","Principal":{"Federated":"%s"},
         "Condition":{"StringEquals":{
          "token.actions.githubusercontent.com:sub":"repo:o/r:ref:refs/heads/main"}}}]}\
        """
            .formatted(provider);
    aws(
            root,
            "iam",
            "create-role",
            "--role-name",
            "cli",
            "--assume-role-policy-document",
            trust,
            "--tags",
            "Key=Team,Value=build")
        .succeeded();
    aws(
            root,
            "iam",
            "attach-role-policy",
            "--role-name",
            "cli",
            "--policy-arn",
            "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess")
        .succeeded();
    aws(
            root,
            "iam",
            "put-role-policy",
            "--role-name",
            "cli",
            "--policy-name",
            "put",
            "--policy-document",
            "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"s3:PutObject\",\"Resource\":\"*\"}}")
        .succeeded();
    JsonNode role = aws(root, "iam", "get-role", "--role-name", "cli").json().path("Role");
    assertThat(role.path("Arn").asString()).isEqualTo("arn:aws:iam::123456789012:role/cli");
    assertThat(
            role.path("AssumeRolePolicyDocument")
                .path("Statement")
                .path(0)
                .path("Action")
                .asString())
        .isEqualTo("sts:AssumeRoleWithWebIdentity");
    assertThat(role.path("Tags").path(0).path("Value").asString()).isEqualTo("build");
    assertThat(
            aws(root, "iam", "list-attached-role-policies", "--role-name", "cli")
                .json()
                .path("AttachedPolicies")
                .path(0)
                .path("PolicyName")
                .asString())
        .isEqualTo("AmazonS3ReadOnlyAccess");
    assertThat(
            aws(root, "iam", "get-role-policy", "--role-name", "cli", "--policy-name", "put")
                .json()
                .path("PolicyDocument")
                .path("Statement")
                .path("Action")
                .asString())
        .isEqualTo("s3:PutObject");
    assertThat(aws(root, "iam", "list-open-id-connect-providers").succeeded()).contains(provider);
    aws(root, "iam", "delete-role-policy", "--role-name", "cli", "--policy-name", "put")
        .succeeded();
    assertThat(aws(root, "iam", "delete-role", "--role-name", "cli").err())
        .contains("(DeleteConflict)");
    aws(
            root,
            "iam",
            "detach-role-policy",
            "--role-name",
            "cli",
            "--policy-arn",
            "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess")
        .succeeded();
    aws(root, "iam", "delete-role", "--role-name", "cli").succeeded();
    assertThat(aws(root, "iam", "get-role", "--role-name", "cli").err())
        .contains(
            "An error occurred (NoSuchEntity) when calling the GetRole operation: The role with"
                + " name cli cannot be found.");
  }

  @Test
  void a_trust_policy_that_lets_all_of_github_in_is_refused() {
    Program.Output refused =
        aws(
            root,
            "iam",
            "create-role",
            "--role-name",
            "open",
            "--assume-role-policy-document",
            """
            {"Version":"2012-10-17","Statement":{"Effect":"Allow",
             "Action":"sts:AssumeRoleWithWebIdentity","Principal":{"Federated":
             "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com"}}}\
            """);
    assertThat(refused.err()).contains("(MalformedPolicyDocument)");
  }

  @Test
  void policies_are_simulated() throws IOException {
    String policy =
        """
        {
          "Version": "2012-10-17",
          "Statement": [
            {
              "Effect": "Allow",
              "Action": "s3:GetObject",
              "Resource": "*",
              "Condition": {"IpAddress": {"aws:SourceIp": "203.0.113.0/24"}}
            }
          ]
        }
        """;
    JsonNode custom =
        aws(
                root,
                "iam",
                "simulate-custom-policy",
                "--policy-input-list",
                policy,
                "--action-names",
                "s3:GetObject",
                "s3:PutObject",
                "--resource-arns",
                "arn:aws:s3:::releases/1",
                "arn:aws:s3:::releases/2",
                "--context-entries",
                "ContextKeyName=aws:SourceIp,ContextKeyType=ip,ContextKeyValues=203.0.113.7")
            .json();
    assertGolden(
        "clients/simulate-custom-policy.json",
        custom.at("/EvaluationResults/0").toPrettyString() + "\n");
    assertThat(custom.at("/EvaluationResults/1/EvalDecision").asString()).isEqualTo("implicitDeny");
    JsonNode principal =
        aws(
                root,
                "iam",
                "simulate-principal-policy",
                "--policy-source-arn",
                Cloud.READ_ONLY,
                "--action-names",
                "s3:GetObject",
                "s3:DeleteObject",
                "--query",
                "EvaluationResults[].[EvalActionName,EvalDecision,MatchedStatements[].SourcePolicyId]")
            .json();
    assertThat(principal.toString())
        .isEqualTo(
            "[[\"s3:GetObject\",\"allowed\",[\"AmazonS3ReadOnlyAccess\"]],"
                + "[\"s3:DeleteObject\",\"implicitDeny\",[]]]");
    assertThat(
            aws(
                    root,
                    "iam",
                    "get-context-keys-for-custom-policy",
                    "--policy-input-list",
                    policy,
                    "--query",
                    "ContextKeyNames[]")
                .json()
                .toString())
        .isEqualTo("[\"aws:SourceIp\"]");
    assertThat(
            aws(
                    root,
                    "iam",
                    "get-context-keys-for-principal-policy",
                    "--policy-source-arn",
                    Cloud.READ_ONLY,
                    "--query",
                    "ContextKeyNames[]")
                .json()
                .toString())
        .isEqualTo("[]");
  }
}
