package dev.tegata.simulation;

import dev.tegata.aws.IamError.InvalidInput;
import dev.tegata.aws.Refusal;
import dev.tegata.match.IpNetwork;
import dev.tegata.match.Timestamp;
import dev.tegata.policy.Context;
import java.math.BigDecimal;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.iam.model.ContextEntry;

/// The condition keys that a simulation is given.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ContextEntry.html>
public record GivenContext(Context context, SortedSet<String> names) {
  private static final String LIST = "List";
  private static final Pattern BASE64 =
      Pattern.compile("([A-Za-z0-9+/]{4})*+([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?");
  private static final Pattern EXPONENT = Pattern.compile("[eE]");

  /// So many digits a number written with an exponent may come to.
  private static final int MAX_DIGITS = 10_000;

  /// Reads the entries of a request.
  ///
  /// @throws Refusal when one has no name, an unknown type, or a value that is not of its type
  static GivenContext of(List<ContextEntry> entries) {
    Context.Builder context = Context.builder();
    SortedSet<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    for (ContextEntry entry : entries) {
      String name = entry.contextKeyName();
      if (name == null && entry.contextKeyType() == null && !entry.hasContextKeyValues()) {
        continue;
      }
      if (name == null || name.isEmpty()) {
        throw invalid("ContextKeyName cannot be null or empty.");
      }
      if (!names.add(name)) {
        throw invalid("Duplicate context key: " + name + ".");
      }
      put(name, entry, context);
    }
    return new GivenContext(context.build(), names);
  }

  private static void put(String name, ContextEntry entry, Context.Builder context) {
    String type = entry.contextKeyTypeAsString();
    if (type == null) {
      throw invalid("Context key " + name + " has invalid type null.");
    }
    List<String> values = entry.contextKeyValues();
    if (values.isEmpty()) {
      throw invalid("Context values for context key " + name + " cannot be null or empty.");
    }
    boolean many = type.endsWith(LIST);
    if (!many && values.size() > 1) {
      throw invalid(
          "Context key %s expected a single value, but received %d."
              .formatted(type, values.size()));
    }
    String scalar = many ? type.substring(0, type.length() - LIST.length()) : type;
    List<String> texts = values.stream().map(value -> text(name, scalar, value)).toList();
    if (many) {
      context.putAll(name, texts);
    } else {
      context.put(name, texts.getFirst());
    }
  }

  private static String text(String name, String type, String value) {
    return switch (type) {
      case "numeric" -> orRefuse(name, number(value), "numeric format");
      case "date" ->
          orRefuse(name, Timestamp.parse(value).isPresent() ? value : null, "DateTime format");
      case "ip" ->
          orRefuse(name, IpNetwork.address(value).isPresent() ? value : null, "IP address");
      case "binary" ->
          orRefuse(
              name,
              BASE64.matcher(value).matches() ? value : null,
              "base-64 encoded binary format");
      default -> value;
    };
  }

  private static String orRefuse(String name, @Nullable String value, String expected) {
    if (value == null) {
      throw invalid("Invalid context value for key %s: expected %s.".formatted(name, expected));
    }
    return value;
  }

  /// The number without an exponent, which policies do not know; null when it is none.
  private static @Nullable String number(String text) {
    try {
      BigDecimal number = new BigDecimal(text);
      if (!EXPONENT.matcher(text).find()) {
        return text;
      }
      long digits = Math.abs((long) number.scale()) + number.precision();
      return digits > MAX_DIGITS ? null : number.toPlainString();
    } catch (NumberFormatException _) {
      return null;
    }
  }

  private static Refusal invalid(String message) {
    return new Refusal(new InvalidInput(message));
  }
}
