package dev.tegata.keys;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tegata.database.Sealed;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/// The secrets that lie sealed in the database, under the master key, each under its name.
///
/// One that is not there yet is made at the first question and kept before it is used. Servers that
/// share a database share its secrets, and need the same master key.
public final class Secrets {
  private final SealedSecrets store;
  private final KeyRing master;

  public Secrets(SealedSecrets store, KeyRing master) {
    this.store = store;
    this.master = master;
  }

  /// The key ring called `name`.
  ///
  /// @throws IllegalArgumentException when it was sealed under another master key
  public KeyRing ring(String name) {
    return secret(
        name,
        KeyRing::create,
        ring -> ring.unsafeText().getBytes(UTF_8),
        bytes -> KeyRing.parse(new String(bytes, UTF_8)));
  }

  /// The text called `name`, if there is one.
  public Optional<String> text(String name) {
    return store.find(name).map(sealed -> new String(opened(name, sealed), UTF_8));
  }

  /// Keeps `text` under `name` if `before` is what is there, and nothing is there where that is
  /// empty; whether it was. Of several servers that do so at once, one succeeds.
  public boolean replaceText(String name, Optional<String> before, String text) {
    Sealed sealed = new Sealed(master.seal(text.getBytes(UTF_8), name));
    Optional<Sealed> found = store.find(name);
    if (found.isEmpty()) {
      return before.isEmpty()
          && Arrays.equals(store.putIfAbsent(name, sealed).bytes(), sealed.bytes());
    }
    String stands = new String(opened(name, found.get()), UTF_8);
    return before.equals(Optional.of(stands)) && store.replace(name, found.get(), sealed);
  }

  private byte[] opened(String name, Sealed sealed) {
    return master
        .open(sealed.bytes(), name)
        .orElseThrow(() ->
            new IllegalArgumentException(
                "the master key is not the one that this database was made with"));
  }

  private <S> S secret(
      String name, Supplier<S> fresh, Function<S, byte[]> write, Function<byte[], S> read) {
    Sealed sealed =
        store
            .find(name)
            .orElseGet(() ->
                store.putIfAbsent(name, new Sealed(master.seal(write.apply(fresh.get()), name))));
    return read.apply(opened(name, sealed));
  }
}
