package dev.tegata.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tegata.arn.AccountId;
import dev.tegata.sigv4.RequestSigner.Credentials;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Roles that trust other accounts of the server, over the wire.
class CrossAccountTest {
  private static final String A = "210987654321";
  private static final String B = "222222222222";
  private static final String C = "333333333333";

  @TempDir private Path data;
  private final ForeignIssuer issuer = new ForeignIssuer();
  private RunningServer server;
  private AccountClient a;
  private AccountClient b;
  private AccountClient c;

  @BeforeEach
  void start() {
    server =
        RunningServer.start(
            data, "https://issuer.example", new SettableClock(WebIdentityCase.NOON));
    a = AccountClient.create(server, A);
    b = AccountClient.create(server, B);
    c = AccountClient.create(server, C);
  }

  @AfterEach
  void stop() {
    server.close();
    issuer.close();
  }

  private static String trust(String principal, String condition) {
    return """
    {"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"sts:AssumeRole",
     "Principal":{"AWS":"%s"}%s}}
    """
        .formatted(principal, condition.isEmpty() ? "" : ",\"Condition\":" + condition);
  }

  private static Answer role(AccountClient account, String name, String trust) {
    return account.iam(
        "CreateRole&RoleName=" + name + "&AssumeRolePolicyDocument=${DOCUMENT}", "DOCUMENT", trust);
  }

  private static void mayAssume(AccountClient account, String role, String condition) {
    account.succeed(
        "PutRolePolicy&RoleName=" + role + "&PolicyName=assume&PolicyDocument=${DOCUMENT}",
        "DOCUMENT",
        """
        {"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"sts:AssumeRole",
         "Resource":"*","Condition":%s}}
        """
            .formatted(condition));
  }

  /// A user of A who may assume what trusts her.
  private AccountClient alice() {
    a.succeed("CreateUser&UserName=alice");
    a.succeed("PutUserPolicy&UserName=alice&PolicyName=all&PolicyDocument=${ALLOW}");
    return a.as(RunningServer.credentials(a.succeed("CreateAccessKey&UserName=alice")));
  }

  @Test
  void a_chain_goes_over_three_accounts_with_an_external_id() {
    AccountClient alice = alice();
    role(b, "middle", trust("arn:aws:iam::" + A + ":user/alice", ""));
    role(
        c,
        "target",
        trust(
            "arn:aws:iam::" + B + ":role/middle",
            """
            {"StringEquals":{"sts:ExternalId":"release-7","aws:PrincipalAccount":"222222222222"}}\
            """));
    AccountClient middle = b.as(RunningServer.credentials(alice.assume(B, "middle")));
    String refused =
        "403 AccessDenied: User: arn:aws:sts::222222222222:assumed-role/middle/visit is not"
            + " authorized to perform: sts:AssumeRole on resource:"
            + " arn:aws:iam::333333333333:role/target";
    assertThat(middle.assume(C, "target", "&ExternalId=release-7").error())
        .as("the trust policy alone")
        .isEqualTo(refused);
    mayAssume(b, "middle", "{\"StringEquals\":{\"aws:ResourceAccount\":\"333333333333\"}}");
    assertThat(middle.assume(C, "target").error()).isEqualTo(refused);
    assertThat(middle.assume(C, "target", "&ExternalId=release-6").error()).isEqualTo(refused);
    Answer assumed = middle.assume(C, "target", "&ExternalId=release-7");
    assertThat(server.callerIdentity(RunningServer.credentials(assumed)).text("Arn"))
        .isEqualTo("arn:aws:sts::333333333333:assumed-role/target/visit");
    assertThat(alice.assume(C, "target", "&ExternalId=release-7").status()).isEqualTo(403);
  }

  @Test
  void a_policy_can_keep_its_user_to_what_is_its_own_accounts() {
    AccountClient alice = alice();
    role(a, "near", trust("arn:aws:iam::" + A + ":user/alice", ""));
    role(b, "far", trust("arn:aws:iam::" + A + ":user/alice", ""));
    assertThat(alice.assume(B, "far").status()).isEqualTo(200);
    a.succeed(
        "PutUserPolicy&UserName=alice&PolicyName=perimeter&PolicyDocument=${DOCUMENT}",
        "DOCUMENT",
        """
        {"Version":"2012-10-17","Statement":{"Effect":"Deny","Action":"*","Resource":"*",
         "Condition":{"StringNotEquals":{"aws:ResourceAccount":"${aws:PrincipalAccount}"}}}}
        """);
    assertThat(alice.assume(B, "far").status()).isEqualTo(403);
    assertThat(alice.assume(A, "near").status()).isEqualTo(200);
    assertThat(alice.iam("GetRole&RoleName=near").status()).isEqualTo(200);
    assertThat(alice.iam("ListRoles").status()).isEqualTo(200);
    assertThat(server.s3("GET", "/", "", alice.credentials()).status()).isEqualTo(200);
  }

