package dev.tegata.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Header fields in their order of arrival; a name may occur several times.
///
/// Names are compared without regard to case.
///
/// Source: <https://www.rfc-editor.org/rfc/rfc9110#section-5>
public record Headers(List<Field> fields) {

  /// One header line.
  public record Field(String name, String value) {}

  public Headers {
    fields = List.copyOf(fields);
  }

  /// Headers from names and values in turn.
  public static Headers of(String... namesAndValues) {
    List<Field> fields = new ArrayList<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      fields.add(new Field(namesAndValues[i], namesAndValues[i + 1]));
    }
    return new Headers(fields);
  }

  /// The value of the first field called `name`.
  public Optional<String> first(String name) {
    for (Field field : fields) {
      if (field.name().equalsIgnoreCase(name)) {
        return Optional.of(field.value());
      }
    }
    return Optional.empty();
  }

  /// The values of all fields called `name`, in order.
  public List<String> all(String name) {
    return fields.stream()
        .filter(field -> field.name().equalsIgnoreCase(name))
        .map(Field::value)
        .toList();
  }

  /// These headers and one more field.
  public Headers with(String name, String value) {
    List<Field> more = new ArrayList<>(fields);
    more.add(new Field(name, value));
    return new Headers(more);
  }
}
