package dev.tegata.policy;

import dev.tegata.match.Template;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The condition keys of one request and their values. Names are compared without regard to case.
///
/// A key has one value or is multivalued; a multivalued key with one value is still multivalued,
/// and only the set operators `ForAnyValue:` and `ForAllValues:` look into it.
///
/// Source:
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html>
public final class Context implements Template.Values {
  private final Map<String, Value> values;

  private Context(Map<String, Value> values) {
    this.values = values;
  }

  /// What a key holds.
  public sealed interface Value {
    record Single(String text) implements Value {}

    record Multi(List<String> texts) implements Value {
      public Multi {
        texts = List.copyOf(texts);
      }
    }
  }

  /// No keys at all.
  public static Context empty() {
    return builder().build();
  }

  public static Builder builder() {
    return new Builder();
  }

  /// The value of `key`, in whatever case it is written.
  public Optional<Value> get(String key) {
    return Optional.ofNullable(values.get(fold(key)));
  }

  /// Every key, in small letters, and its value, in the order of the keys.
  public Map<String, Value> values() {
    return Collections.unmodifiableMap(new TreeMap<>(values));
  }

  /// The value of a key that is already in small letters.
  @Nullable Value find(String foldedKey) {
    return values.get(foldedKey);
  }

  @Override
  public @Nullable String value(String foldedKey) {
    return values.get(foldedKey) instanceof Value.Single(var text) ? text : null;
  }

  static String fold(String key) {
    return key.toLowerCase(Locale.ROOT);
  }

  /// Gathers the keys of a request; the last value of a key counts.
  public static final class Builder {
    private Map<String, Value> values = new HashMap<>();

    private Builder() {}

    public Builder put(String key, String value) {
      values.put(fold(key), new Value.Single(value));
      return this;
    }

    /// Makes `key` multivalued.
    public Builder putAll(String key, List<String> texts) {
      values.put(fold(key), new Value.Multi(texts));
      return this;
    }

    /// Takes over every key of `other`.
    public Builder putAll(Context other) {
      values.putAll(other.values);
      return this;
    }

    /// The keys that were put so far, after which the builder is empty.
    public Context build() {
      Context built = new Context(values);
      values = new HashMap<>();
      return built;
    }
  }
}
