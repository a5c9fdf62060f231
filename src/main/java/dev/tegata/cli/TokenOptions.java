package dev.tegata.cli;

import dev.tegata.github.DefaultAudience;
import dev.tegata.github.Discovery;
import dev.tegata.github.Job.RunnerEnvironment;
import dev.tegata.github.JobClaims;
import dev.tegata.github.JobClaims.Issuance;
import dev.tegata.github.RequestedAudience;
import dev.tegata.github.RequestedAudience.Refused;
import dev.tegata.github.WorkflowRun;
import dev.tegata.json.JsonValue.JsonObject;
import dev.tegata.question.Answers.Token;
import dev.tegata.remote.TextFile;
import dev.tegata.remote.UsageFault;
import dev.tegata.token.Claims;
import dev.tegata.token.IdTokenClaims;
import dev.tegata.token.JwsAlgorithm;
import dev.tegata.token.Rejection;
import dev.tegata.token.Rejection.UnsupportedAlgorithm;
import dev.tegata.token.UnverifiedJwt;
import dev.tegata.token.Verifier;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/// The token that a question is about: one that there is, what one says, or the one that a job
/// would get.
final class TokenOptions {
  private static final String STS = "sts.amazonaws.com";

  @Option(
      names = "--token",
      paramLabel = "FILE",
      description =
          "A file with an ID token, or - for standard input. Its signature is not checked.")
  private @Nullable Path token;

  @Option(
      names = "--claims",
      paramLabel = "FILE",
      description = "A file with the claims of one, as JSON, or -; times may be left out.")
  private @Nullable Path claims;

  @Option(
      names = "--environment",
      paramLabel = "NAME",
      description = "The environment that the job names.")
  private @Nullable String environment;

  @Option(
      names = "--workflow",
      paramLabel = "PATH",
      defaultValue = ".github/workflows/ci.yml",
      description = "The workflow's file in the repository; ${DEFAULT-VALUE} if left out.")
  private Path workflow = Path.of(".github/workflows/ci.yml");

  @Option(
      names = "--audience",
      paramLabel = "AUDIENCE",
      description = "Whom the job's token is for; " + STS + " if left out.")
  private @Nullable String audience;

  @ArgGroup(exclusive = false)
  private @Nullable RunOptions run;

  /// @throws UsageFault when the options contradict each other, or a file cannot be used
  Token token(Instant now) {
    boolean isRun = run != null || environment != null;
    if ((token == null ? 0 : 1) + (claims == null ? 0 : 1) + (isRun ? 1 : 0) > 1) {
      throw new UsageFault(
          "give one: --token, --claims, or what a run is about, such as --repo and --ref");
    }
    if (token != null) {
      return read(token, now);
    }
    return claims != null ? claims(claims, now) : predicted(now);
  }

  private Token read(Path file, Instant now) {
    if (audience != null) {
      throw new UsageFault("--audience is not for --token: a token says itself whom it is for");
    }
    UnverifiedJwt jwt = jwt(file);
    List<String> warnings = new ArrayList<>(untimely(jwt.claims(), now));
    if (JwsAlgorithm.named(jwt.algorithm()).isEmpty()) {
      warnings.add(warning(new UnsupportedAlgorithm(jwt.algorithm())));
    }
    return new Token(
        "token",
        "from %s; its signature is not checked".formatted(name(file)),
        claims(file, jwt.claims()),
        warnings);
  }

  private static UnverifiedJwt jwt(Path file) {
    String compact = TextFile.read(file, String::strip);
    if (compact.startsWith("{")) {
      throw new UsageFault(
          "%s holds JSON, and no ID token: --claims takes it".formatted(name(file)));
    }
    try {
      return UnverifiedJwt.parse(compact);
    } catch (IllegalArgumentException e) {
      throw new UsageFault("%s holds no ID token: %s".formatted(name(file), e.getMessage()));
    }
  }

  private Token claims(Path file, Instant now) {
    JsonObject given = TextFile.read(file, text -> json(file, text));
    if (given.has("aud") && audience != null) {
      throw new UsageFault("--audience is for claims without `aud`, and these have it");
    }
    JsonObject.Builder whole = JsonObject.builder();
    whole.put("aud", Optional.ofNullable(audience).orElse(STS));
    whole.put("iat", now.getEpochSecond());
    whole.put("exp", now.plus(JobClaims.LIFETIME).getEpochSecond());
    given.members().forEach(whole::put);
    Claims all = new Claims(whole.build());
    return new Token(
        "claims",
        "that claims what %s says; nothing is signed".formatted(name(file)),
        claims(file, all),
        untimely(all, now));
  }

  private static JsonObject json(Path file, String text) {
    try {
      return JsonObject.parse(text);
    } catch (IllegalArgumentException e) {
      throw new UsageFault(
          "%s holds no claims, which are one JSON object: %s"
              .formatted(name(file), e.getMessage()));
    }
  }

  private static IdTokenClaims claims(Path file, Claims claims) {
    try {
      return new IdTokenClaims(claims);
    } catch (IllegalArgumentException e) {
      throw new UsageFault(
          "STS would not take what %s says: %s".formatted(name(file), e.getMessage()));
    }
  }

  private static String name(Path file) {
    return file.equals(TextFile.STANDARD_INPUT) ? "standard input" : file.toString();
  }

  private static List<String> untimely(Claims claims, Instant now) {
    return Verifier.faultOfTimes(claims, now).stream().map(TokenOptions::warning).toList();
  }

  private static String warning(Rejection rejection) {
    return "STS would refuse it: " + rejection.reason();
  }

  /// The token that GitHub would give to a job of the run.
  private Token predicted(Instant now) {
    RunOptions options = Optional.ofNullable(run).orElseGet(RunOptions::new);
    WorkflowRun about =
        options.run(Checkout.of(workflow), workflow.toString(), workflow.toString());
    if (about.isReadOnly()) {
      throw new UsageFault(
          "GitHub gives no ID token to such a run, whatever its permissions say: pull requests from"
              + " forks and those of Dependabot may only read");
    }
    String wanted = Optional.ofNullable(audience).orElse(STS);
    if (RequestedAudience.of(wanted, about.repository(), DefaultAudience.OWNER)
        instanceof Refused refused) {
      throw new UsageFault("GitHub gives no such token: " + refused.message());
    }
    JsonObject claims =
        JobClaims.of(
            RunOptions.job(
                about, "job", Optional.ofNullable(environment), RunnerEnvironment.GITHUB_HOSTED),
            options.template(),
            new Issuance(Discovery.GITHUB, wanted, new UUID(0, 0), now));
    return new Token(
        "run",
        "as GitHub would give it to a job of %s at %s (%s%s)"
            .formatted(
                about.repository().fullName(),
                about.revision().ref(),
                about.event().name(),
                environment == null ? "" : ", environment " + environment),
        new IdTokenClaims(new Claims(claims)),
        List.of());
  }

  /// What the prediction rests on.
  List<String> notices() {
    return run != null && run.hasInventedIds()
        ? List.of(
            "the numbers in the subject are made up; give GitHub's with --repository-id and"
                + " --repository-owner-id: gh api repos/OWNER/NAME --jq '.id, .owner.id'")
        : List.of();
  }
}
