package dev.tegata.database;

import java.util.Arrays;

/// Bytes that were encrypted before they came here, by a key that the database never holds.
public final class Sealed {
  private final byte[] bytes;

  public Sealed(byte[] bytes) {
    this.bytes = bytes.clone();
  }

  /// A copy of the bytes, for whoever can open them.
  public byte[] bytes() {
    return bytes.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Sealed sealed && Arrays.equals(sealed.bytes, bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return "Sealed[" + bytes.length + " bytes]";
  }
}
