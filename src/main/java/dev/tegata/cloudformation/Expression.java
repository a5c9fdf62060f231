package dev.tegata.cloudformation;

import dev.tegata.yaml.Node.Place;
import dev.tegata.yaml.Node.ScalarType;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A value as a template writes it: plain data in which functions stand.
///
/// The long and the short form of a function are the same expression. Each name in it is declared
/// by the template.
///
/// Source:
/// <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html>
sealed interface Expression {
  Place place();

  record Literal(Place place, ScalarType type, String text) implements Expression {}

  record ListOf(Place place, List<Expression> items) implements Expression {
    public ListOf {
      items = List.copyOf(items);
    }
  }

  record MapOf(Place place, List<Member> members) implements Expression {
    public MapOf {
      members = List.copyOf(members);
    }
  }

  record Member(Place place, String name, Expression value) {}

  record ParameterRef(Place place, String parameter) implements Expression {}

  record PseudoRef(Place place, Pseudo parameter) implements Expression {}

  record ResourceRef(Place place, String logicalId) implements Expression {}

  record GetAtt(Place place, String logicalId, String attribute) implements Expression {}

  /// `variables` are those that the function brings along, beside the names of the template.
  record Sub(Place place, List<Part> parts, Map<String, Expression> variables)
      implements Expression {
    public Sub {
      parts = List.copyOf(parts);
      variables = new LinkedHashMap<>(variables);
    }
  }

  /// A piece of the text of `Fn::Sub`.
  sealed interface Part {
    record Text(String text) implements Part {}

    record Variable(String name) implements Part {}

    record Reference(Expression expression) implements Part {}
  }

  record Join(Place place, String delimiter, Expression items) implements Expression {}

  record Select(Place place, Expression index, Expression items) implements Expression {}

  record Split(Place place, String delimiter, Expression text) implements Expression {}

  record If(Place place, String condition, Expression then, Expression otherwise)
      implements Expression {}

  record FindInMap(Place place, Expression map, Expression topKey, Expression secondKey)
      implements Expression {}

  record Base64(Place place, Expression text) implements Expression {}

  /// A parameter that every template has.
  ///
  /// Source:
  /// <https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/pseudo-parameter-reference.html>
  enum Pseudo {
    ACCOUNT_ID("AWS::AccountId"),
    NO_VALUE("AWS::NoValue"),
    PARTITION("AWS::Partition"),
    REGION("AWS::Region"),
    STACK_ID("AWS::StackId"),
    STACK_NAME("AWS::StackName"),
    URL_SUFFIX("AWS::URLSuffix");

    private final String text;

    Pseudo(String text) {
      this.text = text;
    }

    String text() {
      return text;
    }

    static Optional<Pseudo> named(String text) {
      return Arrays.stream(values()).filter(pseudo -> pseudo.text.equals(text)).findFirst();
    }
  }
}
