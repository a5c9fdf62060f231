package dev.tegata.iam;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Certificates and keys, which hold until the year 2100: `leaf` and `elliptic` were issued by
/// `intermediate`, and that by `root`.
public final class SamplePem {
  private static final Path FOLDER = Path.of("src/test/resources/vectors/certificates");

  private SamplePem() {}

  /// The files of those names, one after the other.
  public static String read(String... names) {
    return Stream.of(names).map(SamplePem::readOne).collect(Collectors.joining());
  }

  private static String readOne(String name) {
    try {
      return Files.readString(FOLDER.resolve(name + ".pem"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
