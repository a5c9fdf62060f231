package dev.tegata.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tegata.http.Headers;
import dev.tegata.http.HttpRequest;
import dev.tegata.http.HttpResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpServerTest {
  private static final ListenAddress ANY_PORT = new ListenAddress("127.0.0.1", 0);

  @Test
  void a_path_and_query_arrive_as_they_were_sent() throws IOException {
    assertThat(
            exchange(
                request ->
                    HttpResponse.text(
                        200, "text/plain", request.rawPath() + "|" + request.rawQuery()),
                "GET /b//a/../%2F%41%20+?x=%41&y HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n"))
        .endsWith("/b//a/../%2F%41%20+|x=%41&y");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/plain; charset=UTF-8",
        "text/plain;charset=utf-8",
        "Text/Plain",
        "application/json; charset=UTF-8",
        "TEXT/HTML; Charset=Utf-8"
      })
  void a_header_arrives_as_it_was_sent(String value) throws IOException {
    assertThat(
            exchange(
                request ->
                    HttpResponse.text(
                        200, "text/plain", request.headers().first("content-type").orElse("")),
                "GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\nContent-Type: "
                    + value
                    + "\r\n\r\n"))
        .endsWith("\r\n" + value);
  }

  @Test
  void a_body_is_a_stream_both_ways() throws IOException {
    assertThat(
            exchange(
                request -> new HttpResponse(200, Headers.of("X", "1"), request.body()),
                "PUT / HTTP/1.1\r\nHost: h\r\nConnection: close\r\nContent-Length: 5\r\n\r\nhello"))
        .contains("X: 1")
        .contains("hello");
  }

  @Test
  void an_answer_to_head_has_a_length_and_no_body() throws IOException {
    assertThat(
            exchange(
                _ -> HttpResponse.empty(200, Headers.of("Content-Length", "12345")),
                "HEAD / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n"))
        .contains("Content-Length: 12345")
        .endsWith("\r\n\r\n");
  }

  @Test
  void who_sends_all_of_a_long_body_before_listening_learns_of_the_refusal() throws IOException {
    int length = 20_000_000;
    assertThat(
            exchange(
                _ -> HttpResponse.text(403, "text/plain", "no"),
                "PUT / HTTP/1.1\r\nHost: h\r\nContent-Length: %d\r\n\r\n%s"
                    .formatted(length, "x".repeat(length))))
        .startsWith("HTTP/1.1 403 ")
        .contains("Connection: close")
        .endsWith("no");
  }

  @Test
  void a_refusal_after_a_part_of_the_body_is_learned_too() throws IOException {
    String body = "20000\r\n" + "x".repeat(0x20000) + "\r\n";
    assertThat(
            exchange(
                request -> HttpResponse.text(413, "text/plain", read(request, 10)),
                "PUT / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"
                    + body.repeat(100)
                    + "0\r\n\r\n"))
        .startsWith("HTTP/1.1 413 ")
        .endsWith("xxxxxxxxxx");
  }

  @Test
  void a_connection_goes_on_after_a_short_body_that_is_not_read() throws IOException {
    try (HttpServer server = new HttpServer(ANY_PORT)) {
      server.start();
      server.answerWith(request -> HttpResponse.text(403, "text/plain", request.rawPath() + "."));
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.address().port());
          OutputStream out = socket.getOutputStream();
          InputStream in = socket.getInputStream()) {
        out.write("PUT /1 HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\n".getBytes(UTF_8));
        String first = until(in, "\r\n\r\n/1.");
        out.write("12345".getBytes(UTF_8));
        out.write("GET /2 HTTP/1.1\r\nHost: h\r\n\r\n".getBytes(UTF_8));
        assertThat(first).startsWith("HTTP/1.1 403 ").doesNotContain("Connection");
        assertThat(until(in, "\r\n\r\n/2.")).startsWith("HTTP/1.1 403 ");
      }
    }
  }

  @Test
  void who_waits_to_be_told_to_send_is_refused_before() throws IOException {
    assertThat(
            exchange(
                _ -> HttpResponse.text(403, "text/plain", "no"),
                "PUT / HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n"))
        .startsWith("HTTP/1.1 403 ")
        .contains("Connection: close")
        .endsWith("no");
  }

  @Test
  void a_port_in_use_is_said_plainly() throws Exception {
    try (HttpServer first = new HttpServer(ANY_PORT)) {
      first.start();
      HttpServer second = new HttpServer(first.address());
      assertThatThrownBy(second::start)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("cannot listen at " + first.address() + ": Address already in use");
    }
  }

  private static String read(HttpRequest request, int length) {
    try {
      return new String(request.body().readNBytes(length), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String until(InputStream in, String end) throws IOException {
    StringBuilder text = new StringBuilder();
    while (!text.toString().endsWith(end)) {
      text.append((char) in.read());
    }
    return text.toString();
  }

  private static String exchange(Function<HttpRequest, HttpResponse> answers, String request)
      throws IOException {
    try (HttpServer server = new HttpServer(ANY_PORT)) {
      server.start();
      server.answerWith(answers);
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.address().port());
          OutputStream out = socket.getOutputStream();
          InputStream in = socket.getInputStream()) {
        out.write(request.getBytes(UTF_8));
        out.flush();
        return new String(in.readAllBytes(), UTF_8);
      }
    }
  }
}
