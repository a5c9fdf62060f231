package dev.tegata.token;

/// The name of a key within a JWK set, `kid`: any text, compared exactly.
///
/// Source: <https://www.rfc-editor.org/rfc/rfc7517#section-4.5>
public record KeyId(String text) {
  @Override
  public String toString() {
    return text;
  }
}
