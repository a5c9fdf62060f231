package dev.tegata.server;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tegata.database.DatabaseUrl;
import dev.tegata.database.Dialect;
import dev.tegata.database.PostgresqlProcess;
import dev.tegata.server.ServerSettings.Kept;
import dev.tegata.sigv4.RequestSigner.Credentials;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Backups, restores and moves of a server that has several accounts.
class CopiedAccountsTest {
  private static final List<String> IDS = List.of("210987654321", "333333333333");
  private static final String ISSUER = "https://ci.example";
  private static final int WRITERS = 4;

  @TempDir private Path folder;
  private final SettableClock clock = new SettableClock(WebIdentityCase.NOON);

  private Kept kept(String name, String url) throws IOException {
    return new Kept(
        Files.createDirectories(folder.resolve(name)),
        Optional.of(url).filter(it -> !it.isEmpty()).map(DatabaseUrl::parse),
        Optional.of(folder.resolve("objects")));
  }

  private RunningServer start(Kept kept) {
    return RunningServer.start(kept, "https://issuer.example", clock);
  }

  /// An account with some of everything, and what its people hold: the key of a user, and a session
  /// that a token of `issuer` was exchanged for.
  private record Team(AccountClient root, Credentials user, Credentials session) {
    static Team create(RunningServer server, String id, ForeignIssuer issuer) {
      AccountClient root = AccountClient.create(server, id);
      String provider =
          root.succeed(
                  "CreateOpenIDConnectProvider&ClientIDList.member.1=sts.amazonaws.com&Url="
                      + ISSUER)
              .text("OpenIDConnectProviderArn");
      assertThat(
              server
                  .api(
                      "PUT",
                      "providers/key-retrieval?arn=" + provider,
                      "{\"jwkSet\":" + issuer.jwkSet() + "}",
                      root.credentials())
                  .status())
          .isEqualTo(200);
      root.succeed(
          "CreateRole&RoleName=job&AssumeRolePolicyDocument=${FEDERATED}",
          "FEDERATED",
          """
          {"Version":"2012-10-17","Statement":{"Effect":"Allow",
           "Action":"sts:AssumeRoleWithWebIdentity","Principal":{"Federated":"%s"}}}
          """
              .formatted(provider));
      root.succeed("CreatePolicy&PolicyName=all&PolicyDocument=${ALLOW}");
      root.succeed("AttachRolePolicy&RoleName=job&PolicyArn=arn:aws:iam::" + id + ":policy/all");
      root.succeed("CreateUser&UserName=alice");
      root.succeed("CreateGroup&GroupName=devs");
      root.succeed("AddUserToGroup&GroupName=devs&UserName=alice");
      root.succeed("PutGroupPolicy&GroupName=devs&PolicyName=all&PolicyDocument=${ALLOW}");
      root.succeed("CreateAccountAlias&AccountAlias=team-" + id);
      Credentials user = RunningServer.credentials(root.succeed("CreateAccessKey&UserName=alice"));
      Credentials session = RunningServer.credentials(exchange(server, id, issuer));
      assertThat(server.s3("PUT", "/bucket-" + id, "", session).status()).isEqualTo(200);
      assertThat(server.s3("PUT", "/bucket-" + id + "/plan", "of " + id, session).status())
          .isEqualTo(200);
      return new Team(root, user, session);
    }

    private static Answer exchange(RunningServer server, String id, ForeignIssuer issuer) {
      String claims =
          WebIdentityCase.changed(
              WebIdentityCase.goodClaims(issuer), "{\"iss\":\"" + ISSUER + "\"}");
      return server.exchange("arn:aws:iam::" + id + ":role/job", "run", issuer.token(claims));
    }

    private Team at(RunningServer server) {
      return new Team(new AccountClient(server, root.account(), root.credentials()), user, session);
    }

    /// What the account shows to those who hold its credentials.
    String state() {
      String provider = "arn:aws:iam::" + root.account() + ":oidc-provider/ci.example";
      RunningServer server = root.server();
      return Stream.of(
              root.succeed("GetAccountAuthorizationDetails"),
              root.succeed("GetAccountSummary"),
              root.succeed("ListAccountAliases"),
              root.succeed("GetOpenIDConnectProvider&OpenIDConnectProviderArn=" + provider),
              root.succeed("ListAccessKeys&UserName=alice"),
              server.api("GET", "providers/key-retrieval?arn=" + provider, "", root.credentials()),
              server.api("GET", "accounts/" + root.account(), "", RunningServer.ROOT),
              server.callerIdentity(session),
              server.callerIdentity(user),
              server.s3("GET", "/", "", user),
              server.s3("GET", "/bucket-" + root.account() + "/plan", "", session))
          .map(answer -> {
            assertThat(answer.status()).as(answer.body()).isEqualTo(200);
            return answer
                .body()
                .replaceAll("<RequestId>[^<]+<", "<")
                .replaceAll("(?s)<RoleLastUsed>.*?</RoleLastUsed>|<RoleLastUsed/>", "");
          })
          .collect(joining("\n"));
    }

    void isKeptFrom(Team other) {
      RunningServer server = root.server();
      assertThat(
              server.s3("GET", "/bucket-" + other.root.account() + "/plan", "", session).status())
          .isEqualTo(403);
      assertThat(root.as(user).assume(other.root.account(), "job").status()).isEqualTo(403);
      assertThat(root.as(user).succeed("ListRoles").body())
          .contains(root.account())
          .doesNotContain(other.root.account());
    }
  }

