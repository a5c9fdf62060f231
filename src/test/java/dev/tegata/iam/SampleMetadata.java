package dev.tegata.iam;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The metadata document of an identity provider.
public final class SampleMetadata {
  private static final Path FILE = Path.of("src/test/resources/vectors/iam/saml-metadata.xml");

  private SampleMetadata() {}

  /// The document, which does not say how long it holds.
  public static String document() {
    try {
      return Files.readString(FILE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The document with further `attributes` of its root.
  public static String document(String attributes) {
    return document().replace(" entityID=", " " + attributes + " entityID=");
  }
}