  @Test
  void an_account_a_role_and_a_session_can_be_trusted() {
    AccountClient alice = alice();
    role(b, "of-account", trust(A, ""));
    role(b, "of-root", trust("arn:aws:iam::" + A + ":root", ""));
    role(a, "stage", trust(A, ""));
    mayAssume(a, "stage", "{}");
    role(b, "of-role", trust("arn:aws:iam::" + A + ":role/stage", ""));
    role(b, "of-session", trust("arn:aws:sts::" + A + ":assumed-role/stage/visit", ""));
    role(b, "of-other", trust("arn:aws:sts::" + A + ":assumed-role/stage/other", ""));
    AccountClient stage = a.as(RunningServer.credentials(alice.assume(A, "stage")));
    assertThat(alice.assume(B, "of-account").status()).isEqualTo(200);
    assertThat(alice.assume(B, "of-root").status()).isEqualTo(200);
    assertThat(alice.assume(B, "of-role").status()).isEqualTo(403);
    assertThat(stage.assume(B, "of-role").status()).isEqualTo(200);
    assertThat(stage.assume(B, "of-session").status()).isEqualTo(200);
    assertThat(stage.assume(B, "of-other").status()).isEqualTo(403);
  }

  @Test
  void a_role_or_user_that_is_trusted_must_be_there_if_its_account_is() {
    assertThat(role(b, "x", trust("arn:aws:iam::" + A + ":role/nobody", "")).error())
        .isEqualTo(
            "400 MalformedPolicyDocument: Invalid principal in policy:"
                + " \"AWS\":\"arn:aws:iam::210987654321:role/nobody\"");
    assertThat(role(b, "x", trust("arn:aws:iam::" + A + ":user/nobody", "")).status())
        .isEqualTo(400);
    assertThat(role(b, "x", trust("arn:aws:iam::444444444444:role/nobody", "")).status())
        .as("of an account that is not here")
        .isEqualTo(200);
  }

  @Test
  void a_trusted_role_that_is_deleted_leaves_its_id_in_the_other_account() {
    AccountClient alice = alice();
    String id = role(a, "stage", trust(A, "")).text("RoleId");
    mayAssume(a, "stage", "{}");
    role(b, "target", trust("arn:aws:iam::" + A + ":role/stage", ""));
    AccountClient stage = a.as(RunningServer.credentials(alice.assume(A, "stage")));
    assertThat(stage.assume(B, "target").status()).isEqualTo(200);
    a.succeed("DeleteRolePolicy&RoleName=stage&PolicyName=assume");
    a.succeed("DeleteRole&RoleName=stage");
    role(a, "stage", trust(A, ""));
    mayAssume(a, "stage", "{}");
    AccountClient again = a.as(RunningServer.credentials(alice.assume(A, "stage")));
    assertThat(again.assume(B, "target").status()).isEqualTo(403);
    assertThat(b.succeed("GetRole&RoleName=target").body()).contains(id).doesNotContain("%3A" + A);
  }

  /// Lets `account` believe `url`, with the issuer's keys given.
  private void trustGiven(AccountClient account, String url) {
    String arn =
        account
            .succeed(
                "CreateOpenIDConnectProvider&ClientIDList.member.1=sts.amazonaws.com&Url=" + url)
            .text("OpenIDConnectProviderArn");
    assertThat(
            server
                .api(
                    "PUT",
                    "providers/key-retrieval?arn=" + arn,
                    "{\"jwkSet\":" + issuer.jwkSet() + "}",
                    account.credentials())
                .status())
        .isEqualTo(200);
  }

  private String token(String url) {
    return issuer.token(
        WebIdentityCase.changed(WebIdentityCase.goodClaims(issuer), "{\"iss\":\"" + url + "\"}"));
  }

  /// A role that trusts the provider of A called `provider`.
  private static void jobRole(AccountClient account, String provider) {
    role(
        account,
        "job",
        """
        {"Version":"2012-10-17","Statement":{"Effect":"Allow",
         "Action":"sts:AssumeRoleWithWebIdentity",
         "Principal":{"Federated":"arn:aws:iam::210987654321:oidc-provider/%s"}}}
        """
            .formatted(provider));
  }

