package dev.tegata.provisioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tegata.arn.AccountId;
import dev.tegata.arn.Arn;
import dev.tegata.cloudformation.Settings;
import dev.tegata.cloudformation.Stack;
import dev.tegata.cloudformation.StackOutput;
import dev.tegata.cloudformation.Template;
import dev.tegata.database.Database;
import dev.tegata.iam.Iam;
import dev.tegata.objects.BucketStore;
import dev.tegata.store.Account;
import dev.tegata.store.Identities;
import dev.tegata.store.IdentityStore;
import dev.tegata.store.OidcProvider;
import dev.tegata.store.Role;
import dev.tegata.yaml.YamlException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResourceTypesTest {
  private static final AccountId ACCOUNT = new AccountId("123456789012");
  private static final Instant NOON = Instant.parse("2026-09-11T12:00:00Z");
  private static final String DEPLOY =
      """
      Resources:
        Issuer:
          Type: AWS::IAM::OIDCProvider
          Properties:
            Url: https://ci.example/org
            ClientIdList: [sts.amazonaws.com]
        Deploy:
          Type: AWS::IAM::Role
          Properties:
            RoleName: deploy
            Path: /ci/
            Description: deploys
            MaxSessionDuration: 7200
            Tags: [{Key: Team, Value: core}]
            AssumeRolePolicyDocument:
              Version: "2012-10-17"
              Statement:
                Effect: Allow
                Action: sts:AssumeRoleWithWebIdentity
                Principal: {Federated: !Ref Issuer}
                Condition: {StringEquals: {"ci.example/org:sub": SUBJECT}}
            Policies:
              - PolicyName: list
                PolicyDocument:
                  Version: "2012-10-17"
                  Statement: {Effect: Allow, Action: "s3:ListBucket", Resource: !GetAtt Store.Arn}
            ManagedPolicyArns: [!Ref Managed, "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess"]
        Managed:
          Type: AWS::IAM::ManagedPolicy
          Properties:
            ManagedPolicyName: put
            PolicyDocument:
              Version: "2012-10-17"
              Statement: {Effect: Allow, Action: "s3:PutObject", Resource: !Sub "${Store.Arn}/*"}
        Store:
          Type: AWS::S3::Bucket
          Properties: {BucketName: octo-store}
      """;

  private final Database database;
  private final IdentityStore identities;
  private final BucketStore buckets;

  ResourceTypesTest(@TempDir Path folder) {
    database = Database.open(folder.resolve("tegata.db"));
    identities = new IdentityStore(database);
    buckets = new BucketStore(database);
    identities.change(change -> {
      change.create(new Account(ACCOUNT, NOON));
      return change;
    });
  }

  @AfterEach
  void closeTheStore() {
    database.close();
  }

  @Test
  void a_template_becomes_provider_role_policies_and_bucket() {
    create(DEPLOY.replace("SUBJECT", "main"));
    Identities now = identities.now();
    OidcProvider provider = now.provider(ACCOUNT, "https://ci.example/org").orElseThrow();
    assertThat(provider.clientIds()).containsExactly("sts.amazonaws.com");
    Role role = now.role(ACCOUNT, "deploy").orElseThrow();
    assertThat(role.arn()).isEqualTo(Arn.iam(ACCOUNT, "role/ci/deploy"));
    assertThat(role.maxSession()).hasHours(2);
    assertThat(role.tags()).containsExactly(Map.entry("Team", "core"));
    assertThat(role.permissions().inline()).containsOnlyKeys("list");
    assertThat(role.permissions().attached())
        .containsExactly(
            Arn.iam(ACCOUNT, "policy/put"),
            Arn.parse("arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess"));
    assertThat(buckets.find("octo-store")).isPresent();
  }

  @Test
  void what_is_there_already_is_brought_to_the_declared_state_and_stays_what_it_is() {
    create(DEPLOY.replace("SUBJECT", "main"));
    Role before = identities.now().role(ACCOUNT, "deploy").orElseThrow();
    create(DEPLOY.replace("SUBJECT", "release").replace("s3:PutObject", "s3:DeleteObject"));
    Role after = identities.now().role(ACCOUNT, "deploy").orElseThrow();
    assertThat(after.id()).isEqualTo(before.id());
    assertThat(after.trust().toJson()).contains("release").doesNotContain("main");
    assertThat(
            identities
                .now()
                .inForce(Arn.iam(ACCOUNT, "policy/put"))
                .orElseThrow()
                .policy()
                .toJson())
        .contains("s3:DeleteObject");
  }

  @Test
  void names_that_a_template_leaves_out_are_the_same_at_every_start() {
    String template = "Resources: {Store: {Type: 'AWS::S3::Bucket'}}";
    String first = create(template).resources().getFirst().created().ref();
    String second = create(template).resources().getFirst().created().ref();
    assertThat(second).isEqualTo(first).startsWith("stack-store-").matches("[a-z0-9-]{3,63}");
  }

  @Test
  void a_trust_policy_without_a_subject_is_refused_at_the_place_of_its_role() {
    assertThatThrownBy(() ->
            create(
                """
                Resources:
                  GitHub:
                    Type: AWS::IAM::OIDCProvider
                    Properties: {Url: "https://token.actions.githubusercontent.com"}
                  Open:
                    Type: AWS::IAM::Role
                    Properties:
                      AssumeRolePolicyDocument:
                        Version: "2012-10-17"
                        Statement:
                          Effect: Allow
                          Action: sts:AssumeRoleWithWebIdentity
                          Principal: {Federated: !Ref GitHub}
                """))
        .isInstanceOf(YamlException.class)
        .hasMessageContaining("resource Open (AWS::IAM::Role)")
        .hasMessageContaining("token.actions.githubusercontent.com:sub")
        .extracting(fault -> ((YamlException) fault).place().line())
        .isEqualTo(5);
  }

  @Test
  void an_inline_policy_can_be_declared_beside_its_roles() {
    create(
        DEPLOY.replace("SUBJECT", "main")
            + """
              Own:
                Type: AWS::IAM::RolePolicy
                Properties:
                  RoleName: !Ref Deploy
                  PolicyName: own
                  PolicyDocument:
                    Version: "2012-10-17"
                    Statement: {Effect: Allow, Action: "s3:GetObject", Resource: "*"}
              Shared:
                Type: AWS::IAM::Policy
                Properties:
                  Roles: [!Ref Deploy]
                  PolicyName: shared
                  PolicyDocument:
                    Version: "2012-10-17"
                    Statement: {Effect: Deny, Action: "s3:DeleteObject", Resource: "*"}
            """);
    assertThat(identities.now().role(ACCOUNT, "deploy").orElseThrow().permissions().inline())
        .containsOnlyKeys("list", "own", "shared");
  }

  private StackOutput create(String template) {
    return Stack.create(
        Template.read(template),
        new Settings(ACCOUNT, "us-east-1", "stack", Map.of()),
        ResourceTypes.all(
            new Iam(identities, new Random(1)), buckets, new OperatorCall(ACCOUNT, NOON)),
        new SplittableRandom("stack".hashCode()));
  }
}
