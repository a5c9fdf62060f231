package dev.tegata.s3;

import static dev.tegata.Golden.assertGolden;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tegata.s3.Gateway.Answer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeleteObjectsTest {
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

  private Answer delete(String body) {
    return delete("b-1", body);
  }

  private Answer delete(String bucket, String body) {
    byte[] md5 = Checksum.hash("MD5").digest(body.getBytes(UTF_8));
    return s3.send(
        "POST",
        "/" + bucket + "?delete",
        body,
        "Content-MD5",
        Base64.getEncoder().encodeToString(md5));
  }

  @Test
  void who_may_delete_nothing_does_not_learn_whether_a_bucket_is_there() {
    String order = "<Delete><Object><Key>a</Key></Object></Delete>";
    assertThat(delete("b-2", order).text()).contains("NoSuchBucket");
    s3.put("/b-1/a", "1");
    s3.allowing(_ -> false);
    Answer there = delete("b-1", order);
    Answer missing = delete("b-2", order);
    assertThat(there.text()).contains("<Code>AccessDenied</Code>");
    assertThat(missing.status()).isEqualTo(there.status());
    assertThat(missing.text()).isEqualTo(there.text().replace("b-1", "b-2"));
    assertThat(delete("b-2", "nonsense").text()).contains("MalformedXML");
  }

  @Test
  void each_key_is_deleted_or_refused_on_its_own() throws IOException {
    s3.put("/b-1/a", "1");
    s3.put("/b-1/b%20%26%20c", "2");
    s3.put("/b-1/keep/d", "3");
    s3.allowing(access ->
        access.action().equals("s3:DeleteObject")
            && !access.resource().resource().contains("keep/"));
    Answer answer =
        delete(
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <Delete xmlns="http://s3.amazonaws.com/doc/2006-03-01/">
              <Object><Key>a</Key></Object>
              <Object><Key>b &amp; c</Key></Object>
              <Object><Key>missing</Key></Object>
              <Object><Key>keep/d</Key></Object>
              <Object><Key>a</Key><VersionId>7</VersionId></Object>
            </Delete>
            """);
    assertThat(answer.status()).isEqualTo(200);
    assertGolden("s3/delete-objects.xml", answer.text());
    s3.allowing(_ -> true);
    assertThat(s3.get("/b-1").text()).contains("<Key>keep/d</Key>").doesNotContain("<Key>a");
    assertThat(s3.files()).isEqualTo(1);
  }

  @Test
  void who_wants_quiet_hears_of_refusals_only() throws IOException {
    s3.put("/b-1/a", "1");
    s3.allowing(access -> !access.resource().resource().endsWith("/b"));
    assertGolden(
        "s3/delete-objects-quiet.xml",
        delete(
                "<Delete><Quiet>true</Quiet><Object><Key>a</Key></Object>"
                    + "<Object><Key>b</Key></Object></Delete>")
            .text());
  }

  @Test
  void a_version_is_told_apart() {
    s3.put("/b-1/a", "1");
    assertThat(
            delete(
                    "<Delete><Object><Key>a</Key><VersionId>null</VersionId></Object>"
                        + "<Object><Key>a</Key><VersionId>x</VersionId></Object></Delete>")
                .text())
        .contains("<Deleted><Key>a</Key><VersionId>null</VersionId></Deleted>")
        .contains("<Code>InvalidArgument</Code>");
    assertThat(s3.required().getFirst().action()).isEqualTo("s3:DeleteObjectVersion");
  }

  @Test
  void a_body_has_to_be_digested() {
    String body = "<Delete><Object><Key>a</Key></Object></Delete>";
    s3.put("/b-1/a", "1");
    assertThat(s3.send("POST", "/b-1?delete", body).code()).isEqualTo("InvalidRequest");
    assertThat(
            s3.send("POST", "/b-1?delete", body, "Content-MD5", "jXd/OF09/siBXSD3SWAm3A==").code())
        .isEqualTo("BadDigest");
    assertThat(s3.send("POST", "/b-1?delete", body, "x-amz-checksum-crc32", "AAAAAA==").code())
        .isEqualTo("BadDigest");
    assertThat(s3.get("/b-1/a").status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "<Delete>",
        "<Delete/>",
        "<Delete><Object/></Delete>",
        "<Delete><Object><Key></Key></Object></Delete>",
        "<Other><Object><Key>a</Key></Object></Other>",
        "<Delete><Object><Key>a</Key><Extra/></Object></Delete>",
        "<!DOCTYPE x [<!ENTITY e 'a'>]><Delete><Object><Key>&e;</Key></Object></Delete>",
        "<!DOCTYPE x><Delete><Object><Key>a</Key></Object></Delete>",
      })
  void a_body_that_is_no_order_is_refused(String body) {
    assertThat(delete(body).code()).isEqualTo("MalformedXML");
  }

  @Test
  void a_condition_is_not_dropped_in_silence() {
    assertThat(delete("<Delete><Object><Key>a</Key><ETag>x</ETag></Object></Delete>").code())
        .isEqualTo("NotImplemented");
  }

  @Test
  void a_thousand_keys_are_the_most() {
    String object = "<Object><Key>a</Key></Object>";
    assertThat(delete("<Delete>" + object.repeat(1000) + "</Delete>").status()).isEqualTo(200);
    assertThat(delete("<Delete>" + object.repeat(1001) + "</Delete>").code())
        .isEqualTo("MalformedXML");
  }

  @Test
  void a_body_has_its_limit() {
    String body = "<Delete>" + " ".repeat(8 * 1024 * 1024) + "</Delete>";
    assertThat(delete(body).code()).isEqualTo("MaxMessageLengthExceeded");
  }
}
