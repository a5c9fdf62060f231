package dev.tegata.expression;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/// What an expression works on: the kinds of JSON.
public sealed interface Value {

  record Null() implements Value {}

  record Bool(boolean value) implements Value {}

  record Num(double value) implements Value {
    /// The number that `text` stands for: 0 for an empty text, NaN for one that is no number.
    public static Num parse(String text) {
      return new Num(Numbers.parse(text));
    }
  }

  record Text(String value) implements Value {}

  /// A list. A filtered one came out of `.*`: an index on it is an index on each of its items.
  record Array(List<Value> items, boolean filtered) implements Value {
    public Array {
      items = List.copyOf(items);
    }

    public Array(List<Value> items) {
      this(items, false);
    }
  }

  /// An object. Its keys are found without regard to case, but for the `env` context's.
  record Fields(SequencedMap<String, Value> members, boolean caseSensitive) implements Value {
    public static final Fields NONE = of(Map.of());

    public Fields {
      members = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(members));
    }

    public static Fields of(Map<String, ? extends Value> members) {
      return new Fields(new LinkedHashMap<>(members), false);
    }

    /// An object of texts.
    public static Fields ofTexts(Map<String, String> texts) {
      SequencedMap<String, Value> members = new LinkedHashMap<>();
      texts.forEach((name, text) -> members.put(name, new Text(text)));
      return new Fields(members, false);
    }

    /// The value of `key`, and null for a key that is not there.
    public Value get(String key) {
      Value exact = members.get(key);
      if (exact != null || caseSensitive) {
        return exact == null ? new Null() : exact;
      }
      for (Map.Entry<String, Value> member : members.entrySet()) {
        if (member.getKey().equalsIgnoreCase(key)) {
          return member.getValue();
        }
      }
      return new Null();
    }
  }

  /// Whether `&&`, `||`, `!` and `if` take this for true: all but null, false, 0, NaN and ''.
  default boolean isTruthy() {
    return switch (this) {
      case Null() -> false;
      case Bool(boolean value) -> value;
      case Num(double value) -> value != 0 && !Double.isNaN(value);
      case Text(String value) -> !value.isEmpty();
      case Array _, Fields _ -> true;
    };
  }

  /// Whether this is neither an array nor an object.
  default boolean isPrimitive() {
    return switch (this) {
      case Null _, Bool _, Num _, Text _ -> true;
      case Array _, Fields _ -> false;
    };
  }

  /// This as a text; arrays and objects give the name of their kind.
  default String text() {
    return switch (this) {
      case Null() -> "";
      case Bool(boolean value) -> Boolean.toString(value);
      case Num(double value) -> Numbers.format(value);
      case Text(String value) -> value;
      case Array _ -> "Array";
      case Fields _ -> "Object";
    };
  }

  /// This as a number; what is none gives NaN.
  default double number() {
    return switch (this) {
      case Null() -> 0;
      case Bool(boolean value) -> value ? 1 : 0;
      case Num(double value) -> value;
      case Text(String value) -> Numbers.parse(value);
      case Array _, Fields _ -> Double.NaN;
    };
  }
}