  private static void assertUnchanged(
      RunningServer server, List<Team> teams, List<String> states, ForeignIssuer issuer) {
    List<Team> here = teams.stream().map(team -> team.at(server)).toList();
    assertThat(here.stream().map(Team::state).toList()).isEqualTo(states);
    here.getFirst().isKeptFrom(here.getLast());
    here.getLast().isKeptFrom(here.getFirst());
    for (Team team : here) {
      assertThat(Team.exchange(server, team.root.account(), issuer).status()).isEqualTo(200);
      team.root.succeed("CreateRole&RoleName=later&AssumeRolePolicyDocument=${TRUST}");
      team.root.succeed("DeleteRole&RoleName=later");
    }
  }

  @Test
  void each_account_is_whole_after_a_restore_and_after_a_move_to_postgresql() throws IOException {
    Kept first = kept("first", "");
    Path backup = folder.resolve("backup.db");
    List<Team> teams;
    List<String> states;
    try (ForeignIssuer issuer = new ForeignIssuer()) {
      try (RunningServer server = start(first)) {
        teams = IDS.stream().map(id -> Team.create(server, id, issuer)).toList();
        states = teams.stream().map(Team::state).toList();
        DataCopies.backup(first, backup);
      }
      Kept restored = kept("restored", "");
      DataCopies.restore(backup, restored);
      Files.copy(first.folder().resolve("master.key"), restored.folder().resolve("master.key"));
      try (RunningServer server = start(restored)) {
        assertUnchanged(server, teams, states, issuer);
      }
      String url = PostgresqlProcess.shared().emptyDatabase();
      DataCopies.migrate(restored.folder(), DatabaseUrl.parse(url));
      try (RunningServer server = start(kept("restored", url))) {
        assertUnchanged(server, teams, states, issuer);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Dialect.class)
  void a_backup_that_is_taken_while_clients_write_is_of_one_moment(Dialect dialect)
      throws Exception {
    Kept first =
        kept(
            "first", dialect == Dialect.POSTGRESQL ? PostgresqlProcess.shared().newDatabase() : "");
    Path backup = folder.resolve("backup.db");
    Set<String> done = ConcurrentHashMap.newKeySet();
    Set<String> before;
    AtomicBoolean goOn = new AtomicBoolean(true);
    List<AccountClient> accounts;
    try (RunningServer server = start(first);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      accounts = IDS.stream().map(id -> AccountClient.create(server, id)).toList();
      accounts.forEach(it -> it.succeed("CreatePolicy&PolicyName=all&PolicyDocument=${ALLOW}"));
      List<Future<?>> writers =
          IntStream.range(0, WRITERS)
              .<Future<?>>mapToObj(i -> threads.submit(() -> write(accounts, i, done, goOn)))
              .toList();
      while (done.size() < 5 * WRITERS) {
        Thread.sleep(10);
      }
      before = Set.copyOf(done);
      DataCopies.backup(first, backup);
      goOn.set(false);
      for (Future<?> writer : writers) {
        writer.get();
      }
    }
    Kept restored = kept("restored", "");
    DataCopies.restore(backup, restored);
    Files.copy(first.folder().resolve("master.key"), restored.folder().resolve("master.key"));
    try (RunningServer server = start(restored)) {
      Set<String> there = new TreeSet<>();
      accounts.stream()
          .map(it -> new AccountClient(server, it.account(), it.credentials()))
          .forEach(it -> there.addAll(wholeRoles(it)));
      assertThat(there).containsAll(before);
    }
  }

  /// Makes roles with the policy attached, one after the other, in both accounts in turn.
  private static void write(
      List<AccountClient> accounts, int writer, Set<String> done, AtomicBoolean goOn) {
    for (int i = 0; goOn.get(); i++) {
      AccountClient account = accounts.get(i % accounts.size());
      String role = "role-" + writer + "-" + i;
      account.succeed("CreateRole&RoleName=" + role + "&AssumeRolePolicyDocument=${TRUST}");
      account.succeed(
          "AttachRolePolicy&RoleName="
              + role
              + "&PolicyArn=arn:aws:iam::"
              + account.account()
              + ":policy/all");
      done.add(role);
    }
  }

  /// The roles that have the policy. Lists, counts and details, which are kept in tables of their
  /// own, say the same of them.
  private static Set<String> wholeRoles(AccountClient account) {
    String policy = "arn:aws:iam::" + account.account() + ":policy/all";
    Set<String> listed = names(account.succeed("ListRoles&MaxItems=1000"));
    Set<String> attached =
        names(account.succeed("ListEntitiesForPolicy&MaxItems=1000&PolicyArn=" + policy));
    assertThat(listed).containsAll(attached);
    assertThat(listed.size() - attached.size()).isBetween(0, WRITERS);
    assertThat(account.succeed("GetPolicy&PolicyArn=" + policy).text("AttachmentCount"))
        .isEqualTo(Integer.toString(attached.size()));
    assertThat(account.succeed("GetAccountSummary").body())
        .containsPattern("<key>Roles</key>\\s*<value>" + listed.size() + "</value>");
    return attached;
  }

  private static Set<String> names(Answer answer) {
    return Pattern.compile("<RoleName>([^<]+)</RoleName>")
        .matcher(answer.body())
        .results()
        .map((MatchResult found) -> found.group(1))
        .collect(toCollection(TreeSet::new));
  }
}
