package dev.tegata.cli;

import dev.tegata.arn.AccountId;
import dev.tegata.authentication.NewAccessKey;
import dev.tegata.cli.DataCommands.Where;
import dev.tegata.database.StoreException;
import dev.tegata.database.StoreUnavailable;
import dev.tegata.federation.ConditionClaims;
import dev.tegata.remote.UsageFault;
import dev.tegata.report.DecisionLog;
import dev.tegata.server.ListenAddress;
import dev.tegata.server.ServerSettings;
import dev.tegata.server.ServerSettings.Watching;
import dev.tegata.server.TegataServer;
import dev.tegata.sigv4.RequestSigner.Credentials;
import dev.tegata.sigv4.SecretAccessKey;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `tegata serve`: a server that stays.
@Command(
    name = "serve",
    description = {
      "Runs a server: an OIDC issuer, an STS, IAM, and S3 storage that enforces policies.",
      "Everything is kept in one folder. The first start makes an account and its root access key,",
      "which is shown once, or taken from TEGATA_ROOT_ACCESS_KEY_ID and TEGATA_ROOT_SECRET_ACCESS_KEY.",
      ""
    },
    footer = {
      "",
      "What --cloud tells of is made at each start, or brought to that state.",
      "",
      "Examples:",
      "  tegata serve --data ./data",
      "  tegata serve --data ./data --cloud cloud.yaml --account-id 123456789012",
      "  tegata serve --data ./data --database postgresql://tegata@db.example.com/tegata",
      "  AWS_ENDPOINT_URL=http://127.0.0.1:8787 aws sts get-caller-identity"
    },
    mixinStandardHelpOptions = true)
final class ServeCommand implements Callable<Integer> {
  private static final String KEY_ID = "TEGATA_ROOT_ACCESS_KEY_ID";
  private static final String ACCESS_KEY_ID = "[A-Za-z0-9_]{16,128}";
  private static final String SECRET = "TEGATA_ROOT_SECRET_ACCESS_KEY";

  @Mixin private Where where = new Where();

  @Option(
      names = "--objects",
      paramLabel = "DIR",
      description = "The folder for the bytes of objects, if it is not in that of --data.")
  private @Nullable Path objects;

  @Option(
      names = "--listen",
      paramLabel = "HOST:PORT",
      defaultValue = "127.0.0.1:8787",
      description = "Where to listen; ${DEFAULT-VALUE} if left out, and a free port for port 0.")
  private String listen = "";

  @Mixin private IssuerOptions issuer = new IssuerOptions();

  @Mixin private CloudOptions cloud = new CloudOptions();

  @Option(
      names = "--aws-condition-keys-only",
      description =
          "Give trust policies no more condition keys than AWS would: of an issuer "
              + "that AWS does not know, only aud, oaud, sub, amr and email. Without this "
              + "every string, boolean and list in the token of such an issuer is a key.")
  private boolean awsConditionKeysOnly;

  @Option(
      names = "--rotate-session-keys",
      description =
          "Seal session tokens with a new key from this start on, and not only once "
              + "a day. Sessions that live go on.")
  private boolean rotateSessionKeys;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws InterruptedException {
    Optional<CloudFile> file = cloud.read(Optional.empty());
    Optional<AccountId> account = cloud.account(file.flatMap(CloudFile::account));
    Watching watching = Watching.now(new DecisionLog(spec.commandLine().getErr()));
    CountDownLatch end = new CountDownLatch(1);
    try (Cleanup _ = new Cleanup(end::countDown);
        TegataServer server = start(watching, account)) {
      showNewRootKey(server);
      if (rotateSessionKeys) {
        server.rotateSessionKeys();
      }
      file.ifPresent(it -> {
        it.create(server.cloud(), watching.clock().instant());
        it.notices().forEach(spec.commandLine().getErr()::println);
      });
      greet(server);
      end.await();
    }
    return 0;
  }

  private TegataServer start(Watching watching, Optional<AccountId> account) {
    try {
      return TegataServer.start(
          new ServerSettings(
              where.kept(Optional.ofNullable(objects)),
              ListenAddress.parse(listen),
              issuer.settings(Optional.empty()),
              account,
              rootKey(System.getenv()),
              watching,
              new ConditionClaims(!awsConditionKeysOnly)));
    } catch (StoreException | StoreUnavailable | IllegalArgumentException e) {
      throw new UsageFault(String.valueOf(e.getMessage()));
    }
  }

  static Optional<Credentials> rootKey(Map<String, String> environment) {
    Optional<String> id = Optional.ofNullable(environment.get(KEY_ID));
    Optional<String> secret = Optional.ofNullable(environment.get(SECRET));
    if (id.isPresent() != secret.isPresent()) {
      throw new UsageFault("set both, " + KEY_ID + " and " + SECRET + ", or neither");
    }
    id.filter(text -> !text.matches(ACCESS_KEY_ID))
        .ifPresent(text -> {
          throw new UsageFault(
              KEY_ID + " is 16 to 128 letters, digits and underscores, not `" + text + "`");
        });
    if (secret.filter(String::isEmpty).isPresent()) {
      throw new UsageFault(SECRET + " is empty");
    }
    return id.map(text -> new Credentials(text, new SecretAccessKey(secret.orElseThrow()), null));
  }

  /// At once, before anything else can fail: nobody can ask for it again.
  private void showNewRootKey(TegataServer server) {
    PrintWriter out = spec.commandLine().getOut();
    server
        .newRootKey()
        .ifPresent(key -> {
          out.println("The account " + server.account() + " was made. Its root access key, shown");
          out.println("this once; keep it where you keep such things:");
          out.println();
          out.println(environment(key));
        });
    out.flush();
  }

  /// What is for the clients stands on lines of its own: a word before `export`, pasted along,
  /// would leave the address unset, and commands meant for this server would go to AWS.
  private void greet(TegataServer server) {
    PrintWriter out = spec.commandLine().getOut();
    long others = server.otherAccounts();
    out.println(
        "Tegata serves account %s%s at %s"
            .formatted(
                server.account(), others == 0 ? "" : " and " + others + " more", server.url()));
    out.println("  data  " + where.data().toAbsolutePath().normalize());
    out.println("  stop  Ctrl-C");
    out.println();
    out.println("Clients find it with");
    out.println();
    out.println("  export AWS_ENDPOINT_URL=" + server.url());
    out.println("  export AWS_REGION=%1$s AWS_DEFAULT_REGION=%1$s".formatted(TegataServer.REGION));
    out.println();
    out.flush();
  }

  private static String environment(NewAccessKey key) {
    return """
      export AWS_ACCESS_KEY_ID=%s
      export AWS_SECRET_ACCESS_KEY=%s
    """
        .formatted(key.id(), key.secret().reveal());
  }
}
