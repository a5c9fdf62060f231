package dev.tegata.issuer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tegata.arn.AccountId;
import dev.tegata.database.Database;
import dev.tegata.database.Dialect;
import dev.tegata.database.TestDatabase;
import dev.tegata.github.SampleJob;
import dev.tegata.github.SubjectTemplate.RepositoryForm;
import dev.tegata.issuer.Customizations.Kind;
import dev.tegata.keys.KeyRing;
import dev.tegata.keys.SigningKey;
import dev.tegata.keys.SigningKeys;
import dev.tegata.keys.SigningKeys.Rotation;
import dev.tegata.token.Crypto;
import dev.tegata.token.JwsAlgorithm;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Two issuers on one database, of either kind.
class SharedIssuerTest {
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
  private static final AccountId ACCOUNT = new AccountId("123456789012");

  @TempDir private Path folder;

  private static RegisteredJob job(String id, Instant registered) {
    JobDescription description =
        new JobDescription(ACCOUNT, "deploy", SampleJob.onMain(), RepositoryForm.NAMES);
    return new RegisteredJob(
        id, description, "0".repeat(64), registered, registered.plusSeconds(60), false);
  }

  @ParameterizedTest
  @EnumSource
  void what_one_registers_and_ends_the_other_knows(Dialect dialect) {
    TestDatabase database = TestDatabase.create(dialect, folder);
    try (Database one = database.open();
        Database two = database.open()) {
      RegisteredJobs here = new RegisteredJobs(one);
      RegisteredJobs there = new RegisteredJobs(two);
      here.add(job("b", NOON));
      here.add(job("a", NOON.plusSeconds(1)));
      assertThat(there.find("a")).contains(job("a", NOON.plusSeconds(1)));
      assertThat(there.open(ACCOUNT, NOON, "", 10))
          .extracting(RegisteredJob::id)
          .containsExactly("a", "b");
      assertThat(there.open(ACCOUNT, NOON, "a", 10))
          .extracting(RegisteredJob::id)
          .containsExactly("b");
      assertThat(there.open(ACCOUNT, NOON.plusSeconds(60), "", 10))
          .extracting(RegisteredJob::id)
          .containsExactly("a");
      assertThat(there.open(new AccountId("999999999999"), NOON, "", 10)).isEmpty();
      assertThat(there.newestOf("Octo-Org/octo-repo")).map(RegisteredJob::id).contains("a");
      there.end("a");
      assertThat(here.find("a")).map(RegisteredJob::hasEnded).contains(true);
      there.add(job("c", NOON.plusSeconds(60)));
      assertThat(here.find("b")).as("its time is over").isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void what_one_customizes_counts_for_the_other_at_once(Dialect dialect) {
    TestDatabase database = TestDatabase.create(dialect, folder);
    try (Database one = database.open();
        Database two = database.open()) {
      Customizations here = new Customizations(one);
      Customizations there = new Customizations(two);
      SubjectCustomization template =
          new SubjectCustomization(false, List.of("repo", "actor"), Optional.of(true));
      here.put(Kind.REPOSITORY, "Octo-Org/app", template);
      assertThat(there.repository("octo-org/App")).isEqualTo(template);
      assertThat(there.organization("octo-org")).isEqualTo(SubjectCustomization.ORGANIZATION);
      there.setOwnIssuer("avocado-corp", true);
      assertThat(here.hasOwnIssuer("Avocado-Corp")).isTrue();
      assertThat(here.addProperty(Kind.ORGANIZATION, "octo-org", "team")).isTrue();
      assertThat(there.addProperty(Kind.ORGANIZATION, "octo-org", "team")).isFalse();
      assertThat(there.addProperty(Kind.ORGANIZATION, "octo-org", "Region")).isTrue();
      assertThat(here.properties(Kind.ORGANIZATION, "octo-org")).containsExactly("Region", "team");
      assertThat(here.removeProperty(Kind.ORGANIZATION, "octo-org", "team")).isTrue();
      assertThat(there.removeProperty(Kind.ORGANIZATION, "octo-org", "team")).isFalse();
    }
  }

  @ParameterizedTest
  @EnumSource
  void those_that_rotate_at_once_make_one_key(Dialect dialect)
      throws ExecutionException, InterruptedException {
    TestDatabase database = TestDatabase.create(dialect, folder);
    KeyRing sealing = KeyRing.create();
    List<Database> open = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<SigningKeys> nodes = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        open.add(database.open());
        nodes.add(keys(open.getLast(), sealing));
      }
      Instant now = NOON;
      for (int round = 0; round < 5; round++) {
        Instant moment = now;
        Set<Rotation> rotations = new HashSet<>();
        List<Future<Rotation>> asked =
            nodes.stream().map(node -> threads.submit(() -> node.rotate(moment))).toList();
        for (Future<Rotation> rotation : asked) {
          rotations.add(rotation.get());
        }
        assertThat(rotations).hasSize(1);
        now = now.plus(SigningKeys.LEAD);
        for (SigningKeys node : nodes) {
          assertThat(node.signing(now).keyId().text())
              .isEqualTo(rotations.iterator().next().keyId());
        }
      }
    } finally {
      open.forEach(Database::close);
    }
  }

  private static SigningKeys keys(Database database, KeyRing sealing) {
    SigningKeys.Plan plan = new SigningKeys.Plan(JwsAlgorithm.ES256, Duration.ofDays(30));
    Crypto crypto = Crypto.jdk();
    return SigningKeys.in(database, sealing, plan, crypto)
        .startingWith(() -> SigningKey.create(JwsAlgorithm.ES256, crypto), NOON);
  }
}
