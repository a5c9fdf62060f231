package dev.tegata.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The parameters of a query string or of a form, decoded, in their order.
///
/// A name may occur several times; where one value is asked for, the first counts, as at AWS.
///
/// Source: <https://url.spec.whatwg.org/#urlencoded-parsing>
public record Query(List<Parameter> parameters) {
  /// A request with more parameters than this is refused.
  public static final int MAX_PARAMETERS = 10_000;

  /// One `name=value`; a parameter without `=` has the empty value.
  public record Parameter(String name, String value) {}

  public Query {
    parameters = List.copyOf(parameters);
  }

  /// Reads `raw`, which is a query string without its `?`, or a form's body.
  ///
  /// @throws IllegalArgumentException when an escape is broken or there are too many parameters
  public static Query parse(String raw) {
    List<Parameter> parameters = new ArrayList<>();
    int start = 0;
    while (start < raw.length()) {
      int end = raw.indexOf('&', start);
      end = end < 0 ? raw.length() : end;
      if (end > start) {
        parameters.add(parameter(raw.substring(start, end)));
      }
      if (parameters.size() > MAX_PARAMETERS) {
        throw new IllegalArgumentException("more than " + MAX_PARAMETERS + " parameters");
      }
      start = end + 1;
    }
    return new Query(parameters);
  }

  private static Parameter parameter(String pair) {
    int equals = pair.indexOf('=');
    return equals < 0
        ? new Parameter(PercentEncoding.decodeForm(pair), "")
        : new Parameter(
            PercentEncoding.decodeForm(pair.substring(0, equals)),
            PercentEncoding.decodeForm(pair.substring(equals + 1)));
  }

  /// The value of the first parameter called exactly `name`.
  public Optional<String> first(String name) {
    for (Parameter parameter : parameters) {
      if (parameter.name().equals(name)) {
        return Optional.of(parameter.value());
      }
    }
    return Optional.empty();
  }

  /// Whether a parameter is called exactly `name`, with or without a value.
  public boolean has(String name) {
    return first(name).isPresent();
  }
}
