package dev.tegata.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tegata.sigv4.RequestSigner.Credentials;
import dev.tegata.sigv4.SecretAccessKey;
import java.net.URLDecoder;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A user who signs requests with its own access key.
class UserTest {
  private static final String ALICE = "arn:aws:iam::123456789012:user/staff/alice";
  private static final String TRUST =
      "%7B%22Version%22:%222012-10-17%22,%22Statement%22:%7B%22Effect%22:%22Allow%22,"
          + "%22Action%22:%22sts:AssumeRole%22,%22Principal%22:%7B%22AWS%22:%22"
          + ALICE
          + "%22%7D%7D%7D";
  private static final String IAM = "2010-05-08";
  private static final String STS = "2011-06-15";

  @TempDir private Path data;
  private RunningServer server;
  private Credentials alice;

  @BeforeEach
  void start() {
    server = RunningServer.start(data, "", Clock.systemUTC());
    admin(
        "CreateUser&UserName=alice&Path=/staff/&Tags.member.1.Key=team&Tags.member.1.Value=build");
    alice = credentials(admin("CreateAccessKey&UserName=alice"));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Answer admin(String form) {
    Answer answer = ask(form, IAM, RunningServer.ROOT, "iam");
    assertThat(answer.status()).as(form + answer.body()).isEqualTo(200);
    return answer;
  }

  private Answer iam(String form) {
    return ask(form, IAM, alice, "iam");
  }

  private Answer sts(String form, Credentials credentials) {
    return ask(form, STS, credentials, "sts");
  }

  private Answer ask(String form, String version, Credentials credentials, String service) {
    Map<String, String> fields = new LinkedHashMap<>();
    for (String field : ("Action=" + form + "&Version=" + version).split("&", -1)) {
      String[] parts = field.split("=", 2);
      fields.put(parts[0], URLDecoder.decode(parts[1], UTF_8));
    }
    return server.query(fields, credentials, service);
  }

  private static Credentials credentials(Answer answer) {
    String token = answer.text("SessionToken");
    return new Credentials(
        answer.text("AccessKeyId"),
        new SecretAccessKey(answer.text("SecretAccessKey")),
        token.isEmpty() ? null : token);
  }

  private static String allow(String action, String more) {
    return "%7B%22Version%22:%222012-10-17%22,%22Statement%22:%7B%22Effect%22:%22Allow%22,"
        + "%22Action%22:%22"
        + action
        + "%22,%22Resource%22:%22*%22"
        + more
        + "%7D%7D";
  }

  @Test
  void a_user_is_known_by_its_key() {
    Answer answer = server.callerIdentity(alice);
    assertThat(answer.text("Arn")).isEqualTo(ALICE);
    assertThat(answer.text("UserId")).startsWith("AIDARZPUZDIK").hasSize(21);
    assertThat(alice.accessKeyId()).startsWith("AKIARZPUZDIK").hasSize(20);
  }

  @Test
  void a_user_may_do_nothing_until_a_policy_says_so() {
    assertThat(iam("GetUser").error())
        .isEqualTo(
            "403 AccessDenied: User: "
                + ALICE
                + " is not authorized to perform: iam:GetUser on resource: "
                + ALICE
                + " because no identity-based policy allows the iam:GetUser action");
    admin("PutUserPolicy&UserName=alice&PolicyName=p&PolicyDocument=" + allow("iam:GetUser", ""));
    assertThat(iam("GetUser").text("UserName")).isEqualTo("alice");
  }

  @Test
  void when_a_key_and_a_role_were_last_used_is_known_after_the_next_start() {
    admin("CreateRole&RoleName=deploy&AssumeRolePolicyDocument=" + TRUST);
    admin("PutUserPolicy&UserName=alice&PolicyName=p&PolicyDocument=" + allow("sts:*", ""));
    String never = admin("GetAccessKeyLastUsed&AccessKeyId=" + alice.accessKeyId()).body();
    assertThat(never).contains("<ServiceName>N/A</ServiceName>").doesNotContain("LastUsedDate");
    assertThat(admin("GetRole&RoleName=deploy").body()).contains("<RoleLastUsed/>");
    Credentials session =
        credentials(
            sts(
                "AssumeRole&RoleSessionName=session&RoleArn=arn:aws:iam::123456789012:role/deploy",
                alice));
    assertThat(server.s3("GET", "/", "", session).status()).isEqualTo(403);
    server.close();
    server = RunningServer.start(data, "", Clock.systemUTC());
    Answer key = admin("GetAccessKeyLastUsed&AccessKeyId=" + alice.accessKeyId());
    assertThat(key.text("ServiceName")).isEqualTo("sts");
    assertThat(key.text("UserName")).isEqualTo("alice");
    Instant today = Clock.systemUTC().instant().minus(Duration.ofHours(1));
    assertThat(Instant.parse(key.text("LastUsedDate"))).isAfter(today);
    Answer role = admin("GetRole&RoleName=deploy");
    assertThat(role.text("Region")).isEqualTo("us-east-1");
    assertThat(Instant.parse(role.text("LastUsedDate"))).isAfter(today);
    assertThat(admin("GetAccountAuthorizationDetails&Filter.member.1=Role").text("LastUsedDate"))
        .isEqualTo(role.text("LastUsedDate"));
  }

  @Test
  void policies_of_a_group_hold_while_the_user_is_in_it() {
    admin("CreateGroup&GroupName=devs");
    admin("PutGroupPolicy&GroupName=devs&PolicyName=p&PolicyDocument=" + allow("iam:Get*", ""));
    assertThat(iam("GetUser").status()).isEqualTo(403);
    admin("AddUserToGroup&GroupName=devs&UserName=alice");
    assertThat(iam("GetUser").status()).isEqualTo(200);
    admin("UpdateGroup&GroupName=devs&NewGroupName=makers");
    assertThat(iam("GetUser").status()).isEqualTo(200);
    admin("DeleteGroupPolicy&GroupName=makers&PolicyName=p");
    assertThat(iam("GetUser").status()).isEqualTo(403);
    admin("AttachGroupPolicy&GroupName=makers&PolicyArn=arn:aws:iam::aws:policy/IAMReadOnlyAccess");
    assertThat(iam("GetUser").status()).isEqualTo(200);
    admin("RemoveUserFromGroup&GroupName=makers&UserName=alice");
    assertThat(iam("GetUser").status()).isEqualTo(403);
  }

  @Test
  void conditions_see_who_the_user_is() {
    String condition =
        ",%22Condition%22:%7B%22StringEquals%22:%7B%22aws:username%22:%22alice%22,"
            + "%22aws:PrincipalTag/team%22:%22build%22,%22aws:PrincipalType%22:%22User%22,"
            + "%22aws:PrincipalArn%22:%22"
            + ALICE
            + "%22%7D%7D";
    admin(
        "PutUserPolicy&UserName=alice&PolicyName=p&PolicyDocument="
            + allow("iam:GetUser", condition));
    assertThat(iam("GetUser").status()).isEqualTo(200);
    admin("UntagUser&UserName=alice&TagKeys.member.1=team");
    assertThat(iam("GetUser").status()).isEqualTo(403);
  }

  @Test
  void a_key_that_is_inactive_or_deleted_opens_nothing() {
    String key = "&UserName=alice&AccessKeyId=" + alice.accessKeyId();
    admin("UpdateAccessKey&Status=Inactive" + key);
    assertThat(server.callerIdentity(alice).error())
        .isEqualTo(
            "403 InvalidClientTokenId: The security token included in the request is invalid.");
    admin("UpdateAccessKey&Status=Active" + key);
    assertThat(server.callerIdentity(alice).status()).isEqualTo(200);
    assertThat(admin("GetAccessKeyLastUsed&AccessKeyId=" + alice.accessKeyId()).text("UserName"))
        .isEqualTo("alice");
    admin("DeleteAccessKey" + key);
    assertThat(server.callerIdentity(alice).status()).isEqualTo(403);
  }

  @Test
  void a_user_has_two_keys_at_most_and_must_lose_them_before_it_goes() {
    admin("CreateAccessKey&UserName=alice");
    assertThat(ask("CreateAccessKey&UserName=alice", IAM, RunningServer.ROOT, "iam").error())
        .isEqualTo("409 LimitExceeded: Cannot exceed quota for AccessKeysPerUser: 2");
    assertThat(ask("DeleteUser&UserName=alice", IAM, RunningServer.ROOT, "iam").error())
        .isEqualTo("409 DeleteConflict: Cannot delete entity, must delete access keys first.");
  }

  @Test
  void a_user_assumes_a_role_that_trusts_it() {
    admin("CreateRole&RoleName=deploy&AssumeRolePolicyDocument=" + TRUST);
    String assume =
        "AssumeRole&RoleArn=arn:aws:iam::123456789012:role/deploy&RoleSessionName=session";
    Answer answer = sts(assume, alice);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(server.callerIdentity(credentials(answer)).text("Arn"))
        .isEqualTo("arn:aws:sts::123456789012:assumed-role/deploy/session");
    admin("UpdateUser&UserName=alice&NewUserName=carol&NewPath=/");
    assertThat(sts(assume, alice).status()).isEqualTo(200);
    admin("CreateUser&UserName=alice&Path=/staff/");
    Credentials other = credentials(admin("CreateAccessKey&UserName=alice"));
    assertThat(sts(assume, other).status()).isEqualTo(403);
  }

  @Test
  void temporary_credentials_of_a_user_are_the_user_while_it_lasts() {
    Credentials session = credentials(sts("GetSessionToken", alice));
    assertThat(server.callerIdentity(session).text("Arn")).isEqualTo(ALICE);
    assertThat(ask("GetUser", IAM, session, "iam").error())
        .isEqualTo(
            "403 InvalidClientTokenId: The security token included in the request is invalid.");
    admin("DeleteAccessKey&UserName=alice&AccessKeyId=" + alice.accessKeyId());
    admin("DeleteUser&UserName=alice");
    assertThat(server.callerIdentity(session).status()).isEqualTo(403);
  }

  @Test
  void a_user_vouches_for_a_federated_user_within_its_own_rights() {
    admin(
        "PutUserPolicy&UserName=alice&PolicyName=p&PolicyDocument="
            + allow("sts:GetFederationToken", ""));
    Answer answer = sts("GetFederationToken&Name=visitor&Policy=" + allow("s3:*", ""), alice);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    Credentials visitor = credentials(answer);
    assertThat(server.callerIdentity(visitor).text("Arn"))
        .isEqualTo("arn:aws:sts::123456789012:federated-user/visitor");
    assertThat(server.s3("GET", "/", "", visitor).status()).isEqualTo(403);
    admin("PutUserPolicy&UserName=alice&PolicyName=p&PolicyDocument=" + allow("s3:*", ""));
    assertThat(server.s3("GET", "/", "", visitor).status()).isEqualTo(200);
  }

  @Test
  void the_root_is_told_of_itself() {
    Answer answer = admin("GetUser");
    assertThat(answer.text("Arn")).isEqualTo("arn:aws:iam::123456789012:root");
    assertThat(answer.text("UserId")).isEqualTo("123456789012");
    assertThat(answer.body()).doesNotContain("UserName");
  }

  @Test
  void a_record_names_the_user() {
    iam("GetUser");
    assertThat(server.records().getLast().toString()).contains("IAMUser", "alice");
  }
}
