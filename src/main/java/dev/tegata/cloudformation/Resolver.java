package dev.tegata.cloudformation;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tegata.cloudformation.Expression.GetAtt;
import dev.tegata.cloudformation.Expression.Join;
import dev.tegata.cloudformation.Expression.ListOf;
import dev.tegata.cloudformation.Expression.Literal;
import dev.tegata.cloudformation.Expression.MapOf;
import dev.tegata.cloudformation.Expression.Member;
import dev.tegata.cloudformation.Expression.ParameterRef;
import dev.tegata.cloudformation.Expression.Part;
import dev.tegata.cloudformation.Expression.PseudoRef;
import dev.tegata.cloudformation.Expression.ResourceRef;
import dev.tegata.cloudformation.Expression.Select;
import dev.tegata.cloudformation.Expression.Sub;
import dev.tegata.cloudformation.Value.Absent;
import dev.tegata.cloudformation.Value.Field;
import dev.tegata.cloudformation.Value.Fields;
import dev.tegata.cloudformation.Value.Items;
import dev.tegata.cloudformation.Value.Later;
import dev.tegata.cloudformation.Value.Text;
import dev.tegata.yaml.Node.Place;
import dev.tegata.yaml.YamlException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.regex.Pattern;

/// Works out what expressions come to.
///
/// A part that depends on a resource which does not exist yet comes to [Later], and so does what is
/// made of it; the rest is worked out all the same, and its faults are found.
final class Resolver {
  /// The most characters that functions may make: nested, they grow a short template without end.
  private static final int MAX_LENGTH = 1 << 20;

  private final Facts facts;
  private final Resources resources;
  private int made; // characters

  /// What is known of the resources.
  interface Resources {
    Value ref(ResourceRef ref);

    Value attribute(GetAtt getAtt);
  }

  Resolver(Facts facts, Resources resources) {
    this.facts = facts;
    this.resources = resources;
  }

  Value resolve(Expression expression) {
    return switch (expression) {
      case Literal(var place, var type, var text) -> new Text(place, type, text);
      case ListOf list -> list(list);
      case MapOf map -> fields(map);
      case ParameterRef ref -> facts.parameter(ref);
      case PseudoRef ref -> facts.pseudo(ref);
      case ResourceRef ref -> resources.ref(ref);
      case GetAtt getAtt -> resources.attribute(getAtt);
      case Sub sub -> sub(sub);
      case Join join -> join(join);
      case Select select -> select(select);
      case Expression.Split(var place, var delimiter, var text) ->
          text(text, "what `Fn::Split` splits") instanceof Text(var _, var _, var whole)
              ? split(place, delimiter, whole)
              : new Later(place);
      case Expression.If(var place, var condition, var then, var otherwise) ->
          resolve(facts.holds(place, condition) ? then : otherwise);
      case Expression.FindInMap(var place, var map, var top, var second) ->
          facts.mapped(place, List.of(key(map), key(top), key(second)));
      case Expression.Base64(var place, var text) ->
          text(text, "what `Fn::Base64` encodes") instanceof Text(var _, var _, var plain)
              ? base64(place, plain)
              : new Later(place);
    };
  }

  Fields fields(MapOf map) {
    SequencedMap<String, Field> fields = new LinkedHashMap<>();
    for (Member member : map.members()) {
      Value value = resolve(member.value());
      if (!(value instanceof Absent)) {
        fields.put(member.name(), new Field(member.place(), value));
      }
    }
    return new Fields(map.place(), fields);
  }

  /// A text, or one that is known later; `what` says which text it is.
  Value text(Expression expression, String what) {
    return requireText(expression.place(), resolve(expression), what);
  }

  private static Value requireText(Place place, Value value, String what) {
    if (value instanceof Text || value instanceof Later) {
      return value;
    }
    throw new YamlException(place, what + " is a string, not " + value.kind());
  }

  private Items list(ListOf list) {
    return new Items(
        list.place(),
        list.items().stream()
            .map(this::resolve)
            .filter(item -> !(item instanceof Absent))
            .toList());
  }

  private Value base64(Place place, String text) {
    String encoded = Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    count(place, encoded.length());
    return Value.text(place, encoded);
  }

  private Items split(Place place, String delimiter, String text) {
    count(place, text.length());
    List<Value> items = new ArrayList<>();
    for (String item : text.split(Pattern.quote(delimiter), -1)) {
      items.add(Value.text(place, item));
    }
    return new Items(place, items);
  }

  private Value sub(Sub sub) {
    String what = "a variable of `Fn::Sub`";
    Map<String, Value> variables = new HashMap<>();
    sub.variables().forEach((name, expression) -> variables.put(name, variable(expression, what)));
    List<Value> pieces = new ArrayList<>();
    for (Part part : sub.parts()) {
      pieces.add(
          switch (part) {
            case Part.Text(var text) -> Value.text(sub.place(), text);
            case Part.Variable(var name) -> variables.getOrDefault(name, new Later(sub.place()));
            case Part.Reference(var expression) -> variable(expression, what);
          });
    }
    return joined(sub.place(), "", pieces);
  }

  /// Unlike elsewhere, `AWS::NoValue` is an empty text here.
  private Value variable(Expression expression, String what) {
    Value value = resolve(expression);
    return value instanceof Absent(var place)
        ? Value.text(place, "")
        : requireText(expression.place(), value, what);
  }

  private Value join(Join join) {
    Value items = resolve(join.items());
    return switch (items) {
      case Items(var _, var list) -> joined(join.place(), join.delimiter(), list);
      case Later _ -> new Later(join.place());
      case Text _, Fields _, Absent _ ->
          throw new YamlException(
              join.items().place(), "`Fn::Join` joins a list, not " + items.kind());
    };
  }

  private Value joined(Place place, String delimiter, List<Value> items) {
    StringBuilder text = new StringBuilder();
    boolean known = true;
    for (int i = 0; i < items.size(); i++) {
      String between = i == 0 ? "" : delimiter;
      Value item = items.get(i);
      if (requireText(item.place(), item, "what `Fn::Join` joins") instanceof Text piece) {
        count(place, between.length() + piece.text().length());
        text.append(between).append(piece.text());
      } else {
        known = false;
      }
    }
    return known ? Value.text(place, text.toString()) : new Later(place);
  }

  private void count(Place place, int characters) {
    made += characters;
    if (made > MAX_LENGTH) {
      throw new YamlException(
          place, "the functions make more than " + MAX_LENGTH + " characters of text");
    }
  }

  private Value select(Select select) {
    Value items = resolve(select.items());
    String index = key(select.index());
    return switch (items) {
      case Items(var _, var list) -> selected(select, index, list);
      case Later _ -> new Later(select.place());
      case Text _, Fields _, Absent _ ->
          throw new YamlException(
              select.items().place(), "`Fn::Select` takes from a list, not from " + items.kind());
    };
  }

  private static Value selected(Select select, String index, List<Value> items) {
    try {
      return items.get(Integer.parseInt(index)).at(select.place());
    } catch (NumberFormatException | IndexOutOfBoundsException _) {
      throw new YamlException(
          select.place(),
          "`Fn::Select` takes an index from 0 to %d, not `%s`".formatted(items.size() - 1, index));
    }
  }

  /// A text that must be known now.
  private String key(Expression expression) {
    if (text(expression, "a key or an index") instanceof Text text) {
      return text.text();
    }
    throw new YamlException(
        expression.place(), "a key or an index cannot wait for a resource to be created");
  }
}
