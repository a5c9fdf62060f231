package dev.tegata.token;

import java.security.GeneralSecurityException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/// Objects that are costly to make and serve one thread at a time, such as ciphers: a spare one is
/// lent to who needs one, or a new one where none is left.
///
/// An object that failed is not lent again.
public final class Spares<T> {
  private final Queue<T> spares = new ConcurrentLinkedQueue<>();
  private final Source<T> source;

  public Spares(Source<T> source) {
    this.source = source;
  }

  /// Makes a new object.
  @FunctionalInterface
  public interface Source<T> {
    T make() throws GeneralSecurityException;
  }

  /// What is done with an object that is lent.
  @FunctionalInterface
  public interface Use<T, R> {
    R with(T lent) throws GeneralSecurityException;
  }

  /// The result of `use`, which must not keep the object.
  public <R> R lend(Use<T, R> use) throws GeneralSecurityException {
    T spare = spares.poll();
    T lent = spare == null ? source.make() : spare;
    R result = use.with(lent);
    spares.add(lent);
    return result;
  }
}
