package dev.tegata.keys;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.crypto.tink.AccessesPartialKey;
import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.AesGcmKey;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import dev.tegata.token.Spares;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// AES-256-GCM keys, of which one seals and all open.
///
/// A text that a ring has sealed can be opened by that ring only, and only for the purpose that it
/// was sealed for.
///
/// Source: <https://developers.google.com/tink/aead>
public final class KeyRing implements Sealing {
  static {
    try {
      AeadConfig.register();
    } catch (GeneralSecurityException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private static final int PREFIX_LENGTH = 5;
  private static final int NONCE_LENGTH = 12;
  private static final int TAG_BITS = 128;
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final Spares<Cipher> CIPHERS =
      new Spares<>(() -> Cipher.getInstance("AES/GCM/NoPadding"));

  private final KeysetHandle keyset;
  private final Aead aead;
  private final byte[] prefix;
  private final SecretKey sealingKey;

  @AccessesPartialKey // to seal as Tink does
  private KeyRing(KeysetHandle keyset) throws GeneralSecurityException {
    this.keyset = keyset;
    this.aead = keyset.getPrimitive(RegistryConfiguration.get(), Aead.class);
    AesGcmKey primary = (AesGcmKey) keyset.getPrimary().getKey();
    this.prefix = primary.getOutputPrefix().toByteArray();
    this.sealingKey =
        new SecretKeySpec(primary.getKeyBytes().toByteArray(InsecureSecretKeyAccess.get()), "AES");
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

  /// This ring with one more key, which seals from now on.
  KeyRing withNewKey() {
    try {
      return new KeyRing(
          KeysetHandle.newBuilder(keyset)
              .addEntry(
                  KeysetHandle.generateEntryFromParameters(PredefinedAeadParameters.AES256_GCM)
                      .withRandomId()
                      .makePrimary())
              .build());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java platform has no AES-256-GCM", e);
    }
  }

  /// This ring with the keys of `ids` alone, among which must be the one that seals.
  KeyRing withOnly(Set<Integer> ids) {
    KeysetHandle.Builder builder = KeysetHandle.newBuilder();
    for (int i = 0; i < keyset.size(); i++) {
      KeysetHandle.Entry entry = keyset.getAt(i);
      if (ids.contains(entry.getId())) {
        KeysetHandle.Builder.Entry kept =
            KeysetHandle.importKey(entry.getKey()).withFixedId(entry.getId());
        builder.addEntry(entry.isPrimary() ? kept.makePrimary() : kept);
      }
    }
    try {
      return new KeyRing(builder.build());
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("a ring cannot do without the key that seals", e);
    }
  }

  /// The ids of its keys, in the order in which they came.
  List<Integer> keyIds() {
    return IntStream.range(0, keyset.size()).map(i -> keyset.getAt(i).getId()).boxed().toList();
  }

  /// Whether one of its keys is the one that `sealed` names: what Tink seals begins with a version
  /// and the key's id.
  boolean names(byte[] sealed) {
    return sealed.length > PREFIX_LENGTH
        && keyIds().contains(ByteBuffer.wrap(sealed, 1, 4).getInt());
  }

  /// Writes what Tink would: its own way to a nonce costs each new thread a random generator and a
  /// look for classes, which on virtual threads is each request.
  @Override
  public byte[] seal(byte[] plain, String purpose) {
    byte[] nonce = new byte[NONCE_LENGTH];
    RANDOM.nextBytes(nonce);
    try {
      return CIPHERS.lend(cipher -> {
        cipher.init(Cipher.ENCRYPT_MODE, sealingKey, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(purpose.getBytes(UTF_8));
        int head = prefix.length + NONCE_LENGTH;
        byte[] sealed = Arrays.copyOf(prefix, head + cipher.getOutputSize(plain.length));
        System.arraycopy(nonce, 0, sealed, prefix.length, NONCE_LENGTH);
        cipher.doFinal(plain, 0, plain.length, sealed, head);
        return sealed;
      });
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("sealing failed", e);
    }
  }

  @Override
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
