package dev.tegata.server;

import dev.tegata.http.Headers;
import dev.tegata.http.HttpRequest;
import dev.tegata.http.HttpResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.BindException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.VirtualThreadPool;

/// Carries requests from a socket to a function, and its answers back.
///
/// A virtual thread a request; bodies are streams both ways. Paths are passed on as they came, for
/// a key of S3 may hold `//`, `..` or `%2F`, and a signature covers the bytes.
public final class HttpServer implements AutoCloseable {
  /// A session token with tags and a session policy is several kilobytes long.
  private static final int MAX_HEADER_BYTES = 64 * 1024;

  private static final Duration IDLE_TIMEOUT = Duration.ofSeconds(60);
  private static final int COPY_BYTES = 64 * 1024;

  /// An answer that is shorter goes out in one piece, its head included.
  private static final int SHORT_BYTES = 8 * 1024;

  private final Server server;
  private final ServerConnector connector;
  private final ListenAddress address;
  private final CompletableFuture<Function<HttpRequest, HttpResponse>> answers =
      new CompletableFuture<>();

  /// A server that will listen at `address`; port 0 takes a free one.
  public HttpServer(ListenAddress address) {
    VirtualThreadPool threads = new VirtualThreadPool();
    threads.setName("http");
    this.address = address;
    server = new Server(threads);
    HttpConfiguration configuration = new HttpConfiguration();
    configuration.setSendServerVersion(false);
    configuration.setRequestHeaderSize(MAX_HEADER_BYTES);
    configuration.setUriCompliance(UriCompliance.UNSAFE);
    configuration.setHeaderCacheCaseSensitive(true); // a signature covers the bytes of a header too
    connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(configuration));
    connector.setHost(address.host());
    connector.setPort(address.port());
    connector.setIdleTimeout(IDLE_TIMEOUT.toMillis());
    server.addConnector(connector);
    server.setHandler(
        new Handler.Abstract() {
          @Override
          public boolean handle(Request request, Response response, Callback callback)
              throws IOException {
            HttpResponse answer = answers.join().apply(read(request));
            UnreadBody unread = UnreadBody.of(request, answer);
            write(unread.announcedIn(answer), response);
            unread.endExchange(callback);
            return true;
          }
        });
  }

  /// Starts to listen.
  ///
  /// @throws IllegalArgumentException when the address is in use or not this machine's
  public void start() {
    try {
      server.start();
    } catch (IOException e) {
      close();
      String reason = e.getCause() instanceof BindException bind ? bind.getMessage() : e.toString();
      throw new IllegalArgumentException("cannot listen at %s: %s".formatted(address, reason), e);
    } catch (Exception e) {
      throw new IllegalStateException("the HTTP server did not start", e);
    }
  }

  /// Says who answers. Requests that come before that wait: a part that must know the port can be
  /// made once the port is known.
  public void answerWith(Function<HttpRequest, HttpResponse> function) {
    answers.complete(function);
  }

  /// The address that it listens at, with the port that the machine chose for port 0.
  public ListenAddress address() {
    return address.withPort(connector.getLocalPort());
  }

  private static HttpRequest read(Request request) {
    List<Headers.Field> fields = new ArrayList<>(request.getHeaders().size());
    for (HttpField field : request.getHeaders()) {
      fields.add(
          new Headers.Field(field.getName(), Optional.ofNullable(field.getValue()).orElse("")));
    }
    return new HttpRequest(
        request.getMethod(),
        request.getHttpURI().getPath(),
        Optional.ofNullable(request.getHttpURI().getQuery()).orElse(""),
        new Headers(fields),
        Content.Source.asInputStream(request),
        Request.getRemoteAddr(request),
        request.isSecure());
  }

  private static void write(HttpResponse answer, Response response) throws IOException {
    response.setStatus(answer.status());
    for (Headers.Field field : answer.headers().fields()) {
      response.getHeaders().add(field.name(), field.value());
    }
    try (InputStream body = answer.body()) {
      byte[] first = body.readNBytes(SHORT_BYTES);
      Content.Sink.write(response, first.length < SHORT_BYTES, ByteBuffer.wrap(first));
      if (first.length == SHORT_BYTES) {
        try (OutputStream out = Content.Sink.asOutputStream(response)) {
          copy(body, out);
        }
      }
    }
  }

  private static void copy(InputStream body, OutputStream out) throws IOException {
    byte[] buffer = new byte[COPY_BYTES];
    for (int n = body.read(buffer); n >= 0; n = body.read(buffer)) {
      out.write(buffer, 0, n);
    }
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException("the HTTP server did not stop", e);
    }
  }
}
