package dev.tegata.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tegata.credentials.AuthenticatorApp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A user with an authenticator app, whose policy lets it do everything with a second factor.
class SecondFactorTest {
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
  private static final Duration STEP = Duration.ofSeconds(30);
  private static final String PHONE = "arn:aws:iam::123456789012:mfa/phone";
  private static final String FAILED = "403 AccessDenied: MultiFactorAuthentication failed";
  private static final String WRONG = FAILED + " with invalid MFA one time pass code. ";
  private static final String NOT_YOURS =
      FAILED
          + ", unable to validate MFA code.  Please verify your MFA serial number is valid and"
          + " associated with this user.";
  private static final String WITH_FACTOR =
      """
      {"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*",
       "Condition":{"Bool":{"aws:MultiFactorAuthPresent":"true"}}}}
      """;
  private static final String WITHIN_FIVE_MINUTES =
      """
      {"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*",
       "Condition":{"NumericLessThan":{"aws:MultiFactorAuthAge":"300"}}}}
      """;
  private static final String TRUST_WITH_FACTOR =
      """
      {"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"sts:AssumeRole",
       "Principal":{"AWS":"arn:aws:iam::123456789012:user/alice"},
       "Condition":{"Bool":{"aws:MultiFactorAuthPresent":"true"}}}}
      """;

  @TempDir private Path data;
  private SettableClock clock;
  private RunningServer server;
  private AccountClient admin;
  private AccountClient alice;
  private String seed;
  private AuthenticatorApp app;

