package dev.tegata.s3;

import dev.tegata.http.Headers;
import dev.tegata.http.HttpRequest;
import dev.tegata.http.HttpResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/// How long it takes to store and to read an object, without sockets, signatures and policies.
///
/// A PUT counts the syncs of the file, of its folder and of the database.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ObjectBench {
  @Param({"4096", "1048576"})
  public int size;

  private Path folder = Path.of("");
  private byte[] bytes = {};
  private Gateway s3;

  @Setup
  public void open() throws IOException {
    folder = Files.createTempDirectory("object-bench");
    bytes = new byte[size];
    s3 = new Gateway(folder);
    s3.put("/b-1", "");
    put();
  }

  @TearDown
  public void close() throws IOException {
    s3.close();
    try (Stream<Path> files = Files.walk(folder)) {
      List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
      for (Path file : deepestFirst) {
        Files.delete(file);
      }
    }
  }

  @Benchmark
  public HttpResponse put() {
    Headers headers = Headers.of("Content-Length", Integer.toString(size));
    return s3.open(Gateway.request("PUT", "/b-1/key", new ByteArrayInputStream(bytes), headers));
  }

  @Benchmark
  public long get() throws IOException {
    HttpRequest request =
        Gateway.request("GET", "/b-1/key", InputStream.nullInputStream(), Headers.of());
    try (InputStream body = s3.open(request).body()) {
      return body.transferTo(OutputStream.nullOutputStream());
    }
  }

  @Benchmark
  public HttpResponse list() {
    return s3.open(
        Gateway.request("GET", "/b-1?list-type=2", InputStream.nullInputStream(), Headers.of()));
  }
}
