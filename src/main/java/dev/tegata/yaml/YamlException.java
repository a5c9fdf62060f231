package dev.tegata.yaml;

import dev.tegata.yaml.Node.Place;

/// A document that cannot be read, and the place where reading stopped making sense.
///
/// Readers above throw it too, for a document that is YAML but not what they expect.
public final class YamlException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  private final transient Place place;

  public YamlException(Place place, String message) {
    super(message);
    this.place = place;
  }

  public Place place() {
    return place;
  }

  /// The sentence an editor can jump from: `file:line:column: message`.
  public String in(String file) {
    return file + ":" + place + ": " + getMessage();
  }
}