  @BeforeEach
  void start() {
    clock = new SettableClock(NOON);
    server = RunningServer.start(data, "", clock);
    admin = new AccountClient(server, RunningServer.ACCOUNT.digits(), RunningServer.ROOT);
    admin.succeed("CreateUser&UserName=alice");
    admin.succeed(
        "PutUserPolicy&UserName=alice&PolicyName=p&PolicyDocument=${POLICY}",
        "POLICY",
        WITH_FACTOR);
    alice = admin.as(RunningServer.credentials(admin.succeed("CreateAccessKey&UserName=alice")));
    seed =
        admin.succeed("CreateVirtualMFADevice&VirtualMFADeviceName=phone").text("Base32StringSeed");
    app = AuthenticatorApp.of(seed);
    admin.succeed(twoCodes("EnableMFADevice", NOON));
    clock.set(NOON.plus(STEP));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private String twoCodes(String operation, Instant time) {
    return "%s&UserName=alice&SerialNumber=%s&AuthenticationCode1=%s&AuthenticationCode2=%s"
        .formatted(operation, PHONE, app.code(time.minus(STEP)), app.code(time));
  }

  private Answer session(AccountClient who, String code) {
    return who.sts("GetSessionToken&SerialNumber=" + PHONE + "&TokenCode=" + code);
  }

  private String verdict(Answer answer) {
    return answer.status() == 200 ? "200" : answer.error();
  }

  @Test
  void a_session_for_which_a_code_was_shown_has_a_second_factor() {
    Answer given = session(alice, app.code(clock.instant()));
    AccountClient session = alice.as(RunningServer.credentials(given));
    assertThat(session.iam("ListMFADevices").text("SerialNumber")).isEqualTo(PHONE);
    assertThat(server.records().getLast().toString()).contains("mfaAuthenticated=true");
    assertThat(alice.iam("ListMFADevices").status())
        .as("the key of a user alone has none")
        .isEqualTo(403);
    AccountClient without = alice.as(RunningServer.credentials(alice.sts("GetSessionToken")));
    assertThat(without.iam("ListMFADevices").text("Code")).isEqualTo("InvalidClientTokenId");
  }

  @Test
  void a_code_is_used_once() {
    String code = app.code(clock.instant());
    assertThat(verdict(session(alice, code))).isEqualTo("200");
    assertThat(verdict(session(alice, code))).isEqualTo(WRONG);
    clock.set(clock.instant().plus(STEP));
    assertThat(verdict(session(alice, code))).isEqualTo(WRONG);
    assertThat(verdict(session(alice, app.code(clock.instant())))).isEqualTo("200");
  }

  @Test
  void the_codes_that_enabled_a_device_are_used() {
    clock.set(NOON);
    assertThat(verdict(session(alice, app.code(NOON)))).isEqualTo(WRONG);
    assertThat(verdict(session(alice, app.code(NOON.plus(STEP))))).isEqualTo("200");
  }

  @Test
  void of_all_who_come_with_one_code_at_once_one_is_let_in() throws Exception {
    String code = app.code(clock.instant());
    Callable<Integer> ask = () -> session(alice, code).status();
    List<Integer> answers = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Integer> each : threads.invokeAll(List.of(ask, ask, ask, ask))) {
        answers.add(each.get());
      }
    }
    assertThat(answers).containsExactlyInAnyOrder(200, 403, 403, 403);
  }

  @Test
  void a_code_holds_for_the_half_minutes_beside_its_own() {
    Instant time = NOON.plus(Duration.ofMinutes(10));
    clock.set(time);
    assertThat(verdict(session(alice, app.code(time.minus(STEP.multipliedBy(2))))))
        .isEqualTo(WRONG);
    assertThat(verdict(session(alice, app.code(time.plus(STEP.multipliedBy(2)))))).isEqualTo(WRONG);
    assertThat(verdict(session(alice, app.code(time.minus(STEP))))).isEqualTo("200");
    assertThat(verdict(session(alice, app.code(time.plus(STEP))))).isEqualTo("200");
    assertThat(verdict(session(alice, app.code(time))))
        .as("a later one was used already")
        .isEqualTo(WRONG);
  }

  @Test
  void a_role_may_be_for_those_who_show_a_code() {
    admin.succeed(
        "CreateRole&RoleName=careful&AssumeRolePolicyDocument=${POLICY}",
        "POLICY",
        TRUST_WITH_FACTOR);
    admin.succeed(
        "PutRolePolicy&RoleName=careful&PolicyName=p&PolicyDocument=${POLICY}",
        "POLICY",
        WITH_FACTOR);
    assertThat(alice.assume("123456789012", "careful").text("Code")).isEqualTo("AccessDenied");
    Answer given =
        alice.assume(
            "123456789012",
            "careful",
            "&SerialNumber=" + PHONE + "&TokenCode=" + app.code(clock.instant()));
    assertThat(verdict(given)).isEqualTo("200");
    AccountClient role = alice.as(RunningServer.credentials(given));
    assertThat(role.iam("ListUsers").text("Code"))
        .as("the code was for being let in, and is not of the role's session")
        .isEqualTo("AccessDenied");
    assertThat(server.records().getLast().toString()).contains("mfaAuthenticated=false");
  }

  @Test
  void a_policy_may_ask_how_long_ago_a_code_was_shown() {
    admin.succeed(
        "PutUserPolicy&UserName=alice&PolicyName=p&PolicyDocument=${POLICY}",
        "POLICY",
        WITHIN_FIVE_MINUTES);
    AccountClient session =
        alice.as(RunningServer.credentials(session(alice, app.code(clock.instant()))));
    Instant start = clock.instant();
    clock.set(start.plusSeconds(299));
    assertThat(session.iam("ListUsers").status()).isEqualTo(200);
    clock.set(start.plusSeconds(300));
    assertThat(session.iam("ListUsers").text("Code")).isEqualTo("AccessDenied");
  }

  @Test
  void a_session_with_a_second_factor_is_enough_for_such_a_role() {
    admin.succeed(
        "CreateRole&RoleName=careful&AssumeRolePolicyDocument=${POLICY}",
        "POLICY",
        TRUST_WITH_FACTOR);
    admin.succeed(
        "PutRolePolicy&RoleName=careful&PolicyName=p&PolicyDocument=${POLICY}",
        "POLICY",
        WITH_FACTOR);
    AccountClient session =
        alice.as(RunningServer.credentials(session(alice, app.code(clock.instant()))));
    Answer given = session.assume("123456789012", "careful");
    assertThat(verdict(given)).isEqualTo("200");
    assertThat(alice.as(RunningServer.credentials(given)).iam("ListUsers").status())
        .as("the role's own session shows none")
        .isEqualTo(403);
  }

  @Test
  void a_device_serves_its_user_alone() {
    admin.succeed("CreateUser&UserName=bob");
    AccountClient bob =
        admin.as(RunningServer.credentials(admin.succeed("CreateAccessKey&UserName=bob")));
    String code = app.code(clock.instant());
    assertThat(verdict(session(bob, code))).isEqualTo(NOT_YOURS);
    assertThat(verdict(session(admin, code))).isEqualTo(NOT_YOURS);
    assertThat(verdict(alice.sts("GetSessionToken&SerialNumber=GAHT12345678&TokenCode=" + code)))
        .isEqualTo(NOT_YOURS);
    admin.succeed("DeactivateMFADevice&UserName=alice&SerialNumber=" + PHONE);
    assertThat(verdict(session(alice, code))).isEqualTo(NOT_YOURS);
  }

  @Test
  void a_device_goes_with_its_user_and_not_with_the_name() {
    admin.succeed("UpdateUser&UserName=alice&NewUserName=alicia");
    admin.succeed("CreateUser&UserName=alice");
    AccountClient other =
        admin.as(RunningServer.credentials(admin.succeed("CreateAccessKey&UserName=alice")));
    String code = app.code(clock.instant());
    assertThat(verdict(session(other, code))).isEqualTo(NOT_YOURS);
    assertThat(verdict(session(alice, code))).isEqualTo("200");
    assertThat(admin.succeed("ListMFADevices&UserName=alicia").text("SerialNumber"))
        .isEqualTo(PHONE);
    assertThat(admin.iam("DeactivateMFADevice&UserName=alice&SerialNumber=" + PHONE).error())
        .isEqualTo("404 NoSuchEntity: MFA Device invalid for user.");
    assertThat(admin.succeed("ListVirtualMFADevices").text("UserName")).isEqualTo("alicia");
  }

  @Test
  void whoever_guesses_must_wait() {
    String right = app.code(clock.instant());
    String wrong = right.equals("000000") ? "000001" : "000000";
    for (int i = 0; i < 5; i++) {
      assertThat(verdict(session(alice, wrong))).isEqualTo(WRONG);
    }
    assertThat(verdict(session(alice, right))).isEqualTo(WRONG);
    clock.set(clock.instant().plus(STEP));
    assertThat(verdict(session(alice, app.code(clock.instant())))).isEqualTo("200");
    assertThat(verdict(session(alice, wrong))).isEqualTo(WRONG);
    clock.set(clock.instant().plus(STEP));
    assertThat(verdict(session(alice, app.code(clock.instant())))).isEqualTo("200");
  }

  @Test
  void a_device_whose_clock_is_off_is_brought_in_step() {
    Duration off = Duration.ofMinutes(7);
    clock.set(NOON.plusSeconds(3600));
    assertThat(verdict(session(alice, app.code(clock.instant().plus(off))))).isEqualTo(WRONG);
    admin.succeed(twoCodes("ResyncMFADevice", clock.instant().plus(off)));
    clock.set(clock.instant().plus(STEP));
    assertThat(verdict(session(alice, app.code(clock.instant())))).isEqualTo(WRONG);
    assertThat(verdict(session(alice, app.code(clock.instant().plus(off))))).isEqualTo("200");
    assertThat(admin.iam(twoCodes("ResyncMFADevice", NOON)).error())
        .isEqualTo("403 InvalidAuthenticationCode: Authentication code for device is not valid.");
  }

  @Test
  void codes_that_were_seen_before_bring_no_device_in_step() {
    Instant seen = NOON.plusSeconds(600);
    clock.set(seen.plus(STEP));
    assertThat(verdict(session(alice, app.code(seen.plus(STEP))))).isEqualTo("200");
    clock.set(seen.plus(Duration.ofMinutes(10)));
    assertThat(verdict(admin.iam(twoCodes("ResyncMFADevice", seen))))
        .isEqualTo("403 InvalidAuthenticationCode: Authentication code for device is not valid.");
    assertThat(verdict(session(alice, app.code(seen.plus(STEP))))).isEqualTo(WRONG);
    admin.succeed(twoCodes("ResyncMFADevice", clock.instant()));
  }

  @Test
  void the_operator_is_told_what_was_wrong_with_a_code() {
    String right = app.code(clock.instant());
    String wrong = right.equals("000000") ? "000001" : "000000";
    session(alice, wrong);
    assertThat(reason()).isEqualTo("AccessDenied: the code is none that the device shows now");
    session(alice, right);
    session(alice, right);
    assertThat(reason()).isEqualTo("AccessDenied: the code, or a later one, has been used");
    for (int i = 0; i < 5; i++) {
      session(alice, wrong);
    }
    assertThat(reason())
        .isEqualTo("AccessDenied: after several wrong codes the device takes one in half a minute");
    session(admin, right);
    assertThat(reason()).isEqualTo("AccessDenied: the caller has no device `" + PHONE + "`");
  }

  private String reason() {
    return server.records().getLast().reason();
  }

  @Test
  void a_device_is_there_after_the_next_start_and_its_seed_is_nowhere_to_be_read()
      throws IOException {
    String code = app.code(clock.instant());
    assertThat(verdict(session(alice, code))).isEqualTo("200");
    server.close();
    server = RunningServer.start(data, "", clock);
    AccountClient again = new AccountClient(server, alice.account(), alice.credentials());
    assertThat(verdict(session(again, code))).isEqualTo(WRONG);
    clock.set(clock.instant().plus(STEP));
    assertThat(verdict(session(again, app.code(clock.instant())))).isEqualTo("200");
    String letters = new String(Base64.getDecoder().decode(seed), UTF_8);
    try (Stream<Path> files = Files.walk(data)) {
      assertThat(files.filter(Files::isRegularFile))
          .isNotEmpty()
          .allSatisfy(file ->
              assertThat(Files.readString(file, ISO_8859_1))
                  .doesNotContain(seed)
                  .doesNotContain(letters)
                  .doesNotContain("\"" + code + "\""));
    }
  }
}
