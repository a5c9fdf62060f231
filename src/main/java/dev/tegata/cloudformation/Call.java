package dev.tegata.cloudformation;

import dev.tegata.yaml.Node;
import dev.tegata.yaml.Node.Entry;
import dev.tegata.yaml.Node.Mapping;
import dev.tegata.yaml.Node.Place;
import dev.tegata.yaml.Node.Scalar;
import dev.tegata.yaml.Node.ScalarType;
import dev.tegata.yaml.Node.Sequence;
import dev.tegata.yaml.YamlException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A function and what it is called with, under its long name: `!Sub` is `Fn::Sub`.
record Call(Place place, String function, Node argument) {
  private static final Set<String> KNOWN =
      Set.of(
          "Condition",
          "Fn::And",
          "Fn::Base64",
          "Fn::Equals",
          "Fn::FindInMap",
          "Fn::GetAtt",
          "Fn::If",
          "Fn::Join",
          "Fn::Not",
          "Fn::Or",
          "Fn::Select",
          "Fn::Split",
          "Fn::Sub",
          "Ref");

  /// The call that `node` is, if it is one.
  static Optional<Call> in(Node node) {
    if (!node.tag().isEmpty()) {
      return Optional.of(new Call(node.place(), longName(node.tag()), untagged(node)));
    }
    if (!(node instanceof Mapping mapping)) {
      return Optional.empty();
    }
    for (Entry entry : mapping.entries()) {
      Scalar key = entry.key();
      boolean alone = mapping.entries().size() == 1;
      if (key.text().startsWith("Fn::") && !alone) {
        throw new YamlException(
            key.place(),
            "`%s` is a function and stands alone in its mapping".formatted(key.text()));
      }
      if (key.text().startsWith("Fn::") || (key.text().equals("Ref") && alone)) {
        return Optional.of(new Call(key.place(), key.text(), entry.value()));
      }
    }
    return Optional.empty();
  }

  /// The argument, which is one string: `what` says which.
  String text(String what) {
    return text(argument, what);
  }

  /// One of the arguments, which is a string that no function makes.
  String text(Node node, String what) {
    if (node instanceof Scalar(var _, var tag, var type, var text)
        && tag.isEmpty()
        && type != ScalarType.NULL) {
      return text;
    }
    throw new YamlException(
        node.place(), "`%s` takes %s, not %s".formatted(function, what, kind(node)));
  }

  /// The arguments, which are a list: `names` says of what.
  List<Node> items(String... names) {
    String wanted =
        "`%s` takes a list of %d: %s".formatted(function, names.length, String.join(", ", names));
    if (!(argument instanceof Sequence list) || !list.tag().isEmpty()) {
      throw fault(wanted + "; not " + kind(argument));
    }
    if (list.items().size() != names.length) {
      throw fault(wanted + "; not of " + list.items().size());
    }
    return list.items();
  }

  /// The function cannot be carried out: says what can be done about it.
  YamlException refused() {
    String advice =
        switch (function.startsWith("Fn::ForEach::") ? "Fn::ForEach" : function) {
          case "Fn::And", "Fn::Equals", "Fn::Not", "Fn::Or", "Condition" ->
              "it makes a condition: name it under Conditions, and choose by it with `Fn::If`";
          case "Fn::Cidr", "Fn::GetAZs" ->
              "there is no network here: write out the list, or make it a parameter";
          case "Fn::GetStackOutput", "Fn::ImportValue" ->
              "there is no other stack here: make it a parameter, and give its value";
          case "Fn::ForEach", "Fn::Length", "Fn::ToJsonString" ->
              "it belongs to the macro AWS::LanguageExtensions, and "
                  + TemplateReader.MACROS_ARE_NOT_RUN;
          case "Fn::Transform" -> TemplateReader.MACROS_ARE_NOT_RUN;
          default -> "";
        };
    return fault(
        advice.isEmpty()
            ? "`%s` is not a function%s".formatted(function, Spelling.suggestion(function, KNOWN))
            : "`%s` cannot be used here: %s".formatted(function, advice));
  }

  YamlException fault(String message) {
    return new YamlException(place, message);
  }

  private static String kind(Node node) {
    return node.tag().isEmpty() ? node.kind() : "`" + longName(node.tag()) + "`";
  }

  private static String longName(String tag) {
    String name = tag.substring(1);
    return name.equals("Ref") || name.equals("Condition") ? name : "Fn::" + name;
  }

  private static Node untagged(Node node) {
    return switch (node) {
      case Scalar(var place, var _, var type, var text) -> new Scalar(place, "", type, text);
      case Sequence(var place, var _, var items) -> new Sequence(place, "", items);
      case Mapping(var place, var _, var entries) -> new Mapping(place, "", entries);
    };
  }
}
