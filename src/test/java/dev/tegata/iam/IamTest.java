package dev.tegata.iam;

import static dev.tegata.Golden.assertGolden;
import static dev.tegata.iam.IamServer.ACCOUNT;
import static dev.tegata.iam.IamServer.NOON;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tegata.arn.Arn;
import dev.tegata.store.AccessKey;
import dev.tegata.store.Entity.User;
import dev.tegata.store.Role;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IamTest {
  private static final String SHARED = "arn:aws:iam::123456789012:policy/shared";

  @TempDir private Path folder;
  private IamServer iam;

  @BeforeEach
  void open() {
    iam = new IamServer(folder);
  }

  @AfterEach
  void close() {
    iam.close();
  }

  /// Each line of a scenario is a form; a minute passes between two.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "oidc-providers",
        "saml-providers",
        "server-certificates",
        "roles",
        "role-policies",
        "service-linked-roles",
        "managed-policies",
        "users",
        "login-profiles",
        "ssh-keys",
        "signing-certificates",
        "service-specific-credentials",
        "mfa-devices",
        "groups",
        "instance-profiles",
        "account",
        "reports",
        "service-grants",
        "pages",
        "simulation"
      })
  void a_scenario_goes_as_its_transcript_says(String name) throws IOException {
    StringBuilder transcript = new StringBuilder();
    Instant time = NOON;
    for (String form : lines("/scenarios/iam/" + name + ".txt")) {
      transcript.append("> ").append(form).append('\n');
      transcript.append(iam.transcript(form, time)).append('\n');
      time = time.plusSeconds(60);
    }
    assertGolden("iam/" + name + ".txt", transcript.toString());
  }

  @Test
  void a_request_is_refused_as_the_table_says() throws IOException {
    lines("/scenarios/iam/errors.txt").forEach(iam::succeed);
    List<String> told = new ArrayList<>();
    List<String> expected = lines("/vectors/iam/errors.tsv");
    for (String row : expected) {
      String form = row.split("\t", 2)[0];
      told.add(form + "\t" + iam.verdict(form));
    }
    assertThat(told).isEqualTo(expected);
  }

  private static List<String> lines(String resource) throws IOException {
    try (InputStream in = IamTest.class.getResourceAsStream(resource)) {
      assertThat(in).as(resource).isNotNull();
      return new String(in.readAllBytes(), UTF_8)
          .lines()
          .filter(line -> !line.isEmpty() && !line.startsWith("#"))
          .toList();
    }
  }

  @Test
  void whoever_may_not_changes_nothing() {
    iam.succeed("CreateRole&RoleName=deploy&AssumeRolePolicyDocument=${TRUST}");
    TestCall call = new TestCall(ACCOUNT, NOON, new ArrayList<>(), _ -> false);
    assertThat(iam.verdict("DeleteRole&RoleName=deploy", call))
        .isEqualTo("403 AccessDenied: not authorized to perform: iam:DeleteRole");
    assertThat(iam.verdict("GetRole&RoleName=gone", call))
        .isEqualTo("403 AccessDenied: not authorized to perform: iam:GetRole");
    assertThat(iam.store().now().role(ACCOUNT, "deploy")).isPresent();
  }

  @Test
  void tags_at_creation_need_the_right_to_tag() {
    TestCall call =
        new TestCall(
            ACCOUNT, NOON, new ArrayList<>(), access -> !access.action().equals("iam:TagRole"));
    assertThat(
            iam.verdict(
                "CreateRole&RoleName=r&AssumeRolePolicyDocument=${TRUST}"
                    + "&Tags.member.1.Key=k&Tags.member.1.Value=v",
                call))
        .isEqualTo("403 AccessDenied: not authorized to perform: iam:TagRole");
    assertThat(iam.store().now().roles(ACCOUNT)).isEmpty();
  }

  @Test
  void another_account_sees_and_touches_nothing() {
    iam.succeed("CreateOpenIDConnectProvider&Url=https://h");
    iam.succeed("CreatePolicy&PolicyName=shared&PolicyDocument=${READ}");
    TestCall other = TestCall.allowingAll(IamServer.OTHER, NOON);
    assertThat(
            iam.verdict(
                "DeleteOpenIDConnectProvider&OpenIDConnectProviderArn="
                    + Arn.iam(ACCOUNT, "oidc-provider/h"),
                other))
        .startsWith("404 NoSuchEntity");
    assertThat(iam.verdict("GetPolicy&PolicyArn=" + SHARED, other)).startsWith("404 NoSuchEntity");
    assertThat(iam.verdict("CreateRole&RoleName=r&AssumeRolePolicyDocument=${TRUST}", other))
        .isEqualTo("200");
    assertThat(iam.verdict("AttachRolePolicy&RoleName=r&PolicyArn=" + SHARED, other))
        .isEqualTo("404 NoSuchEntity: Policy " + SHARED + " does not exist or is not attachable.");
  }

  @Test
  void of_two_creators_of_one_role_one_is_told_that_it_exists() throws Exception {
    Callable<String> create =
        () -> iam.verdict("CreateRole&RoleName=deploy&AssumeRolePolicyDocument=${TRUST}");
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<String> verdicts = new ArrayList<>();
      for (Future<String> each : threads.invokeAll(List.of(create, create))) {
        verdicts.add(each.get());
      }
      assertThat(verdicts)
          .containsExactlyInAnyOrder(
              "200", "409 EntityAlreadyExists: Role with name deploy already exists.");
    }
  }

  @Test
  void a_role_that_is_made_anew_is_not_trusted_for_its_old_name() {
    iam.succeed("CreateRole&RoleName=ci&AssumeRolePolicyDocument=${TRUST}");
    iam.succeed(
        "CreateRole&RoleName=deploy&AssumeRolePolicyDocument="
            + "${TRUST arn:aws:iam::123456789012:role/ci}");
    Role old = iam.store().now().role(ACCOUNT, "ci").orElseThrow();
    iam.succeed("DeleteRole&RoleName=ci");
    iam.succeed("CreateRole&RoleName=ci&AssumeRolePolicyDocument=${TRUST}");
    assertThat(iam.store().now().role(ACCOUNT, "deploy").orElseThrow().trust().toJson())
        .isEqualTo(IamServer.TRUST.formatted(old.id()));
    assertThat(iam.store().now().role(ACCOUNT, "ci").orElseThrow().id()).isNotEqualTo(old.id());
  }

  @Test
  void what_was_done_is_there_after_a_restart() {
    iam.succeed("CreateOpenIDConnectProvider&Url=https://token.actions.githubusercontent.com");
    iam.succeed("CreateRole&RoleName=deploy&AssumeRolePolicyDocument=${GITHUB}");
    iam.succeed("PutRolePolicy&RoleName=deploy&PolicyName=read&PolicyDocument=${READ}");
    Role before = iam.store().now().role(ACCOUNT, "deploy").orElseThrow();
    iam.close();
    iam = new IamServer(folder);
    assertThat(iam.store().now().role(ACCOUNT, "deploy")).contains(before);
    assertThat(iam.store().now().providers(ACCOUNT)).hasSize(1);
  }

  @Test
  void what_counts_against_a_quota_is_refused_beyond_it() {
    iam.succeed("CreateOpenIDConnectProvider&Url=https://h" + list("ClientIDList", "id%d", 100));
    String provider = "&OpenIDConnectProviderArn=" + Arn.iam(ACCOUNT, "oidc-provider/h");
    assertThat(iam.verdict("AddClientIDToOpenIDConnectProvider&ClientID=id100" + provider))
        .isEqualTo(
            "409 LimitExceeded: Cannot exceed quota for ClientIdsPerOpenIdConnectProvider: 100");
    assertThat(iam.verdict("AddClientIDToOpenIDConnectProvider&ClientID=id99" + provider))
        .isEqualTo("200");
    IntStream.range(1, 100)
        .forEach(i -> iam.succeed("CreateOpenIDConnectProvider&Url=https://h/" + i));
    assertThat(iam.verdict("CreateOpenIDConnectProvider&Url=https://h/100"))
        .isEqualTo(
            "409 LimitExceeded: Cannot exceed quota for OpenIdConnectProvidersPerAccount: 100");
    IntStream.range(0, 100)
        .forEach(
            i -> iam.succeed("CreateSAMLProvider&Name=p" + i + "&SAMLMetadataDocument=${SAML}"));
    assertThat(iam.verdict("CreateSAMLProvider&Name=p100&SAMLMetadataDocument=${SAML}"))
        .isEqualTo("409 LimitExceeded: Cannot exceed quota for SAMLProvidersPerAccount: 100");
    String upload =
        "UploadServerCertificate&CertificateBody=${PEM leaf}&PrivateKey=${PEM leaf.key}"
            + "&ServerCertificateName=";
    IntStream.range(0, 20).forEach(i -> iam.succeed(upload + i));
    assertThat(iam.verdict(upload + 20))
        .isEqualTo("409 LimitExceeded: Cannot exceed quota for ServerCertificatesPerAccount: 20");
    iam.succeed("CreateRole&RoleName=r&AssumeRolePolicyDocument=${TRUST}");
    for (int i = 0; i <= 10; i++) {
      iam.succeed("CreatePolicy&PolicyName=p" + i + "&PolicyDocument=${READ}");
      assertThat(
              iam.verdict(
                  "AttachRolePolicy&RoleName=r&PolicyArn=" + Arn.iam(ACCOUNT, "policy/p" + i)))
          .isEqualTo(
              i < 10 ? "200" : "409 LimitExceeded: Cannot exceed quota for PoliciesPerRole: 10");
    }
  }

  @Test
  void a_credential_report_holds_for_four_hours() {
    TestCall later = TestCall.allowingAll(ACCOUNT, NOON.plusSeconds(4 * 3600 - 1));
    TestCall tooLate = TestCall.allowingAll(ACCOUNT, NOON.plusSeconds(4 * 3600));
    iam.succeed("GenerateCredentialReport");
    assertThat(iam.verdict("GetCredentialReport", later)).isEqualTo("200");
    assertThat(iam.verdict("GetCredentialReport", tooLate)).isEqualTo("410 ReportExpired: ");
    assertThat(iam.verdict("GenerateCredentialReport", tooLate)).isEqualTo("200");
    assertThat(iam.verdict("GetCredentialReport", tooLate)).isEqualTo("200");
  }

  @Test
  void a_credential_report_has_a_row_for_the_root_and_one_for_each_user() throws IOException {
    iam.succeed("CreateUser&UserName=bob&Path=/staff/");
    iam.succeed("CreateUser&UserName=alice,a&Path=/\"a\"/");
    iam.succeed("CreateAccessKey&UserName=bob");
    iam.succeed("CreateAccessKey&UserName=bob");
    User bob = iam.store().now().user(ACCOUNT, "bob").orElseThrow();
    AccessKey first = iam.store().now().accessKeys(bob).getFirst();
    iam.succeed("UpdateAccessKey&UserName=bob&Status=Inactive&AccessKeyId=" + first.id());
    iam.use(first, NOON.plusSeconds(90));
    assertGolden(
        "iam/credential-report.csv", new CredentialReport(iam.store().now(), ACCOUNT).text());
  }

  @Test
  void documents_are_measured_without_their_blanks() {
    iam.succeed("CreateRole&RoleName=r&AssumeRolePolicyDocument=${TRUST}");
    int frame = IamServer.READ.formatted("").length();
    String fits = "${READ arn:aws:s3:::" + "a".repeat(6144 - frame - 13) + "}";
    String tooLong = "${READ arn:aws:s3:::" + "a".repeat(6144 - frame - 12) + "}";
    assertThat(iam.verdict("CreatePolicy&PolicyName=a&PolicyDocument=+%0A" + fits))
        .isEqualTo("200");
    assertThat(iam.verdict("CreatePolicy&PolicyName=b&PolicyDocument=" + tooLong))
        .isEqualTo("409 LimitExceeded: Cannot exceed quota for PolicySize: 6144");
    String put = "PutRolePolicy&RoleName=r&PolicyDocument=" + fits + "&PolicyName=";
    assertThat(iam.verdict(put + "a")).isEqualTo("200");
    assertThat(iam.verdict(put + "A")).isEqualTo("200");
    assertThat(iam.verdict(put + "b"))
        .isEqualTo("409 LimitExceeded: Maximum policy size of 10240 bytes exceeded for role r");
    iam.succeed("CreateOpenIDConnectProvider&Url=https://token.actions.githubusercontent.com");
    assertThat(
            iam.verdict(
                "UpdateAssumeRolePolicy&RoleName=r&PolicyDocument=${GITHUB "
                    + "repo:".repeat(400)
                    + "}"))
        .isEqualTo("409 LimitExceeded: Cannot exceed quota for ACLSizePerRole: 2048");
  }

  @Test
  void tags_are_counted_after_the_request() {
    iam.succeed("CreateRole&RoleName=r&AssumeRolePolicyDocument=${TRUST}");
    iam.succeed("TagRole&RoleName=r" + tags(0, 50));
    assertThat(iam.verdict("TagRole&RoleName=r" + tags(49, 50))).isEqualTo("200");
    assertThat(iam.verdict("TagRole&RoleName=r" + tags(50, 51)))
        .isEqualTo("409 LimitExceeded: Cannot exceed quota for TagsPerRole: 50");
  }

  private static String tags(int from, int to) {
    StringBuilder form = new StringBuilder();
    for (int i = from; i < to; i++) {
      String tag = "&Tags.member." + (i + 1);
      form.append(tag).append(".Key=k").append(i).append(tag).append(".Value=v");
    }
    return form.toString();
  }

  private static String list(String name, String format, int count) {
    StringBuilder form = new StringBuilder();
    for (int i = 0; i < count; i++) {
      form.append('&').append(name).append(".member.").append(i + 1).append('=');
      form.append(format.formatted(i));
    }
    return form.toString();
  }
}
