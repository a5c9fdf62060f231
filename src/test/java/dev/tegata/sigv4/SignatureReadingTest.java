package dev.tegata.sigv4;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.tegata.http.Headers;
import dev.tegata.sigv4.SignatureFault.MalformedParameter;
import dev.tegata.sigv4.SignatureReading.SignedRequest;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SignatureReadingTest {

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void what_a_request_says_of_its_signature(CaseFile reading) {
    assertThat(describe(SignatureReading.of(reading.request()))).isEqualTo(reading.get("expect"));
  }

  static List<CaseFile> what_a_request_says_of_its_signature() throws IOException {
    return CaseFile.all("readings");
  }

  private static String describe(SignatureReading reading) {
    return switch (reading) {
      case SignedRequest(var _, var signature, var token, var payload) ->
          signature + " token=" + token + " payload=" + payload;
      case SignatureReading.Unsigned unsigned -> unsigned.toString();
      case SignatureFault fault -> fault.toString().replace("\n", "\\n");
    };
  }

  @Test
  void more_signed_headers_than_a_request_has_room_for_are_refused() {
    String names =
        "host;" + String.join(";", IntStream.range(0, 500).mapToObj(i -> "a" + i).toList());
    Headers headers =
        Headers.of(
            "Authorization",
            "AWS4-HMAC-SHA256 Credential=A/20261122/r/s/aws4_request, SignedHeaders="
                + names
                + ", Signature=0",
            "Date",
            "20261122T120000Z");
    assertThat(SignatureReading.of(Requests.with(Requests.get("/"), headers)))
        .isInstanceOf(MalformedParameter.class);
  }

  @FuzzTest(maxDuration = "60s")
  @Tag("fuzz")
  void no_authorization_header_breaks_the_reader(FuzzedDataProvider data) {
    Headers headers =
        Headers.of(
            "Host", "h",
            "Date", data.consumeString(32),
            "x-amz-content-sha256", data.consumeString(64),
            "Authorization", data.consumeRemainingAsString());
    SignatureReading reading = SignatureReading.of(Requests.with(Requests.get("/"), headers));
    if (reading instanceof SignedRequest signed) {
      Signature signature = signed.signature();
      assertThat(signature.signedHeaders()).contains("host");
      assertThat(headers.first("Authorization").orElseThrow())
          .contains(signature.accessKeyId() + '/' + signature.scope())
          .contains(String.join(";", signature.signedHeaders()))
          .contains(signature.hex());
    }
  }

  @FuzzTest(maxDuration = "60s")
  @Tag("fuzz")
  void no_query_breaks_the_reader(FuzzedDataProvider data) {
    String query = "X-Amz-Algorithm=AWS4-HMAC-SHA256&" + data.consumeRemainingAsString();
    SignatureReading reading =
        SignatureReading.of(Requests.request("GET", "/", query, new byte[0]));
    assertThat(reading).isNotInstanceOf(SignatureReading.Unsigned.class);
    assertThat(CanonicalUri.query(query)).isEqualTo(CanonicalUri.query(CanonicalUri.query(query)));
  }
}