  @Test
  void an_id_token_is_for_the_account_whose_provider_knows_its_issuer() {
    String url = "https://ci.example";
    trustGiven(a, url);
    jobRole(a, "ci.example");
    jobRole(b, "ci.example");
    assertThat(server.exchange("arn:aws:iam::" + A + ":role/job", "run", token(url)).status())
        .isEqualTo(200);
    assertThat(server.exchange("arn:aws:iam::" + B + ":role/job", "run", token(url)).text("Code"))
        .isEqualTo("InvalidIdentityToken");
    trustGiven(b, url);
    assertThat(server.exchange("arn:aws:iam::" + B + ":role/job", "run", token(url)).error())
        .as("its own provider is not the one that its role trusts")
        .isEqualTo("403 AccessDenied: Not authorized to perform sts:AssumeRoleWithWebIdentity");
  }

  @Test
  void only_the_first_account_may_have_an_issuer_in_plain_http() {
    String create = "CreateOpenIDConnectProvider&Url=" + issuer.url();
    assertThat(a.iam(create).error())
        .isEqualTo("400 ValidationError: Invalid Open ID Connect Provider URL");
    assertThat(server.records().getLast().reason())
        .isEqualTo(
            "ValidationError: only the server's first account may have an issuer on this machine");
    new AccountClient(server, RunningServer.ACCOUNT.digits(), RunningServer.ROOT).succeed(create);
  }

  @Test
  void the_server_does_not_call_its_own_machine_for_other_accounts() {
    String url = "https://" + issuer.host();
    a.succeed("CreateOpenIDConnectProvider&ClientIDList.member.1=sts.amazonaws.com&Url=" + url);
    jobRole(a, issuer.host());
    Answer refused = server.exchange("arn:aws:iam::" + A + ":role/job", "run", token(url));
    assertThat(refused.error())
        .startsWith("400 InvalidIdentityToken: Couldn't retrieve verification key from your");
    assertThat(server.records().getLast().reason())
        .isEqualTo(
            "InvalidIdentityToken: there is no key to verify the token with: the keys of `"
                + url
                + "` cannot be had: it is on this machine, which only the first account's providers"
                + " may call, and those with private addresses let in");
    assertThat(issuer.fetches()).isZero();
  }

  @Test
  void the_operator_may_let_another_account_call_this_machine() {
    String template =
        """
        {"Resources": {"Provider": {"Type": "AWS::IAM::OIDCProvider",
          "Properties": {"Url": "%s", "ClientIdList": ["sts.amazonaws.com"]},
          "Metadata": {"Tegata": {"PrivateAddresses": %s}}}}}
        """;
    server.create(new AccountId(A), template.formatted(issuer.url(), false), Map.of());
    jobRole(a, issuer.host());
    String job = "arn:aws:iam::" + A + ":role/job";
    assertThat(server.exchange(job, "run", token(issuer.url())).status()).isEqualTo(400);
    assertThat(issuer.fetches()).isZero();
    server.create(new AccountId(A), template.formatted(issuer.url(), true), Map.of());
    assertThat(server.exchange(job, "run", token(issuer.url())).status()).isEqualTo(200);
  }

  @Test
  void an_account_may_believe_the_servers_own_issuer_wherever_that_is(@TempDir Path other) {
    try (RunningServer local =
        RunningServer.start(other, "", new SettableClock(WebIdentityCase.NOON))) {
      AccountClient.create(local, A).succeed("CreateOpenIDConnectProvider&Url=" + local.url());
    }
  }

  @Test
  void a_role_made_with_an_account_lets_the_first_account_in() {
    server.api(
        "POST",
        "accounts",
        "{\"id\":\"555555555555\",\"role_name\":\"Access\"}",
        RunningServer.ROOT);
    AccountClient first =
        new AccountClient(server, RunningServer.ACCOUNT.digits(), RunningServer.ROOT);
    Credentials admin = first.roleSession("admin", "operator");
    AccountClient there =
        new AccountClient(
            server,
            "555555555555",
            RunningServer.credentials(first.as(admin).assume("555555555555", "Access")));
    assertThat(there.succeed("ListRoles").text("RoleName")).isEqualTo("Access");
    assertThat(alice().assume("555555555555", "Access").status()).isEqualTo(403);
  }
}
