package dev.tegata.cli;

import dev.tegata.arn.AccountId;
import dev.tegata.authentication.NewAccessKey;
import dev.tegata.cli.DataCommands.Where;
import dev.tegata.database.StoreException;
import dev.tegata.database.StoreUnavailable;
import dev.tegata.server.ListenAddress;
import dev.tegata.server.ServerSettings;
import dev.tegata.server.ServerSettings.Watching;
import dev.tegata.server.TegataServer;
import dev.tegata.sigv4.RequestSigner.Credentials;
import dev.tegata.sigv4.SecretAccessKey;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
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
      "Examples:",
      "  tegata serve --data ./data",
      "  tegata serve --data ./data --cloud cloud.yaml --account-id 123456789012",
      "  tegata serve --data ./data --database postgresql://tegata@db.example.com/tegata",
      "  AWS_ENDPOINT_URL=http://127.0.0.1:8787 aws sts get-caller-identity"
    },
    mixinStandardHelpOptions = true)
final class ServeCommand implements Callable<Integer> {
  private static final String KEY_ID = "TEGATA_ROOT_ACCESS_KEY_ID";
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

  @Option(
      names = "--account-id",
      paramLabel = "ID",
      description = "The number of the account that the first start makes; chance if left out.")
  private @Nullable String accountId;

  @Option(
      names = "--issuer",
      paramLabel = "URL",
      description = "The name in its own ID tokens; its address if left out.")
  private @Nullable String issuer;

  @Option(
      names = "--cloud",
      paramLabel = "FILE",
      description =
          "A CloudFormation template; what it declares is made, or brought to that state.")
  private @Nullable Path cloud;

  @Option(
      names = "--parameter",
      paramLabel = "NAME=VALUE",
      description = "A parameter of the template; may be repeated.")
  private Map<String, String> parameters = new LinkedHashMap<>();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws InterruptedException {
    Optional<CloudFile> template =
        Optional.ofNullable(cloud).map(file -> CloudFile.read(file, parameters));
    Watching watching = Watching.now(new DecisionLog(spec.commandLine().getErr()));
    CountDownLatch end = new CountDownLatch(1);
    try (Cleanup _ = new Cleanup(end::countDown);
        TegataServer server = start(watching)) {
      showNewRootKey(server);
      template.ifPresent(file -> file.create(server, watching.clock().instant()));
      greet(server);
      end.await();
    }
    return 0;
  }

  private TegataServer start(Watching watching) {
    try {
      return TegataServer.start(
          new ServerSettings(
              where.kept(Optional.ofNullable(objects)),
              ListenAddress.parse(listen),
              Optional.ofNullable(issuer),
              Optional.ofNullable(accountId).map(AccountId::new),
              rootKey(System.getenv()),
              watching));
    } catch (StoreException | StoreUnavailable | IllegalArgumentException e) {
      throw new UsageFault(String.valueOf(e.getMessage()));
    }
  }

  private static Optional<Credentials> rootKey(Map<String, String> environment) {
    Optional<String> id = Optional.ofNullable(environment.get(KEY_ID));
    Optional<String> secret = Optional.ofNullable(environment.get(SECRET));
    if (id.isPresent() != secret.isPresent()) {
      throw new UsageFault("set both, " + KEY_ID + " and " + SECRET + ", or neither");
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

  private void greet(TegataServer server) {
    PrintWriter out = spec.commandLine().getOut();
    out.println("Tegata serves account " + server.account() + " at " + server.url());
    out.println("  clients  export AWS_ENDPOINT_URL=" + server.url());
    out.println(
        "           export AWS_REGION=%1$s AWS_DEFAULT_REGION=%1$s".formatted(TegataServer.REGION));
    out.println("  data     " + where.data().toAbsolutePath().normalize());
    out.println("  stop     Ctrl-C");
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
