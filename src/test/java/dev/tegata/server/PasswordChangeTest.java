package dev.tegata.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A user who changes its own password.
class PasswordChangeTest {
  private static final String ALICE = "arn:aws:iam::123456789012:user/alice";
  private static final String DENY =
      """
      {"Version":"2012-10-17","Statement":{"Effect":"Deny","Action":"iam:ChangePassword",
       "Resource":"*"}}
      """;

  private static final String DENY_TO_THE_FROZEN =
      """
      {"Version":"2012-10-17","Statement":{"Effect":"Deny","Action":"iam:ChangePassword",
       "Resource":"*","Condition":{"StringEquals":{"aws:ResourceTag/frozen":"yes"}}}}
      """;

  @TempDir private Path data;
  private RunningServer server;
  private AccountClient admin;
  private AccountClient alice;

  @BeforeEach
  void start() {
    server = RunningServer.start(data, "", Clock.systemUTC());
    admin = new AccountClient(server, RunningServer.ACCOUNT.digits(), RunningServer.ROOT);
    admin.succeed("CreateUser&UserName=alice");
    admin.succeed(
        "CreateLoginProfile&UserName=alice&Password=Correct-horse-1&PasswordResetRequired=true");
    alice = admin.as(RunningServer.credentials(admin.succeed("CreateAccessKey&UserName=alice")));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Answer change(String from, String to) {
    return alice.iam("ChangePassword&OldPassword=" + from + "&NewPassword=" + to);
  }

  @Test
  void the_account_or_a_policy_must_let_it() {
    assertThat(change("Correct-horse-1", "Correct-horse-2").error())
        .isEqualTo(
            "403 AccessDenied: User: %s is not authorized to perform: iam:ChangePassword on resource: %s because no identity-based policy allows the iam:ChangePassword action"
                .formatted(ALICE, ALICE));
    admin.succeed("UpdateAccountPasswordPolicy&AllowUsersToChangePassword=true");
    assertThat(change("Correct-horse-2", "Correct-horse-2").error())
        .isEqualTo("403 AccessDenied: The old password was incorrect.");
    assertThat(change("Correct-horse-1", "Correct-horse-2").status()).isEqualTo(200);
    assertThat(admin.succeed("GetLoginProfile&UserName=alice").text("PasswordResetRequired"))
        .isEqualTo("false");
    admin.succeed(
        "PutUserPolicy&UserName=alice&PolicyName=p&PolicyDocument=${POLICY}", "POLICY", DENY);
    assertThat(change("Correct-horse-2", "Correct-horse-3").error())
        .endsWith("with an explicit deny in an identity-based policy");
  }

  @Test
  void a_policy_may_deny_it_by_the_tags_of_the_user() {
    admin.succeed("UpdateAccountPasswordPolicy&AllowUsersToChangePassword=true");
    admin.succeed("TagUser&UserName=alice&Tags.member.1.Key=frozen&Tags.member.1.Value=yes");
    admin.succeed(
        "PutUserPolicy&UserName=alice&PolicyName=p&PolicyDocument=${POLICY}",
        "POLICY",
        DENY_TO_THE_FROZEN);
    assertThat(change("Correct-horse-1", "Correct-horse-2").error())
        .endsWith("with an explicit deny in an identity-based policy");
  }

  @Test
  void a_user_on_whatever_path_may() {
    admin.succeed("UpdateAccountPasswordPolicy&AllowUsersToChangePassword=true");
    admin.succeed("UpdateUser&UserName=alice&NewPath=/a*b\"c${d}\\/");
    assertThat(change("Correct-horse-1", "Correct-horse-2").status()).isEqualTo(200);
  }

  @Test
  void passwords_that_were_used_lately_are_not_taken_again() {
    admin.succeed(
        "UpdateAccountPasswordPolicy&AllowUsersToChangePassword=true&PasswordReusePrevention=2");
    String refused =
        "400 PasswordPolicyViolation: Password does not conform to the account password policy.";
    assertThat(change("Correct-horse-1", "Correct-horse-1").error()).isEqualTo(refused);
    assertThat(change("Correct-horse-1", "Correct-horse-2").status()).isEqualTo(200);
    assertThat(change("Correct-horse-2", "Correct-horse-1").error()).isEqualTo(refused);
  }

  @Test
  void no_file_holds_a_password() throws IOException {
    assertThat(admin.iam("UpdateLoginProfile&UserName=alice&Password=short").status())
        .isEqualTo(400);
    String git = "CreateServiceSpecificCredential&UserName=alice&ServiceName=";
    String password = admin.succeed(git + "codecommit.amazonaws.com").text("ServicePassword");
    String secret = admin.succeed(git + "bedrock.amazonaws.com").text("ServiceCredentialSecret");
    server.close();
    try (Stream<Path> files = Files.walk(data)) {
      assertThat(files.filter(Files::isRegularFile))
          .isNotEmpty()
          .allSatisfy(file ->
              assertThat(Files.readString(file, ISO_8859_1))
                  .doesNotContain("Correct-horse-1", "\"short\"", password, secret));
    }
  }
}
