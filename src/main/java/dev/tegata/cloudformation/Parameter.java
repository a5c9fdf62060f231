package dev.tegata.cloudformation;

import dev.tegata.cloudformation.Value.Items;
import dev.tegata.yaml.Node;
import dev.tegata.yaml.Node.Scalar;
import dev.tegata.yaml.YamlException;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A parameter of a template: its default, and which values it takes.
///
/// `AllowedPattern` is accepted and not tried: a pattern from a file can stall the program.
///
/// Source:
/// <https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html>
record Parameter(Scalar name, Type type, @Nullable String defaultValue, Limits limits) {
  private static final Set<String> ATTRIBUTES =
      Set.of(
          "AllowedPattern",
          "AllowedValues",
          "ConstraintDescription",
          "Default",
          "Description",
          "MaxLength",
          "MaxValue",
          "MinLength",
          "MinValue",
          "NoEcho",
          "Type");

  /// What a value is; `stored` when the Parameter Store holds it and the default is only its name.
  record Type(boolean list, boolean number, boolean stored) {
    private static final String STORED = "AWS::SSM::Parameter::Value<";
    private static final Set<String> NAMES =
        Set.of("String", "Number", "CommaDelimitedList", "List<Number>");

    static Type read(Scalar type) {
      String text = type.text();
      if (text.startsWith(STORED) && text.endsWith(">")) {
        String held = text.substring(STORED.length(), text.length() - 1);
        return new Type(held.equals("CommaDelimitedList") || held.startsWith("List<"), false, true);
      }
      if (text.startsWith("AWS::") || text.startsWith("List<AWS::")) {
        return new Type(text.startsWith("List<"), false, false);
      }
      if (!NAMES.contains(text)) {
        throw new YamlException(
            type.place(),
            "a parameter is a `String`, `Number`, `CommaDelimitedList`, `List<Number>` or one of"
                + " AWS's own types, not `%s`%s".formatted(text, Spelling.suggestion(text, NAMES)));
      }
      return new Type(
          !text.equals("String") && !text.equals("Number"), text.contains("Number"), false);
    }
  }

  /// `secret` values are not told in messages.
  record Limits(List<String> allowedValues, Range length, Range value, boolean secret) {}

  /// From `least` to `most`, both taken in; either may be missing.
  record Range(@Nullable BigDecimal least, @Nullable BigDecimal most) {
    private boolean covers(BigDecimal number) {
      return (least == null || least.compareTo(number) <= 0)
          && (most == null || most.compareTo(number) >= 0);
    }

    @Override
    public String toString() {
      if (least == null) {
        return "at most " + most;
      }
      return most == null ? "at least " + least : "from " + least + " to " + most;
    }
  }

  static Parameter read(Scalar name, Node node) {
    Section section = Section.of("parameter `" + name.text() + "`", node);
    section.requireOnly(ATTRIBUTES);
    Scalar type =
        section
            .scalar("Type")
            .orElseThrow(
                () -> new YamlException(name.place(), section.subject() + " has no `Type`"));
    Limits limits =
        new Limits(
            section.scalars("AllowedValues").stream().map(Scalar::text).toList(),
            new Range(number(section, "MinLength"), number(section, "MaxLength")),
            new Range(number(section, "MinValue"), number(section, "MaxValue")),
            section
                .scalar("NoEcho")
                .map(Scalar::text)
                .filter("true"::equalsIgnoreCase)
                .isPresent());
    return new Parameter(
        name, Type.read(type), section.scalar("Default").map(Scalar::text).orElse(null), limits);
  }

  private static @Nullable BigDecimal number(Section section, String key) {
    Optional<Scalar> scalar = section.scalar(key);
    if (scalar.isEmpty()) {
      return null;
    }
    return decimal(scalar.get().text())
        .orElseThrow(() ->
            new YamlException(
                scalar.get().place(),
                "`%s` of %s is a number, not `%s`"
                    .formatted(key, section.subject(), scalar.get().text())));
  }

  private static Optional<BigDecimal> decimal(String text) {
    try {
      return Optional.of(new BigDecimal(text));
    } catch (NumberFormatException _) {
      return Optional.empty();
    }
  }

  /// The value when `given` is given, or when nothing is. Empty for one that only the Parameter
  /// Store knows.
  ///
  /// @throws YamlException when there is none, or it is not one that the parameter takes
  Optional<Value> value(@Nullable String given) {
    if (given == null && type.stored()) {
      return Optional.empty();
    }
    String text = given == null ? defaultValue : given;
    if (text == null) {
      throw fault("has no value: give it one, or write a `Default`");
    }
    if (!type.list()) {
      return Optional.of(checked(text));
    }
    return Optional.of(
        new Items(
            name.place(),
            Arrays.stream(text.split(",", -1)).map(String::strip).map(this::checked).toList()));
  }

  private Value checked(String text) {
    String shown = limits.secret() ? "the value given" : "`" + text + "`";
    Optional<BigDecimal> number = decimal(text);
    if (type.number() && number.isEmpty()) {
      throw fault("is a number, not " + shown);
    }
    if (!limits.allowedValues().isEmpty() && !limits.allowedValues().contains(text)) {
      throw fault(
          "is `%s`, not %s".formatted(String.join("` or `", limits.allowedValues()), shown));
    }
    if (!type.list() && !limits.length().covers(BigDecimal.valueOf(text.length()))) {
      throw fault("is %s characters long, unlike %s".formatted(limits.length(), shown));
    }
    if (type.number() && number.isPresent() && !limits.value().covers(number.get())) {
      throw fault("is %s, unlike %s".formatted(limits.value(), shown));
    }
    return Value.text(name.place(), text);
  }

  private YamlException fault(String message) {
    return new YamlException(name.place(), "parameter `%s` %s".formatted(name.text(), message));
  }
}
