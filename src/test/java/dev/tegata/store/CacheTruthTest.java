package dev.tegata.store;

import static dev.tegata.store.Samples.ACCOUNT;
import static dev.tegata.store.Samples.NOON;
import static dev.tegata.store.Samples.managed;
import static dev.tegata.store.Samples.role;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tegata.arn.Arn;
import dev.tegata.database.Dialect;
import dev.tegata.database.TestDatabase;
import dev.tegata.policy.NamedPolicy;
import dev.tegata.policy.PolicySet;
import dev.tegata.store.ManagedPolicy.Version;
import dev.tegata.store.Role.Permissions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whatever two servers change at random while others read, soon both remember what the database
/// holds, and nothing else.
class CacheTruthTest {
  private static final int NAMES = 6;
  private static final int CHANGES = 120;

  @TempDir private Path folder;

  private static Role randomRole(Random random) {
    List<Arn> attached = new ArrayList<>();
    for (int i = 0; i < NAMES; i++) {
      if (random.nextInt(3) == 0) {
        attached.add(managed("m" + i).arn());
      }
    }
    Permissions permissions = Permissions.none().withAttached(attached);
    if (random.nextInt(4) == 0) {
      permissions = permissions.withBoundary(managed("m" + random.nextInt(NAMES)).arn());
    }
    return role("r" + random.nextInt(NAMES), permissions);
  }

  private static ManagedPolicy randomPolicy(Random random) {
    int number = random.nextInt(1, 1000);
    return managed("m" + random.nextInt(NAMES))
        .withVersions(
            List.of(new Version(number, Samples.read("arn:aws:s3:::b" + number + "/*"), NOON)))
        .withDefault(number);
  }

  private static void changeSomething(IdentityStore store, Random random) {
    store.change(change -> {
      for (int i = random.nextInt(1, 3); i > 0; i--) {
        Entity entity = random.nextBoolean() ? randomRole(random) : randomPolicy(random);
        if (random.nextInt(3) == 0) {
          change.delete(entity);
        } else {
          change.put(entity);
        }
      }
      return change;
    });
  }

  /// What can be asked about, in words.
  private static List<String> answers(Identities now) {
    return IntStream.range(0, NAMES)
        .boxed()
        .flatMap(i -> {
          Role role = role("r" + i);
          return List.of(
              String.valueOf(now.role(ACCOUNT, "r" + i)),
              String.valueOf(now.role(role.id())),
              text(now.permissions(role)),
              String.valueOf(now.policy(managed("m" + i).arn())))
              .stream();
        })
        .toList();
  }

  private static String text(PolicySet policies) {
    return policies.parts().stream()
        .map(PolicySet.Part::policy)
        .map(CacheTruthTest::text)
        .toList()
        .toString();
  }

  private static String text(NamedPolicy policy) {
    return policy.name() + policy.policy().toJson();
  }

  private static List<String> truth(Node node) {
    return node.database.read(handle -> answers(new Identities(new IdentityRows(handle))));
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(ints = {1, 2, 3})
  void two_servers_remember_the_truth(int seed) throws InterruptedException {
    TestDatabase database = TestDatabase.create(Dialect.POSTGRESQL, folder);
    AtomicBoolean done = new AtomicBoolean();
    try (Node one = new Node(database);
        Node two = new Node(database)) {
      Samples.addAccounts(one.store);
      Thread readerOfOne = Thread.ofPlatform().start(() -> readUntil(done, one));
      Thread readerOfTwo = Thread.ofPlatform().start(() -> readUntil(done, two));
      Thread writer =
          Thread.ofPlatform().start(() -> changeOften(two.store, new Random(seed + 1000)));
      changeOften(one.store, new Random(seed));
      writer.join();
      List<String> truth = truth(one);
      SharedStoreTest.becomesTrue(() -> answers(one.now()).equals(truth));
      SharedStoreTest.becomesTrue(() -> answers(two.now()).equals(truth));
      done.set(true);
      readerOfOne.join();
      readerOfTwo.join();
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(ints = {4, 5, 6})
  void one_server_remembers_the_truth_at_once(int seed) throws InterruptedException {
    AtomicBoolean done = new AtomicBoolean();
    try (Node node = new Node(TestDatabase.create(Dialect.SQLITE, folder))) {
      Samples.addAccounts(node.store);
      Thread reader = Thread.ofPlatform().start(() -> readUntil(done, node));
      Random random = new Random(seed);
      for (int i = 0; i < CHANGES; i++) {
        changeSomething(node.store, random);
        assertThat(answers(node.now())).isEqualTo(truth(node));
      }
      done.set(true);
      reader.join();
    }
  }

  private static void changeOften(IdentityStore store, Random random) {
    for (int i = 0; i < CHANGES; i++) {
      changeSomething(store, random);
    }
  }

  private static void readUntil(AtomicBoolean done, Node node) {
    while (!done.get()) {
      answers(node.now());
      LockSupport.parkNanos(1_000_000);
    }
  }
}
