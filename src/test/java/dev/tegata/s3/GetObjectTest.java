package dev.tegata.s3;

import static dev.tegata.Golden.assertGolden;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tegata.s3.Gateway.Answer;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

class GetObjectTest {
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

  @ParameterizedTest(name = "{0} of {1} bytes: {2} {3}")
  @CsvFileSource(resources = "/vectors/s3/ranges.csv", numLinesToSkip = 1)
  void a_range_is_sent(String range, int size, int status, String contentRange) {
    String data = "0123456789".substring(0, size);
    s3.put("/b-1/key", data);
    Answer answer = s3.get("/b-1/key", "Range", range);
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.header("Content-Range")).isEqualTo(contentRange == null ? "" : contentRange);
    switch (status) {
      case 200 -> assertThat(answer.text()).isEqualTo(data);
      case 206 -> {
        String[] edges = answer.header("Content-Range").split("[ /-]", -1);
        int first = Integer.parseInt(edges[1]);
        assertThat(answer.text()).isEqualTo(data.substring(first, Integer.parseInt(edges[2]) + 1));
      }
      default -> assertThat(answer.code()).isEqualTo("InvalidRange");
    }
    assertThat(s3.send("HEAD", "/b-1/key", "", "Range", range).status()).isEqualTo(status);
  }

  @Test
  void a_range_that_is_not_there_is_explained() throws IOException {
    s3.put("/b-1/key", "data");
    assertGolden("s3/error-range.xml", s3.get("/b-1/key", "Range", "bytes=4-").text());
  }

  @Test
  void an_object_has_one_part() {
    s3.put("/b-1/key", "data");
    Answer part = s3.get("/b-1/key?partNumber=1");
    assertThat(part.status()).isEqualTo(206);
    assertThat(part.header("Content-Range")).isEqualTo("bytes 0-3/4");
    assertThat(s3.get("/b-1/key?partNumber=2").code()).isEqualTo("InvalidPartNumber");
    assertThat(s3.get("/b-1/key?partNumber=1", "Range", "bytes=0-").code())
        .isEqualTo("InvalidRequest");
  }

  @Test
  void a_range_of_another_object_than_meant_is_the_whole_one() {
    s3.put("/b-1/key", "data");
    String[] other = {"Range", "bytes=0-0", "If-Range", "\"other\""};
    String[] same = {"Range", "bytes=0-0", "If-Range", ETAG};
    String[] sameTime = {"Range", "bytes=0-0", "If-Range", HTTP_NOON};
    assertThat(s3.get("/b-1/key", other).text()).isEqualTo("data");
    assertThat(s3.get("/b-1/key", same).text()).isEqualTo("d");
    assertThat(s3.get("/b-1/key", sameTime).text()).isEqualTo("d");
  }

  @ParameterizedTest(name = "{0}: {1}, {2}: {3} gives {4}")
  @CsvFileSource(
      resources = "/vectors/s3/preconditions.csv",
      numLinesToSkip = 1,
      delimiter = '|',
      quoteCharacter = '\'',
      nullValues = "-")
  void a_reader_may_set_conditions(
      String header, String value, String second, String secondValue, int status) {
    s3.put("/b-1/key", "data");
    String[] headers =
        second == null
            ? new String[] {header, value}
            : new String[] {header, value, second, secondValue};
    Answer answer = s3.get("/b-1/key", headers);
    assertThat(answer.status()).isEqualTo(status);
    if (status == 304) {
      assertThat(answer.text()).isEmpty();
      assertThat(answer.header("ETag")).isEqualTo(ETAG);
    }
    if (status == 412) {
      assertThat(answer.text()).contains("<Condition>" + header + "</Condition>");
    }
  }
}
