package dev.tegata.cloudformation;

import dev.tegata.cloudformation.Expression.Base64;
import dev.tegata.cloudformation.Expression.FindInMap;
import dev.tegata.cloudformation.Expression.If;
import dev.tegata.cloudformation.Expression.Join;
import dev.tegata.cloudformation.Expression.ListOf;
import dev.tegata.cloudformation.Expression.Literal;
import dev.tegata.cloudformation.Expression.MapOf;
import dev.tegata.cloudformation.Expression.Member;
import dev.tegata.cloudformation.Expression.Select;
import dev.tegata.cloudformation.Expression.Split;
import dev.tegata.yaml.Node;
import dev.tegata.yaml.Node.Entry;
import dev.tegata.yaml.Node.Mapping;
import dev.tegata.yaml.Node.Scalar;
import dev.tegata.yaml.Node.Sequence;
import dev.tegata.yaml.YamlException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Reads the values of a template, in which functions may stand.
final class ExpressionReader {
  private final Names names;

  ExpressionReader(Names names) {
    this.names = names;
  }

  Expression read(Node node) {
    Optional<Call> call = Call.in(node);
    if (call.isPresent()) {
      return function(call.get());
    }
    return switch (node) {
      case Scalar scalar -> literal(scalar);
      case Sequence sequence ->
          new ListOf(sequence.place(), sequence.items().stream().map(this::read).toList());
      case Mapping mapping -> members(mapping);
    };
  }

  MapOf members(Mapping mapping) {
    return new MapOf(mapping.place(), mapping.entries().stream().map(this::member).toList());
  }

  static Literal literal(Scalar scalar) {
    return switch (scalar.type()) {
      case NULL ->
          throw new YamlException(scalar.place(), "a template cannot hold a null: leave it out");
      case BOOLEAN ->
          new Literal(scalar.place(), scalar.type(), scalar.text().toLowerCase(Locale.ROOT));
      case STRING, NUMBER -> new Literal(scalar.place(), scalar.type(), scalar.text());
    };
  }

  private Member member(Entry entry) {
    return new Member(entry.key().place(), entry.key().text(), read(entry.value()));
  }

  private Expression function(Call call) {
    return switch (call.function()) {
      case "Ref" -> names.reference(call.place(), call.text("a name"));
      case "Fn::Base64" -> new Base64(call.place(), read(call.argument()));
      case "Fn::FindInMap" -> findInMap(call);
      case "Fn::GetAtt" -> getAtt(call);
      case "Fn::If" -> conditional(call);
      case "Fn::Join" -> join(call);
      case "Fn::Select" -> select(call);
      case "Fn::Split" -> split(call);
      case "Fn::Sub" -> new SubReader(names, this).read(call);
      default -> throw call.refused();
    };
  }

  private Expression findInMap(Call call) {
    List<Node> items = call.items("a mapping", "a top-level key", "a second-level key");
    if (items.getFirst() instanceof Scalar name && name.tag().isEmpty()) {
      names.requireMapping(name.place(), name.text());
    }
    return new FindInMap(call.place(), read(items.get(0)), read(items.get(1)), read(items.get(2)));
  }

  private Expression getAtt(Call call) {
    if (call.argument() instanceof Sequence) {
      List<Node> items = call.items("a resource", "an attribute");
      return names.attribute(
          call.place(),
          call.text(items.get(0), "the name of a resource"),
          call.text(items.get(1), "the name of an attribute"));
    }
    String text = call.text("a resource and an attribute");
    int dot = text.indexOf('.');
    if (dot < 0) {
      throw call.fault("`Fn::GetAtt` takes `resource.attribute`, not `" + text + "`");
    }
    return names.attribute(call.place(), text.substring(0, dot), text.substring(dot + 1));
  }

  private Expression conditional(Call call) {
    List<Node> items = call.items("a condition", "the value if it holds", "the value if not");
    String condition = call.text(items.getFirst(), "the name of a condition");
    names.requireCondition(items.getFirst().place(), condition);
    return new If(call.place(), condition, read(items.get(1)), read(items.get(2)));
  }

  private Expression join(Call call) {
    List<Node> items = call.items("a delimiter", "a list");
    String delimiter = call.text(items.getFirst(), "a delimiter");
    return new Join(call.place(), delimiter, read(items.get(1)));
  }

  private Expression select(Call call) {
    List<Node> items = call.items("an index", "a list");
    return new Select(call.place(), read(items.get(0)), read(items.get(1)));
  }

  private Expression split(Call call) {
    List<Node> items = call.items("a delimiter", "a string");
    String delimiter = call.text(items.getFirst(), "a delimiter");
    if (delimiter.isEmpty()) {
      throw call.fault("`Fn::Split` takes a delimiter, not an empty string");
    }
    return new Split(call.place(), delimiter, read(items.get(1)));
  }
}
