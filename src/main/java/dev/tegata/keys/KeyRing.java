package dev.tegata.keys;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import java.security.GeneralSecurityException;
import java.util.Optional;

/// AES-256-GCM keys, of which one seals and all open.
///
/// A text that a ring has sealed can be opened by that ring only, and only for the purpose that it
/// was sealed for.
///
/// Source: <https://developers.google.com/tink/aead>
public final class KeyRing {
  static {
    try {
      AeadConfig.register();
    } catch (GeneralSecurityException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final KeysetHandle keyset;
  private final Aead aead;

  private KeyRing(KeysetHandle keyset) throws GeneralSecurityException {
    this.keyset = keyset;
    this.aead = keyset.getPrimitive(RegistryConfiguration.get(), Aead.class);
  }

  /// A ring with one new key.
  public static KeyRing create() {
    try {
      return new KeyRing(
          KeysetHandle.newBuilder()
              .addEntry(
                  KeysetHandle.generateEntryFromParameters(PredefinedAeadParameters.AES256_GCM)
                      .withRandomId()
                      .makePrimary())
              .build());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java platform has no AES-256-GCM", e);
    }
  }

  /// Reads what [#unsafeText] wrote.
  ///
  /// @throws IllegalArgumentException when it did not write this
  static KeyRing parse(String text) {
    try {
      return new KeyRing(
          TinkJsonProtoKeysetFormat.parseKeyset(
              text, RegistryConfiguration.get(), InsecureSecretKeyAccess.get()));
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("not a key ring", e);
    }
  }

  /// The keys themselves, in the clear: for the one file or sealed record that keeps them.
  String unsafeText() {
    try {
      return TinkJsonProtoKeysetFormat.serializeKeyset(
          keyset, RegistryConfiguration.get(), InsecureSecretKeyAccess.get());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a key ring cannot be written", e);
    }
  }

  /// Seals `plain` for `purpose`.
  public byte[] seal(byte[] plain, String purpose) {
    try {
      return aead.encrypt(plain, purpose.getBytes(UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("sealing failed", e);
    }
  }

  /// What was sealed for `purpose`, or nothing when another ring, another purpose or nobody sealed
  /// it.
  public Optional<byte[]> open(byte[] sealed, String purpose) {
    try {
      return Optional.of(aead.decrypt(sealed, purpose.getBytes(UTF_8)));
    } catch (GeneralSecurityException e) {
      return Optional.empty();
    }
  }

  @Override
  public String toString() {
    return "KeyRing[hidden]";
  }
}
