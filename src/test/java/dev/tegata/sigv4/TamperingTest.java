package dev.tegata.sigv4;

import static dev.tegata.sigv4.Requests.NOON;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tegata.http.Headers;
import dev.tegata.http.Headers.Field;
import dev.tegata.http.HttpRequest;
import dev.tegata.sigv4.Payload.Hashed;
import dev.tegata.sigv4.SignatureCheck.VerifiedRequest;
import dev.tegata.sigv4.SignatureReading.SignedRequest;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Whatever is signed verifies, and nothing else does.
class TamperingTest {
  private static final String CHANGES = "q7"; // letters that no escape and no hash would hide

  static IntStream seeds() {
    return IntStream.range(0, 100);
  }

  /// One signed request, with the body and the service it is for.
  private record Case(HttpRequest request, String body, boolean s3) {

    static Case of(int seed) {
      Random random = new Random(seed);
      String body = "body ".repeat(random.nextInt(10));
      boolean s3 = random.nextBoolean();
      boolean presigned = random.nextInt(3) == 0;
      RequestSigner signer =
          new RequestSigner(
              random.nextBoolean() ? Requests.LASTING : Requests.TEMPORARY,
              "eu-west-1",
              s3 ? "s3" : "sts");
      HttpRequest plain =
          Requests.with(
              Requests.request("PUT", path(random), query(random), new byte[0]),
              Headers.of(
                  "Host", "bucket.s3.amazonaws.com",
                  "X-Amz-Meta-A", "one  two",
                  "X-Amz-Meta-A", "three",
                  "Content-Type", "text/plain"));
      if (presigned) {
        String sent = s3 ? body : "";
        return new Case(signer.presign(plain, Duration.ofHours(1), NOON), sent, s3);
      }
      return new Case(signer.sign(plain, Hashed.of(body.getBytes(UTF_8)), NOON), body, s3);
    }

    private static String path(Random random) {
      List<String> segments = List.of("a", "key", "%20", "%E1%88%B4", "b~c", "x.y");
      StringBuilder path = new StringBuilder();
      for (int i = 0; i <= random.nextInt(4); i++) {
        path.append('/').append(segments.get(random.nextInt(segments.size())));
      }
      return path.toString();
    }

    private static String query(Random random) {
      List<String> parameters = List.of("a=b", "uploads", "prefix=a%2Fb", "c=", "a=%E1%88%B4");
      List<String> query = new ArrayList<>();
      for (int i = 0; i < random.nextInt(4); i++) {
        query.add(parameters.get(random.nextInt(parameters.size())));
      }
      return String.join("&", query);
    }

    Case with(HttpRequest other) {
      return new Case(other, body, s3);
    }

    SignatureCheck check() {
      SignatureReading reading =
          SignatureReading.of(request.withBody(new ByteArrayInputStream(body.getBytes(UTF_8))));
      return switch (reading) {
        case SignatureFault fault -> fault;
        case SignatureReading.Unsigned() -> new SignatureFault.SeveralSignatures();
        case SignedRequest signed when s3 ->
            Requests.VERIFIER.verifyS3(signed, keyOf(signed.signature()), NOON);
        case SignedRequest signed ->
            Requests.VERIFIER.verify(
                signed, Hashed.of(body.getBytes(UTF_8)), keyOf(signed.signature()), NOON);
      };
    }

    /// Every access key has its own secret, as it is with the one who verifies.
    private static SigningKey keyOf(Signature signature) {
      boolean known =
          signature.accessKeyId().equals(Requests.LASTING.accessKeyId())
              || signature.accessKeyId().equals(Requests.TEMPORARY.accessKeyId());
      SecretAccessKey secret = known ? Requests.SECRET : new SecretAccessKey("another");
      return SigningKey.derive(secret, signature.scope());
    }

    void assertRefused(String what) {
      assertThat(check()).as(what).isInstanceOf(SignatureFault.class);
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void whatever_is_signed_verifies(int seed) {
    Case signed = Case.of(seed);
    VerifiedRequest verified = (VerifiedRequest) signed.check();
    assertThat(verified.request().body()).hasContent(signed.body());
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void no_other_method_path_or_query_verifies(int seed) {
    Case signed = Case.of(seed);
    HttpRequest request = signed.request();
    signed.with(with(request, "GET", request.rawPath(), request.rawQuery())).assertRefused("GET");
    for (int i = 1; i < request.rawPath().length(); i++) {
      String path = changed(request.rawPath(), i);
      signed.with(with(request, request.method(), path, request.rawQuery())).assertRefused(path);
    }
    for (int i = 0; i < request.rawQuery().length(); i++) {
      String query = changed(request.rawQuery(), i);
      signed.with(with(request, request.method(), request.rawPath(), query)).assertRefused(query);
    }
    String more = request.rawQuery().isEmpty() ? "x" : request.rawQuery() + "&x";
    signed.with(with(request, request.method(), request.rawPath(), more)).assertRefused(more);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void no_other_header_verifies(int seed) {
    Case signed = Case.of(seed);
    List<Field> fields = signed.request().headers().fields();
    for (int at = 0; at < fields.size(); at++) {
      Field field = fields.get(at);
      for (int i = 0; i < field.value().length(); i++) {
        if (field.value().charAt(i) != ' ') {
          List<Field> other = new ArrayList<>(fields);
          other.set(at, new Field(field.name(), changed(field.value(), i)));
          signed
              .with(Requests.with(signed.request(), new Headers(other)))
              .assertRefused(other.get(at).toString());
        }
      }
      List<Field> fewer = new ArrayList<>(fields);
      fewer.remove(at);
      signed.with(Requests.with(signed.request(), new Headers(fewer))).assertRefused("no " + field);
    }
    Headers more = signed.request().headers().with("x-amz-acl", "public-read");
    signed.with(Requests.with(signed.request(), more)).assertRefused("one more header");
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void no_other_body_verifies_where_it_is_signed(int seed) {
    Case signed = Case.of(seed);
    boolean covered = !signed.s3() || signed.request().headers().first("Authorization").isPresent();
    for (int i = 0; covered && i < signed.body().length(); i++) {
      Case other = new Case(signed.request(), changed(signed.body(), i), signed.s3());
      if (other.check() instanceof VerifiedRequest verified) {
        assertThatExceptionOfType(FaultyBodyException.class)
            .isThrownBy(verified.request().body()::readAllBytes);
      }
    }
  }

  private static String changed(String text, int at) {
    char change =
        Character.toLowerCase(text.charAt(at)) == CHANGES.charAt(0)
            ? CHANGES.charAt(1)
            : CHANGES.charAt(0);
    return text.substring(0, at) + change + text.substring(at + 1);
  }

  private static HttpRequest with(HttpRequest request, String method, String path, String query) {
    return new HttpRequest(
        method,
        path,
        query,
        request.headers(),
        request.body(),
        request.remoteAddress(),
        request.secure());
  }
}
