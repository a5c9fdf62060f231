package dev.tegata.iam;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tegata.arn.AccountId;
import dev.tegata.authentication.SecondFactors;
import dev.tegata.authorization.Call;
import dev.tegata.authorization.Call.Access;
import dev.tegata.aws.QueryOperation;
import dev.tegata.aws.QueryService;
import dev.tegata.aws.Refusal;
import dev.tegata.credentials.AuthenticatorApp;
import dev.tegata.database.Database;
import dev.tegata.http.HttpResponse;
import dev.tegata.http.PercentEncoding;
import dev.tegata.http.Query;
import dev.tegata.keys.KeyRing;
import dev.tegata.store.AccessKey;
import dev.tegata.store.Account;
import dev.tegata.store.IdentityStore;
import dev.tegata.store.LastUse;
import dev.tegata.users.AccessKeys;
import dev.tegata.users.MfaDevices;
import dev.tegata.users.VirtualMfaDevices;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// IAM over a database of its own, asked with forms as clients send them.
///
/// In a form, `${TRUST}`, `${GITHUB}` and `${READ}` stand for the documents below, encoded,
/// `${SAML}` for [SampleMetadata], `${PEM leaf root}` for two of [SamplePem], `${FILE name}` for a
/// file of `vectors/credentials`, `${TOLD Name}` for what the last answer of a transcript that had
/// such an element said, and `${CODE n}` for what the device whose seed was told last shows `n`
/// half minutes from then.
final class IamServer implements AutoCloseable {
  static final AccountId ACCOUNT = new AccountId("123456789012");
  static final AccountId OTHER = new AccountId("210987654321");
  static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
  static final String TRUST =
      """
      {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"sts:AssumeRole",\
      "Principal":{"AWS":"%s"}}]}\
      """;
  static final String GITHUB =
      """
      {"Version":"2012-10-17","Statement":[{"Effect":"Allow",\
      "Action":"sts:AssumeRoleWithWebIdentity","Principal":{"Federated":"arn:aws:iam::123456789012:\
      oidc-provider/token.actions.githubusercontent.com"},"Condition":{"StringEquals":\
      {"token.actions.githubusercontent.com:sub":"%s"}}}]}\
      """;
  static final String READ =
      """
      {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject",\
      "Resource":"%s"}]}\
      """;

  private static final Pattern DOCUMENT = Pattern.compile("\\$\\{(\\w+)(?: ([^}]*))?}");

  private static final Pattern ELEMENT = Pattern.compile("<(\\w+)>([^<]+)</\\1>");

  private final Map<String, String> told = new HashMap<>();
  private final Database database;
  private final IdentityStore store;
  private final QueryService<Call> service;

  IamServer(Path folder) {
    this.database = Database.open(folder.resolve("tegata.db"));
    this.store = new IdentityStore(database);
    KeyRing atRest = KeyRing.create();
    SecondFactors factors = new SecondFactors(store, atRest);
    this.service =
        new Iam(store, new Random(1))
            .service(
                Stream.of(
                        new AccessKeys(store, atRest, new Random(2)).operations(),
                        new VirtualMfaDevices(store, factors, new Random(3)).operations(),
                        new MfaDevices(store, factors).operations())
                    .<QueryOperation<Call, ?, ?>>flatMap(List::stream)
                    .toList());
    if (store.now().account(ACCOUNT).isEmpty()) {
      store.change(change -> {
        change.create(new Account(ACCOUNT, "", true, NOON, Optional.empty()));
        change.create(new Account(OTHER, NOON));
        return change;
      });
    }
  }

  IdentityStore store() {
    return store;
  }

  /// Lets `key` have signed a request to S3.
  void use(AccessKey key, Instant at) {
    LastUse.write(List.of(new LastUse(key.id().text(), at, "s3", "eu-west-1")), database);
  }

  /// What was required of the call, the status and the body.
  String transcript(String form, Instant time) {
    TestCall call = TestCall.allowingAll(ACCOUNT, time);
    HttpResponse answer = send(form, call);
    String body = body(answer);
    ELEMENT.matcher(body).results().forEach(found -> told.put(found.group(1), found.group(2)));
    StringBuilder lines = new StringBuilder();
    for (Access access : call.required()) {
      lines.append("requires ").append(access.action()).append(" on ").append(access.resource());
      if (!access.context().isEmpty()) {
        lines.append(" with ").append(new TreeMap<>(access.context()));
      }
      lines.append('\n');
    }
    return lines + Integer.toString(answer.status()) + "\n" + body;
  }

  /// Sends a form that must succeed.
  void succeed(String form) {
    HttpResponse answer = send(form, TestCall.allowingAll(ACCOUNT, NOON));
    if (answer.status() != 200) {
      throw new AssertionError(form + ": " + body(answer));
    }
  }

  /// The status and the error in one line, or `200`.
  String verdict(String form) {
    return verdict(form, TestCall.allowingAll(ACCOUNT, NOON));
  }

  String verdict(String form, Call call) {
    try {
      Query query = parse(form, call.time());
      return Integer.toString(service.answer(query, call, call.requestId()).status());
    } catch (Refusal e) {
      return "%d %s: %s"
          .formatted(
              e.error().wire().status(), e.error().wire().code(), e.error().wire().message());
    }
  }

  private HttpResponse send(String form, Call call) {
    return send(parse(form, call.time()), call);
  }

  HttpResponse send(Query form, Call call) {
    try {
      return service.answer(form, call, call.requestId());
    } catch (Refusal e) {
      return service.refuse(e.error(), call.requestId());
    }
  }

  private Query parse(String form, Instant time) {
    String expanded =
        DOCUMENT
            .matcher(form)
            .replaceAll(
                found -> Matcher.quoteReplacement(PercentEncoding.encode(document(found, time))));
    return Query.parse("Version=2010-05-08&Action=" + expanded);
  }

  private String document(MatchResult found, Instant time) {
    String argument = found.group(2);
    return switch (found.group(1)) {
      case "TRUST" -> TRUST.formatted(argument == null ? "123456789012" : argument);
      case "GITHUB" ->
          GITHUB.formatted(argument == null ? "repo:octo/app:ref:refs/heads/main" : argument);
      case "READ" -> READ.formatted(argument == null ? "*" : argument);
      case "FILE" -> file(argument);
      case "TOLD" -> told(argument);
      case "CODE" ->
          AuthenticatorApp.of(told("Base32StringSeed"))
              .code(time.plusSeconds(30 * Long.parseLong(argument)));
      case "PEM" -> SamplePem.read(argument.split(" ", -1));
      case "SAML" -> SampleMetadata.document(argument == null ? "" : argument);
      default -> throw new IllegalArgumentException(found.group());
    };
  }

  private String told(String element) {
    return Optional.ofNullable(told.get(element)).orElseThrow();
  }

  private static String file(String name) {
    try {
      return Files.readString(Path.of("src/test/resources/vectors/credentials", name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String body(HttpResponse answer) {
    try {
      return new String(answer.body().readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    database.close();
  }
}
