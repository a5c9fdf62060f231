package dev.tegata.sharing;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/// What was read, kept until it changes or its room is needed; a thing is read once however many
/// ask for it.
///
/// The rule of the shared state: an entry stands in the map from before its reading begins until it
/// is forgotten. So when [#forget] comes after a commit, whatever was read before that commit is
/// gone from the map, be its reading finished or not, and nobody who asks from then on gets it.
public final class Remembered<K, V> {
  private final AsyncCache<K, V> entries;
  private final Function<K, V> read;

  /// Keeps at most `room`, of which each entry takes what `size` says, and 1 at least.
  public Remembered(long room, ToIntFunction<V> size, Function<K, V> read) {
    this.read = read;
    this.entries =
        Caffeine.newBuilder()
            .maximumWeight(room)
            .<K, V>weigher((_, value) -> Math.max(1, size.applyAsInt(value)))
            .executor(Runnable::run)
            .buildAsync();
  }

  /// What stands for `key`, read if need be.
  public V get(K key) {
    CompletableFuture<V> found =
        Optional.ofNullable(entries.getIfPresent(key)).orElseGet(() -> begin(key));
    try {
      return found.join();
    } catch (CancellationException e) {
      throw fault(e);
    }
  }

  /// The entry that somebody else has begun meanwhile, or one that is read now.
  private CompletableFuture<V> begin(K key) {
    CompletableFuture<V> own = new CompletableFuture<>();
    return Optional.ofNullable(entries.asMap().putIfAbsent(key, own))
        .orElseGet(() -> {
          fill(own, key);
          return own;
        });
  }

  /// Why it was canceled; a future may wrap one cancellation in another.
  private static RuntimeException fault(CancellationException canceled) {
    Throwable cause = canceled;
    while (cause instanceof CancellationException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause instanceof RuntimeException fault ? fault : canceled;
  }

  /// What cannot be read is not kept. A load that is canceled is one of which Caffeine says
  /// nothing: the fault is for those to hear who wait for it.
  private void fill(CompletableFuture<V> entry, K key) {
    try {
      entry.complete(read.apply(key));
    } catch (RuntimeException e) {
      CancellationException canceled = new CancellationException("it could not be read");
      canceled.initCause(e);
      entry.completeExceptionally(canceled);
    }
  }

  /// Forgets what stands for `key`, be it still being read.
  public void forget(K key) {
    entries.asMap().remove(key);
  }

  /// Forgets what is still being read, and the entries of which `which` is true.
  public void forgetIf(BiPredicate<K, V> which) {
    entries
        .asMap()
        .entrySet()
        .removeIf(entry -> {
          CompletableFuture<V> value = entry.getValue();
          return !value.isDone()
              || value.isCompletedExceptionally()
              || which.test(entry.getKey(), value.join());
        });
  }

  public void forgetAll() {
    forgetIf((_, _) -> true);
  }
}
