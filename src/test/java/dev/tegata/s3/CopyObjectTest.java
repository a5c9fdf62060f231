package dev.tegata.s3;

import static dev.tegata.Golden.assertGolden;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.tegata.authorization.Call.Access;
import dev.tegata.s3.Gateway.Answer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CopyObjectTest {
  private static final String SOURCE = "x-amz-copy-source";

  @TempDir private Path folder;
  private Gateway s3;

  @BeforeEach
  void open() {
    s3 = new Gateway(folder);
    s3.put("/b-1", "");
    s3.put("/b-2", "");
    s3.put("/b-1/a%20b", "data", "Content-Type", "text/plain", "x-amz-meta-run", "7");
  }

  @AfterEach
  void close() {
    s3.close();
  }

  @Test
  void a_copy_is_an_object_of_its_own() throws IOException {
    Answer copied = s3.put("/b-2/copy", "", SOURCE, "/b-1/a%20b");
    assertThat(copied.status()).isEqualTo(200);
    assertGolden("s3/copy-object.xml", copied.text());
    s3.send("DELETE", "/b-1/a%20b", "");
    Answer get = s3.get("/b-2/copy", "x-amz-checksum-mode", "ENABLED");
    assertThat(get.text()).isEqualTo("data");
    assertThat(get.header("Content-Type")).isEqualTo("text/plain");
    assertThat(get.header("x-amz-meta-run")).isEqualTo("7");
    assertThat(get.header("x-amz-checksum-crc64nvme")).isNotEmpty();
  }

  @Test
  void a_copy_can_have_other_metadata_and_another_checksum() {
    s3.put(
        "/b-1/a%20b",
        "",
        SOURCE,
        "b-1/a%20b",
        "x-amz-metadata-directive",
        "REPLACE",
        "x-amz-checksum-algorithm",
        "SHA256",
        "Content-Type",
        "text/html");
    Answer get = s3.get("/b-1/a%20b", "x-amz-checksum-mode", "ENABLED");
    assertThat(get.text()).isEqualTo("data");
    assertThat(get.header("Content-Type")).isEqualTo("text/html");
    assertThat(get.headers().first("x-amz-meta-run")).isEmpty();
    assertThat(get.headers().first("x-amz-checksum-crc64nvme")).isEmpty();
    assertThat(get.header("x-amz-checksum-sha256")).isNotEmpty();
    assertThat(s3.files()).isEqualTo(1);
  }

  @Test
  void who_copies_must_be_allowed_to_read_and_to_write() {
    s3.put("/b-2/copy", "", SOURCE, "b-1/a%20b");
    assertThat(s3.required())
        .extracting(Access::action, access -> access.resource().toString())
        .containsExactly(
            tuple("s3:GetObject", "arn:aws:s3:::b-1/a b"),
            tuple("s3:PutObject", "arn:aws:s3:::b-2/copy"));
    assertThat(s3.required().getLast().context())
        .containsEntry("s3:x-amz-copy-source", List.of("b-1/a%20b"));
    s3.allowing("s3:PutObject");
    assertThat(s3.put("/b-2/other", "", SOURCE, "b-1/a%20b").code()).isEqualTo("AccessDenied");
    s3.allowing("s3:GetObject");
    assertThat(s3.put("/b-2/other", "", SOURCE, "b-1/a%20b").code()).isEqualTo("AccessDenied");
    s3.allowing("s3:GetObject", "s3:PutObject");
    assertThat(s3.put("/b-2/other", "", SOURCE, "b-1/none").code()).isEqualTo("AccessDenied");
    s3.allowing(_ -> true);
    assertThat(s3.put("/b-2/other", "", SOURCE, "b-1/none").code()).isEqualTo("NoSuchKey");
    assertThat(s3.put("/b-2/other", "", SOURCE, "b-9/a").code()).isEqualTo("NoSuchBucket");
    assertThat(s3.get("/b-2/other").status()).isEqualTo(404);
  }

  @Test
  void an_object_is_not_copied_onto_itself_for_nothing() {
    assertThat(s3.put("/b-1/a%20b", "", SOURCE, "b-1/a%20b").code()).isEqualTo("InvalidRequest");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "b-1", "b-1/", "/b-1/", "//", "b-1/%zz"})
  void a_source_names_a_bucket_and_a_key(String source) {
    Answer refused = s3.put("/b-2/copy", "", SOURCE, source);
    assertThat(refused.code()).isEqualTo("InvalidArgument");
    assertThat(refused.text()).contains("Invalid copy source object key");
  }

  @Test
  void other_things_that_cannot_be_are_refused() {
    assertThat(s3.put("/b-2/c", "", SOURCE, "b-1/a%20b", "x-amz-metadata-directive", "X").code())
        .isEqualTo("InvalidArgument");
    assertThat(s3.put("/b-2/c", "", SOURCE, "b-1/a%20b", "x-amz-checksum-algorithm", "X").code())
        .isEqualTo("InvalidRequest");
    assertThat(s3.put("/b-2/c", "", SOURCE, "b-1/a%20b?versionId=7").code())
        .isEqualTo("InvalidArgument");
    assertThat(s3.put("/b-2/c", "", SOURCE, "b-1/a%20b?versionId=null").status()).isEqualTo(200);
    assertThat(s3.required().getFirst().action()).isEqualTo("s3:GetObjectVersion");
  }

  @Test
  void the_source_may_have_to_be_a_certain_one() {
    String match = "x-amz-copy-source-if-match";
    String noneMatch = "x-amz-copy-source-if-none-match";
    String etag = "\"8d777f385d3dfec8815d20f7496026dc\"";
    assertThat(s3.put("/b-2/c", "", SOURCE, "b-1/a%20b", match, "\"x\"").status()).isEqualTo(412);
    assertThat(s3.put("/b-2/c", "", SOURCE, "b-1/a%20b", noneMatch, etag).status()).isEqualTo(412);
    assertThat(s3.put("/b-2/c", "", SOURCE, "b-1/a%20b", match, etag).status()).isEqualTo(200);
    assertThat(s3.put("/b-2/c", "", SOURCE, "b-1/a%20b", "If-None-Match", "*").status())
        .isEqualTo(412);
  }
}
