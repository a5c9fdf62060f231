package dev.tegata.aws;

import dev.tegata.aws.CommonError.MalformedInput;
import dev.tegata.http.Query;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.utils.builder.Buildable;

/// Reads the parameters of one form into the fields of a request.
///
/// `Tags.member.2.Key=a` is the key of the second tag, and `Tags=` a list without items. Of two
/// parameters with one name the first counts; `member.01` is `member.1`; numbers may leave gaps.
/// How deep a name is followed depends on the request's class alone.
final class FormReader {
  private static final Pattern LEADING_ZEROS = Pattern.compile("\\.0+(?=[0-9])");

  private final NavigableMap<String, String> values = new TreeMap<>();

  FormReader(Query form) {
    for (Query.Parameter parameter : form.parameters()) {
      values.putIfAbsent(
          parameter.name().contains(".0")
              ? LEADING_ZEROS.matcher(parameter.name()).replaceAll(".")
              : parameter.name(),
          parameter.value());
    }
  }

  void readInto(SdkPojo request) {
    readInto(request, "");
  }

  private void readInto(SdkPojo structure, String prefix) {
    for (SdkField<?> field : structure.sdkFields()) {
      value(field, prefix + field.locationName()).ifPresent(value -> field.set(structure, value));
    }
  }

  private Optional<Object> value(SdkField<?> field, String name) {
    return switch (field.marshallingType().getKnownType()) {
      case SDK_POJO -> structure(field, name);
      case LIST -> list(field.getTrait(ListTrait.class).memberFieldInfo(), name);
      case MAP -> map(field.getTrait(MapTrait.class).valueFieldInfo(), name);
      case STRING -> text(name).map(text -> text);
      case INTEGER -> text(name).map(text -> integer(name, text));
      case BOOLEAN -> text(name).map(text -> bool(name, text));
      default -> throw new IllegalStateException("no operation here reads " + name);
    };
  }

  private Optional<String> text(String name) {
    return Optional.ofNullable(values.get(name));
  }

  private Optional<Object> structure(SdkField<?> field, String name) {
    String prefix = name + ".";
    String first = values.ceilingKey(prefix);
    if (!values.containsKey(name) && (first == null || !first.startsWith(prefix))) {
      return Optional.empty();
    }
    SdkPojo structure = field.constructor().get();
    readInto(structure, prefix);
    return Optional.of(((Buildable) structure).build());
  }

  private Optional<Object> list(SdkField<?> item, String name) {
    String prefix = name + ".member.";
    List<Object> items = new ArrayList<>();
    for (int index : indices(prefix)) {
      items.add(required(item, prefix + index));
    }
    return items.isEmpty() && !values.containsKey(name) ? Optional.empty() : Optional.of(items);
  }

  private Optional<Object> map(SdkField<?> item, String name) {
    String prefix = name + ".entry.";
    Map<String, Object> entries = new LinkedHashMap<>();
    for (int index : indices(prefix)) {
      String key = values.get(prefix + index + ".key");
      if (key == null) {
        throw malformed("an entry without a key at " + prefix + index);
      }
      entries.putIfAbsent(key, required(item, prefix + index + ".value"));
    }
    return entries.isEmpty() && !values.containsKey(name) ? Optional.empty() : Optional.of(entries);
  }

  private Object required(SdkField<?> field, String name) {
    return value(field, name).orElseThrow(() -> malformed("no value at " + name));
  }

  /// The numbers that follow `prefix` in the names of parameters.
  private SortedSet<Integer> indices(String prefix) {
    SortedSet<Integer> indices = new TreeSet<>();
    for (String name : values.tailMap(prefix).keySet()) {
      if (!name.startsWith(prefix)) {
        break;
      }
      int end = name.indexOf('.', prefix.length());
      String digits = name.substring(prefix.length(), end < 0 ? name.length() : end);
      int index = digits.startsWith("+") ? 0 : integer(name, digits);
      if (index < 1) {
        throw malformed("items are counted from 1, unlike " + name);
      }
      indices.add(index);
    }
    return indices;
  }

  /// Accepts a sign and leading zeros, as AWS does, and nothing else beside ASCII digits.
  private static Integer integer(String name, String text) {
    int digits = text.startsWith("+") || text.startsWith("-") ? 1 : 0;
    try {
      if (text.chars().skip(digits).allMatch(c -> c >= '0' && c <= '9')) {
        return Integer.valueOf(text);
      }
    } catch (NumberFormatException e) {
      // too large, or no digit at all: refused like the others
    }
    throw malformed("not an integer at " + name);
  }

  private static Boolean bool(String name, String text) {
    return switch (text) {
      case "true", "1" -> true;
      case "false", "0" -> false;
      default -> throw malformed("not a boolean at " + name);
    };
  }

  private static Refusal malformed(String message) {
    return new Refusal(new MalformedInput(message));
  }
}
