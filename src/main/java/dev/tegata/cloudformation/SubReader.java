package dev.tegata.cloudformation;

import dev.tegata.cloudformation.Expression.Part;
import dev.tegata.cloudformation.Expression.Sub;
import dev.tegata.yaml.Node;
import dev.tegata.yaml.Node.Entry;
import dev.tegata.yaml.Node.Mapping;
import dev.tegata.yaml.Node.Place;
import dev.tegata.yaml.Node.Sequence;
import dev.tegata.yaml.YamlException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// Reads `Fn::Sub`: a text with variables, and perhaps a mapping of further variables.
///
/// Source:
/// <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-sub.html>
final class SubReader {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.:]+");

  private final Names names;
  private final ExpressionReader expressions;

  SubReader(Names names, ExpressionReader expressions) {
    this.names = names;
    this.expressions = expressions;
  }

  Sub read(Call call) {
    if (!(call.argument() instanceof Sequence)) {
      String text = call.text("a string, or a list of a string and a mapping of variables");
      return new Sub(call.place(), parts(call.argument().place(), text, Map.of()), Map.of());
    }
    List<Node> items = call.items("a string", "a mapping of variables");
    String text = call.text(items.get(0), "a string");
    Map<String, Expression> variables = variables(items.get(1));
    return new Sub(call.place(), parts(items.get(0).place(), text, variables), variables);
  }

  private Map<String, Expression> variables(Node node) {
    if (!(node instanceof Mapping mapping) || !node.tag().isEmpty()) {
      throw new YamlException(
          node.place(), "`Fn::Sub` takes a mapping of variables, not " + node.kind());
    }
    Map<String, Expression> variables = new LinkedHashMap<>();
    for (Entry entry : mapping.entries()) {
      variables.put(entry.key().text(), expressions.read(entry.value()));
    }
    return variables;
  }

  private List<Part> parts(Place place, String text, Map<String, Expression> variables) {
    List<Part> parts = new ArrayList<>();
    int read = 0;
    int open = text.indexOf("${");
    int close = text.indexOf('}', open);
    while (open >= 0 && close >= 0) {
      parts.add(new Part.Text(text.substring(read, open)));
      String name = text.substring(open + 2, close);
      parts.add(variables.containsKey(name) ? new Part.Variable(name) : part(place, name));
      read = close + 1;
      open = text.indexOf("${", read);
      close = text.indexOf('}', open);
    }
    parts.add(new Part.Text(text.substring(read)));
    return parts;
  }

  private Part part(Place place, String name) {
    if (name.startsWith("!")) {
      return new Part.Text("${" + name.substring(1) + "}");
    }
    if (name.contains(":") && !name.startsWith("AWS::")) {
      throw new YamlException(
          place,
          "the template has no `%s`; write `${!%s}` for the variable of a policy"
              .formatted(name, name));
    }
    if (!NAME.matcher(name).matches()) {
      throw new YamlException(
          place,
          "a variable of `Fn::Sub` is letters, digits, `_`, `.` and `:`, not `%s`; write `${!%s}`"
                  .formatted(name, name)
              + " for the text itself");
    }
    int dot = name.indexOf('.');
    return new Part.Reference(
        dot < 0
            ? names.reference(place, name)
            : names.attribute(place, name.substring(0, dot), name.substring(dot + 1)));
  }
}
