package dev.tegata.store;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/// Maps that keep their order and never change.
final class Ordered {
  private Ordered() {}

  static <V> SequencedMap<String, V> copy(SequencedMap<String, V> map) {
    return Collections.unmodifiableSequencedMap(new LinkedHashMap<>(map));
  }
}
