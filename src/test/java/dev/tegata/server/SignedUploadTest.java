package dev.tegata.server;

import static dev.tegata.Golden.assertGolden;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tegata.http.HttpRequest;
import dev.tegata.sigv4.ChunkEncoder;
import dev.tegata.sigv4.Payload;
import dev.tegata.sigv4.Payload.Chunking;
import dev.tegata.sigv4.RequestSigner;
import dev.tegata.sigv4.RequestSigner.Credentials;
import dev.tegata.sigv4.Signature;
import dev.tegata.sigv4.SignatureReading;
import dev.tegata.sigv4.SignatureReading.SignedRequest;
import dev.tegata.sigv4.SigningKey;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// Uploads whose body is not what was signed leave nothing behind; URLs that carry their signature
/// are good for as long as they say.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SignedUploadTest {
  private static final Instant NOON = WebIdentityCase.NOON;
  private static final String BODY = "what was signed";
  private static final RequestSigner SIGNER =
      new RequestSigner(RunningServer.ROOT, "us-east-1", "s3");

  private final SettableClock clock = new SettableClock(NOON);
  private Path data;
  private RunningServer server;

  @BeforeAll
  void start(@TempDir Path folder) {
    data = folder;
    server = RunningServer.start(folder, "", clock);
    server.s3("PUT", "/uploads", "", RunningServer.ROOT);
  }

  @BeforeEach
  void setClock() {
    clock.set(NOON);
  }

  @AfterAll
  void stop() {
    server.close();
  }

  @Test
  void a_body_with_another_hash_than_was_signed_is_not_stored() throws IOException {
    Answer answer = put("/uploads/hash", BODY.replace("what", "that"));
    assertThat(answer.error())
        .isEqualTo(
            "400 XAmzContentSHA256Mismatch: The provided 'x-amz-content-sha256' header does not"
                + " match what was computed.");
    assertNotStored("/uploads/hash");
  }

  @Test
  void a_longer_body_than_was_signed_is_not_stored() throws IOException {
    assertThat(put("/uploads/longer", BODY + BODY).text("Code"))
        .isEqualTo("XAmzContentSHA256Mismatch");
    assertNotStored("/uploads/longer");
  }

  @Test
  void a_mismatch_leaves_what_was_there_before() {
    assertThat(put("/uploads/kept", BODY).status()).isEqualTo(200);
    assertThat(put("/uploads/kept", "other").status()).isEqualTo(400);
    assertThat(get("/uploads/kept").body()).isEqualTo(BODY);
  }

  /// Puts `sent` with the signature of [#BODY].
  private Answer put(String path, String sent) {
    HttpRequest signed =
        SIGNER.sign(
            server.request("PUT", path, BODY), Payload.Hashed.of(BODY.getBytes(UTF_8)), NOON);
    return server.send(signed.withBody(new ByteArrayInputStream(sent.getBytes(UTF_8))));
  }

  private Answer get(String path) {
    return server.s3("GET", path, "", RunningServer.ROOT);
  }

  private void assertNotStored(String path) throws IOException {
    assertThat(get(path).text("Code")).isEqualTo("NoSuchKey");
    try (Stream<Path> files = Files.walk(data.resolve("objects"))) {
      assertThat(files.filter(Files::isRegularFile).count())
          .as("one file for each object that there is")
          .isEqualTo(Long.parseLong(get("/uploads?list-type=2").text("KeyCount")));
    }
  }

  @Test
  void signed_chunks_are_put_together() {
    assertThat(chunks("/uploads/chunks", List.of("what ", "was ", "signed"), "").status())
        .isEqualTo(200);
    assertThat(get("/uploads/chunks").body()).isEqualTo(BODY);
  }

  @Test
  void a_chunk_changed_on_the_way_stores_nothing() throws IOException {
    Answer answer = chunks("/uploads/tampered", List.of("what ", "was ", "signed"), "was ");
    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.text("Code")).isEqualTo("SignatureDoesNotMatch");
    assertNotStored("/uploads/tampered");
  }

  @Test
  void chunks_in_another_order_store_nothing() throws IOException {
    HttpRequest signed = chunked("/uploads/order", BODY.length());
    ChunkEncoder straight = encoder(signed).chunk("what was ".getBytes(UTF_8));
    String all =
        new String(
            straight.chunk("signed".getBytes(UTF_8)).chunk(new byte[0]).trailer(List.of()).bytes(),
            UTF_8);
    int second = all.indexOf("6;chunk");
    int last = all.indexOf("0;chunk");
    String swapped = all.substring(second, last) + all.substring(0, second) + all.substring(last);
    assertThat(send(signed, swapped.getBytes(UTF_8)).text("Code"))
        .isEqualTo("SignatureDoesNotMatch");
    assertNotStored("/uploads/order");
  }

  @Test
  void chunks_that_stop_before_the_last_one_store_nothing() throws IOException {
    HttpRequest signed = chunked("/uploads/half", BODY.length());
    byte[] half = encoder(signed).chunk("what was ".getBytes(UTF_8)).bytes();
    assertThat(send(signed, half).text("Code")).isEqualTo("IncompleteBody");
    assertNotStored("/uploads/half");
  }

  /// Uploads `parts` in signed chunks, the part `tampered` changed after it was signed.
  private Answer chunks(String path, List<String> parts, String tampered) {
    HttpRequest signed = chunked(path, String.join("", parts).length());
    ChunkEncoder encoder = encoder(signed);
    parts.forEach(part -> encoder.chunk(part.getBytes(UTF_8)));
    String bytes = new String(encoder.chunk(new byte[0]).trailer(List.of()).bytes(), UTF_8);
    return send(
        signed,
        (tampered.isEmpty()
                ? bytes
                : bytes.replace(
                    "\r\n" + tampered + "\r\n",
                    "\r\n" + tampered.toUpperCase(java.util.Locale.ROOT) + "\r\n"))
            .getBytes(UTF_8));
  }

  private HttpRequest chunked(String path, int length) {
    return SIGNER.sign(
        server.request(
            "PUT",
            path,
            "",
            "Content-Encoding",
            "aws-chunked",
            "X-Amz-Decoded-Content-Length",
            Integer.toString(length)),
        new Payload.Chunked(Chunking.SIGNED, (long) length, List.of()),
        NOON);
  }

  private static ChunkEncoder encoder(HttpRequest signed) {
    Signature seed = ((SignedRequest) SignatureReading.of(signed)).signature();
    return new ChunkEncoder(
        SigningKey.derive(RunningServer.ROOT.secretAccessKey(), seed.scope()),
        Chunking.SIGNED,
        seed);
  }

  private Answer send(HttpRequest signed, byte[] body) {
    return server.send(signed.withBody(new ByteArrayInputStream(body)));
  }

  @Test
  void a_request_to_s3_must_say_what_its_body_is() {
    HttpRequest signed =
        SIGNER.sign(server.request("GET", "/uploads", ""), Payload.Hashed.EMPTY, NOON);
    assertThat(server.send(without(signed, "x-amz-content-sha256")).error())
        .isEqualTo(
            "400 InvalidRequest: Missing required header for this request: x-amz-content-sha256");
  }

  private static HttpRequest without(HttpRequest request, String header) {
    return new HttpRequest(
        request.method(),
        request.rawPath(),
        request.rawQuery(),
        new dev.tegata.http.Headers(
            request.headers().fields().stream()
                .filter(field -> !field.name().equalsIgnoreCase(header))
                .toList()),
        request.body(),
        "",
        false);
  }

  @Test
  void a_header_of_amazons_that_was_not_signed_is_refused() {
    HttpRequest signed =
        SIGNER.sign(server.request("PUT", "/uploads/header", ""), Payload.Hashed.EMPTY, NOON);
    Answer answer =
        server.send(
            new HttpRequest(
                "PUT",
                signed.rawPath(),
                "",
                signed.headers().with("x-amz-meta-sneaked", "in"),
                signed.body(),
                "",
                false));
    assertThat(answer.error())
        .isEqualTo(
            "403 AccessDenied: There were headers present in the request which were not signed");
    assertThat(answer.text("HeadersNotSigned")).isEqualTo("x-amz-meta-sneaked");
  }

  @Test
  void a_presigned_url_is_good_until_just_before_its_end() throws IOException {
    put("/uploads/shared", BODY);
    HttpRequest url =
        SIGNER.presign(server.request("GET", "/uploads/shared", ""), Duration.ofMinutes(10), NOON);
    assertThat(server.send(url).body()).isEqualTo(BODY);
    clock.set(NOON.plusSeconds(599));
    assertThat(server.send(url).status()).isEqualTo(200);
    clock.set(NOON.plusSeconds(600));
    assertGolden(
        "server/s3-request-has-expired.xml",
        server.send(url).toString().replaceAll("(<RequestId>)[^<]+<", "$1…<") + "\n");
  }

  @Test
  void a_presigned_url_may_take_any_body() {
    HttpRequest url =
        SIGNER.presign(server.request("PUT", "/uploads/given", ""), Duration.ofMinutes(10), NOON);
    assertThat(server.send(url.withBody(new ByteArrayInputStream("any".getBytes(UTF_8)))).status())
        .isEqualTo(200);
    assertThat(get("/uploads/given").body()).isEqualTo("any");
  }

  @Test
  void a_presigned_url_is_for_one_key_and_one_method() {
    HttpRequest url =
        SIGNER.presign(server.request("GET", "/uploads/shared", ""), Duration.ofMinutes(10), NOON);
    assertThat(server.send(moved(url, "GET", "/uploads/kept")).text("Code"))
        .isEqualTo("SignatureDoesNotMatch");
    assertThat(server.send(moved(url, "DELETE", "/uploads/shared")).text("Code"))
        .isEqualTo("SignatureDoesNotMatch");
  }

  private static HttpRequest moved(HttpRequest url, String method, String path) {
    return new HttpRequest(method, path, url.rawQuery(), url.headers(), url.body(), "", false);
  }

  @Test
  void a_presigned_url_dies_with_the_session_that_signed_it() {
    try (ForeignIssuer issuer = new ForeignIssuer()) {
      server.create(
          WebIdentityCase.cloud(), java.util.Map.of("Issuer", issuer.url(), "Host", issuer.host()));
      Credentials session =
          RunningServer.credentials(
              server.exchange(
                  WebIdentityCase.ROLE, "run-1", issuer.token(WebIdentityCase.goodClaims(issuer))));
      HttpRequest url =
          new RequestSigner(session, "us-east-1", "s3")
              .presign(server.request("GET", "/releases", ""), Duration.ofDays(7), NOON);
      assertThat(server.send(url).status()).isEqualTo(200);
      clock.set(NOON.plus(Duration.ofHours(1)));
      assertThat(server.send(url).error())
          .isEqualTo("400 ExpiredToken: The provided token has expired.");
    }
  }

  @Test
  void a_presigned_url_without_all_its_parts_is_told_which_there_must_be() {
    assertThat(server.get("/uploads/shared?X-Amz-Algorithm=AWS4-HMAC-SHA256").error())
        .isEqualTo(
            "400 AuthorizationQueryParametersError: Query-string authentication version 4 requires"
                + " the X-Amz-Algorithm, X-Amz-Credential, X-Amz-Signature, X-Amz-Date,"
                + " X-Amz-SignedHeaders, and X-Amz-Expires parameters.");
  }

  @Test
  void a_presigned_url_of_another_service_is_refused() {
    HttpRequest url =
        new RequestSigner(RunningServer.ROOT, "us-east-1", "sts")
            .presign(server.request("GET", "/uploads/shared", ""), Duration.ofMinutes(10), NOON);
    assertThat(server.send(url).error())
        .isEqualTo(
            "400 AuthorizationQueryParametersError: Error parsing the X-Amz-Credential parameter;"
                + " incorrect service \"sts\". This endpoint belongs to \"s3\".");
  }

  @Test
  void a_presigned_caller_identity_is_answered() {
    HttpRequest url =
        new RequestSigner(RunningServer.ROOT, "us-east-1", "sts")
            .presign(
                server.request("GET", "/?Action=GetCallerIdentity&Version=2011-06-15", ""),
                Duration.ofMinutes(1),
                NOON);
    assertThat(server.send(url).text("Arn")).isEqualTo("arn:aws:iam::123456789012:root");
  }
}
