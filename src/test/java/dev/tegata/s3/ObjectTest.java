package dev.tegata.s3;

import static dev.tegata.Golden.assertGolden;
import static dev.tegata.s3.Gateway.NOON;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tegata.authorization.Call.Access;
import dev.tegata.http.Headers;
import dev.tegata.http.HttpResponse;
import dev.tegata.http.PercentEncoding;
import dev.tegata.s3.Gateway.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ObjectTest {
  private static final String ETAG = "\"8d777f385d3dfec8815d20f7496026dc\""; // of `data`
  private static final String HTTP_NOON = "Sun, 22 Nov 2026 12:00:00 GMT";

  @TempDir private Path folder;
  private Gateway s3;

  @BeforeEach
  void open() {
    s3 = new Gateway(folder);
    s3.put("/b-1", "");
  }

  @AfterEach
  void close() {
    s3.close();
  }

  @Test
  void an_object_comes_back_as_it_was_stored() {
    Answer put = s3.put("/b-1/key", "data");
    assertThat(put.status()).isEqualTo(200);
    assertThat(put.header("ETag")).isEqualTo(ETAG);
    Answer get = s3.get("/b-1/key");
    assertThat(get.text()).isEqualTo("data");
    assertThat(get.header("ETag")).isEqualTo(ETAG);
    assertThat(get.header("Last-Modified")).isEqualTo(HTTP_NOON);
    assertThat(get.header("Content-Length")).isEqualTo("4");
    assertThat(get.header("Content-Type")).isEqualTo("binary/octet-stream");
    assertThat(get.header("Accept-Ranges")).isEqualTo("bytes");
    Answer head = s3.send("HEAD", "/b-1/key", "");
    assertThat(head.headers()).isEqualTo(get.headers());
    assertThat(head.text()).isEmpty();
  }

  @Test
  void an_empty_object_is_an_object() {
    s3.put("/b-1/key", "");
    assertThat(s3.get("/b-1/key").status()).isEqualTo(200);
    assertThat(s3.get("/b-1/key").text()).isEmpty();
    assertThat(s3.get("/b-1/key", "Range", "bytes=0-0").status()).isEqualTo(416);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a//b",
        "/a",
        "//",
        "../../etc/passwd",
        ".",
        "..",
        "a%2Fb",
        "a+b",
        "a b",
        "日本/語",
        "🙂",
        "a\nb",
        "a\u0000b",
        "~*'()!",
        "%",
        "a?b&c=d#e",
        "\ud7ff\ue000",
        "C:\\x"
      })
  void any_text_can_be_a_key(String key) {
    String target = "/b-1/" + PercentEncoding.encode(key);
    assertThat(s3.put(target, key).status()).isEqualTo(200);
    assertThat(s3.get(target).text()).isEqualTo(key);
    assertThat(s3.required().getFirst().resource()).hasToString("arn:aws:s3:::b-1/" + key);
    assertThat(s3.get("/b-1?list-type=2&encoding-type=url").text())
        .contains("<Key>" + PercentEncoding.encodePath(key) + "</Key>");
    assertThat(s3.send("DELETE", target, "").status()).isEqualTo(204);
    assertThat(s3.get(target).status()).isEqualTo(404);
  }

  @Test
  void keys_that_look_alike_are_different() {
    List<String> targets = List.of("a/b", "a//b", "/a/b", "a/b/", "a%2Fb/c", "a%252Fb", "A/b");
    targets.forEach(target -> s3.put("/b-1/" + target, target));
    targets.forEach(target -> assertThat(s3.get("/b-1/" + target).text()).isEqualTo(target));
  }

  @Test
  void a_key_has_at_most_1024_bytes() throws IOException {
    String longest = "é".repeat(512);
    assertThat(s3.put("/b-1/" + PercentEncoding.encode(longest), "").status()).isEqualTo(200);
    Answer refused = s3.put("/b-1/" + PercentEncoding.encode(longest + "x"), "");
    assertThat(refused.status()).isEqualTo(400);
    assertGolden("s3/error-key-too-long.xml", refused.text());
  }

  @ParameterizedTest
  @ValueSource(strings = {"/b-1/a%", "/b-1/a%2", "/b-1/%zz", "/b-1/%ff", "/b-1?prefix=%ff"})
  void a_path_that_is_not_utf_8_is_refused(String target) {
    assertThat(s3.get(target).code()).isEqualTo("InvalidURI");
  }

  @Test
  void what_was_said_of_an_object_is_said_again() {
    s3.put(
        "/b-1/key",
        "data",
        "Content-Type",
        "text/plain",
        "Content-Encoding",
        "gzip,aws-chunked",
        "Content-Disposition",
        "attachment; filename=\"a.txt\"",
        "Content-Language",
        "en",
        "Cache-Control",
        "no-store",
        "Expires",
        HTTP_NOON,
        "X-Amz-Meta-Commit",
        "0123abc",
        "x-amz-meta-run",
        "7",
        "x-amz-meta-run",
        "8",
        "x-unknown",
        "gone");
    Answer get = s3.get("/b-1/key");
    assertThat(get.header("Content-Type")).isEqualTo("text/plain");
    assertThat(get.header("Content-Encoding")).isEqualTo("gzip");
    assertThat(get.header("Content-Disposition")).isEqualTo("attachment; filename=\"a.txt\"");
    assertThat(get.header("Content-Language")).isEqualTo("en");
    assertThat(get.header("Cache-Control")).isEqualTo("no-store");
    assertThat(get.header("Expires")).isEqualTo(HTTP_NOON);
    assertThat(get.header("x-amz-meta-commit")).isEqualTo("0123abc");
    assertThat(get.header("x-amz-meta-run")).isEqualTo("7,8");
    assertThat(get.headers().first("x-unknown")).isEmpty();
    s3.put("/b-1/key", "data", "Content-Encoding", "aws-chunked");
    assertThat(s3.get("/b-1/key").headers().first("Content-Encoding")).isEmpty();
  }

  @Test
  void a_reader_may_ask_for_other_fields() {
    s3.put("/b-1/key", "data", "Content-Type", "text/plain");
    Answer get =
        s3.get(
            "/b-1/key?response-content-type=text%2Fhtml&response-content-disposition=attachment"
                + "&response-cache-control=no-cache&response-expires=never"
                + "&response-content-language=fr&response-content-encoding=identity");
    assertThat(get.headers().all("Content-Type")).containsExactly("text/html");
    assertThat(get.header("Content-Disposition")).isEqualTo("attachment");
    assertThat(get.header("Cache-Control")).isEqualTo("no-cache");
    assertThat(get.header("Expires")).isEqualTo("never");
    assertThat(get.header("Content-Language")).isEqualTo("fr");
    assertThat(get.header("Content-Encoding")).isEqualTo("identity");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a%0D%0Ax-evil:1", "%00", "%7F", "%E2%82%AC"})
  void a_reader_cannot_smuggle_a_field_into_the_answer(String value) {
    s3.put("/b-1/key", "data");
    assertThat(s3.get("/b-1/key?response-content-type=" + value).code())
        .isEqualTo("InvalidArgument");
  }

  @Test
  void who_may_only_delete_does_not_learn_that_a_key_is_missing() {
    s3.allowing("s3:DeleteObject");
    assertThat(s3.send("DELETE", "/b-1/secret", "", "If-Match", "*").code())
        .isEqualTo("AccessDenied");
  }

  @Test
  void metadata_have_their_limit() {
    String most = "x".repeat(2048 - "name".length());
    assertThat(s3.put("/b-1/key", "", "x-amz-meta-name", most).status()).isEqualTo(200);
    assertThat(s3.put("/b-1/key", "", "x-amz-meta-name", most + "x").code())
        .isEqualTo("MetadataTooLarge");
  }

  @ParameterizedTest(name = "{0}: {1} gives {2}")
  @CsvSource({
    "x-amz-tagging,                a=b,         NotImplemented",
    "x-amz-server-side-encryption, aws:kms,     NotImplemented",
    "x-amz-object-lock-mode,       GOVERNANCE,  NotImplemented",
    "x-amz-website-redirect-location, /x,       NotImplemented",
    "x-amz-storage-class,          GLACIER,     InvalidStorageClass",
    "x-amz-acl,                    public-read, AccessControlListNotSupported",
    "x-amz-grant-read,             id=x,        AccessControlListNotSupported",
    "If-None-Match,                \"etag\",    NotImplemented",
    "Content-MD5,                  x,           InvalidDigest",
    "Content-Length,               many,        InvalidArgument",
    "Content-Length,               -1,          InvalidArgument",
    "Content-Length,               18446744073709551615, InvalidArgument",
    "Content-Length,               5368709121,  EntityTooLarge",
    "Content-Length,               5,           IncompleteBody",
  })
  void an_upload_that_asks_for_more_than_is_offered_is_refused(
      String header, String value, String code) {
    Answer answer = s3.put("/b-1/key", "data", header, value);
    assertThat(answer.code()).isEqualTo(code);
    assertThat(s3.get("/b-1/key").status()).isEqualTo(404);
    assertThat(s3.files()).isZero();
  }

  @Test
  void an_upload_says_how_long_it_is() {
    Answer answer = s3.send("PUT", "/b-1/key", InputStream.nullInputStream(), Headers.of());
    assertThat(answer.status()).isEqualTo(411);
    assertThat(answer.code()).isEqualTo("MissingContentLength");
  }

  @Test
  void an_object_can_be_created_only_once() throws IOException {
    assertThat(s3.put("/b-1/key", "data", "If-None-Match", "*").status()).isEqualTo(200);
    Answer second = s3.put("/b-1/key", "other", "If-None-Match", "*");
    assertThat(second.status()).isEqualTo(412);
    assertGolden("s3/error-precondition.xml", second.text());
    assertThat(s3.get("/b-1/key").text()).isEqualTo("data");
    assertThat(s3.files()).isEqualTo(1);
  }

  @Test
  void an_object_can_be_replaced_and_deleted_only_if_it_is_still_the_same() {
    assertThat(s3.put("/b-1/key", "x", "If-Match", ETAG).code()).isEqualTo("NoSuchKey");
    s3.put("/b-1/key", "data");
    assertThat(s3.put("/b-1/key", "x", "If-Match", "\"other\"").code())
        .isEqualTo("PreconditionFailed");
    assertThat(s3.send("DELETE", "/b-1/key", "", "If-Match", "\"other\"").code())
        .isEqualTo("PreconditionFailed");
    assertThat(s3.put("/b-1/key", "next", "If-Match", ETAG).status()).isEqualTo(200);
    assertThat(s3.required())
        .extracting(Access::action)
        .containsExactly("s3:PutObject", "s3:GetObject");
    assertThat(s3.send("DELETE", "/b-1/key", "", "If-Match", "*").status()).isEqualTo(204);
    assertThat(s3.files()).isZero();
  }

  @Test
  void who_may_not_list_does_not_learn_that_a_key_is_missing() throws IOException {
    s3.allowing("s3:GetObject");
    Answer refused = s3.get("/b-1/secret");
    assertThat(refused.status()).isEqualTo(403);
    assertGolden("s3/error-access-denied.xml", refused.text());
    assertThat(s3.send("HEAD", "/b-1/secret", "").status()).isEqualTo(403);
    s3.allowing("s3:GetObject", "s3:ListBucket");
    Answer missing = s3.get("/b-1/secret");
    assertThat(missing.status()).isEqualTo(404);
    assertGolden("s3/error-no-such-key.xml", missing.text());
    assertThat(s3.required()).extracting(Access::action).containsExactly("s3:GetObject");
    assertThat(s3.send("HEAD", "/b-1/secret", "").status()).isEqualTo(404);
  }

  @Test
  void each_action_is_on_its_own() {
    s3.put("/b-1/key", "data");
    s3.allowing("s3:GetObject");
    assertThat(s3.get("/b-1/key").status()).isEqualTo(200);
    assertThat(s3.put("/b-1/key", "x").code()).isEqualTo("AccessDenied");
    assertThat(s3.send("DELETE", "/b-1/key", "").code()).isEqualTo("AccessDenied");
    assertThat(s3.get("/b-1").code()).isEqualTo("AccessDenied");
    s3.allowing("s3:PutObject");
    assertThat(s3.get("/b-1/key").code()).isEqualTo("AccessDenied");
    assertThat(s3.put("/b-1/key", "x", "x-amz-acl", "bucket-owner-full-control").code())
        .isEqualTo("AccessDenied");
    assertThat(s3.put("/b-1/key", "x").status()).isEqualTo(200);
  }

  @Test
  void an_upload_tells_the_policies_what_it_brings() {
    s3.put(
        "/b-1/key",
        "data",
        "Authorization",
        "AWS4-HMAC-SHA256 Credential=...",
        "x-amz-date",
        "20261122T115959Z",
        "x-amz-content-sha256",
        "UNSIGNED-PAYLOAD",
        "x-amz-storage-class",
        "STANDARD",
        "If-None-Match",
        "*");
    assertThat(s3.required().getFirst().context())
        .containsEntry("s3:authType", List.of("REST-HEADER"))
        .containsEntry("s3:signatureversion", List.of("AWS4-HMAC-SHA256"))
        .containsEntry("s3:signatureAge", List.of("1000"))
        .containsEntry("s3:x-amz-content-sha256", List.of("UNSIGNED-PAYLOAD"))
        .containsEntry("s3:x-amz-storage-class", List.of("STANDARD"))
        .containsEntry("s3:if-none-match", List.of("*"))
        .containsEntry("s3:ResourceAccount", List.of("123456789012"))
        .doesNotContainKey("s3:x-amz-acl");
    s3.get("/b-1/key?X-Amz-Signature=x&X-Amz-Date=20261122T120000Z");
    assertThat(s3.required().getFirst().context())
        .containsEntry("s3:authType", List.of("REST-QUERY-STRING"))
        .containsEntry("s3:signatureAge", List.of("0"));
  }

  @Test
  void a_version_is_an_action_of_its_own_and_there_is_only_one() {
    s3.put("/b-1/key", "data");
    assertThat(s3.get("/b-1/key?versionId=null").text()).isEqualTo("data");
    assertThat(s3.required().getFirst().action()).isEqualTo("s3:GetObjectVersion");
    assertThat(s3.get("/b-1/key?versionId=abc").code()).isEqualTo("InvalidArgument");
    assertThat(s3.send("DELETE", "/b-1/key?versionId=null", "").status()).isEqualTo(204);
    assertThat(s3.required().getFirst().action()).isEqualTo("s3:DeleteObjectVersion");
  }

  @Test
  void who_reads_an_object_reads_on_when_it_is_replaced_or_deleted() throws IOException {
    s3.put("/b-1/key", "data");
    HttpResponse first = open("/b-1/key");
    s3.put("/b-1/key", "next");
    HttpResponse second = open("/b-1/key");
    s3.send("DELETE", "/b-1/key", "");
    assertThat(s3.files()).isZero();
    try (InputStream one = first.body();
        InputStream two = second.body()) {
      assertThat(one.readAllBytes()).isEqualTo("data".getBytes(UTF_8));
      assertThat(two.readAllBytes()).isEqualTo("next".getBytes(UTF_8));
    }
  }

  private HttpResponse open(String target) {
    return s3.open(Gateway.request("GET", target, InputStream.nullInputStream(), Headers.of()));
  }

  @Test
  void the_newest_object_counts() {
    s3.put("/b-1/key", "data", "x-amz-meta-a", "1");
    s3.at(NOON.plus(Duration.ofDays(1))).put("/b-1/key", "newer");
    Answer get = s3.get("/b-1/key");
    assertThat(get.text()).isEqualTo("newer");
    assertThat(get.header("Last-Modified")).isEqualTo("Mon, 23 Nov 2026 12:00:00 GMT");
    assertThat(get.headers().first("x-amz-meta-a")).isEmpty();
    assertThat(s3.files()).isEqualTo(1);
  }

  @Test
  void deleting_what_is_not_there_succeeds() {
    assertThat(s3.send("DELETE", "/b-1/missing", "").status()).isEqualTo(204);
  }
}
