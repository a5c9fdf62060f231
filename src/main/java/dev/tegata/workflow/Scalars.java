package dev.tegata.workflow;

import dev.tegata.expression.Condition;
import dev.tegata.expression.ExpressionException;
import dev.tegata.expression.Template;
import dev.tegata.expression.TemplateTree;
import dev.tegata.expression.Value;
import dev.tegata.expression.Vocabulary;
import dev.tegata.yaml.Node;
import dev.tegata.yaml.Node.Entry;
import dev.tegata.yaml.Node.Mapping;
import dev.tegata.yaml.Node.Scalar;
import dev.tegata.yaml.Node.ScalarType;
import dev.tegata.yaml.Node.Sequence;
import dev.tegata.yaml.YamlException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;

/// Reads the small values of a workflow file: texts, lists of texts, templates, conditions.
final class Scalars {
  private Scalars() {}

  static Mapping mapping(Node node, String name) {
    requireNoTag(node);
    if (node instanceof Mapping mapping) {
      return mapping;
    }
    throw expected(node, name + " is a mapping");
  }

  static List<Node> items(Node node, String name) {
    requireNoTag(node);
    if (node instanceof Sequence sequence) {
      return sequence.items();
    }
    throw expected(node, name + " is a list");
  }

  private static Scalar scalar(Node node, String name) {
    requireNoTag(node);
    if (node instanceof Scalar scalar) {
      return scalar;
    }
    throw expected(node, name + " is a text");
  }

  /// A text that takes no expressions.
  static String text(Node node, String name) {
    return template(node, name, Where.NOWHERE).source();
  }

  /// A text, or a list of texts.
  static List<String> texts(Node node, String name) {
    if (!(node instanceof Sequence)) {
      return List.of(text(node, name));
    }
    return items(node, name).stream().map(item -> text(item, "an item of " + name)).toList();
  }

  static boolean flag(Node node, String name) {
    if (scalar(node, name).type() != ScalarType.BOOLEAN) {
      throw expected(node, name + " is true or false");
    }
    return text(node, name).equals("true");
  }

  static Template template(Node node, String name, Vocabulary where) {
    Scalar scalar = scalar(node, name);
    if (scalar.type() != ScalarType.STRING) {
      return new Template(value(scalar));
    }
    try {
      return Template.parse(scalar.text(), where);
    } catch (ExpressionException e) {
      throw new YamlException(node.place(), name + ": " + e.getMessage());
    }
  }

  static Condition condition(Node node, Vocabulary where) {
    try {
      return Condition.parse(scalar(node, "`if`").text(), where);
    } catch (ExpressionException e) {
      throw new YamlException(node.place(), "in `if`: " + e.getMessage());
    }
  }

  static TemplateTree tree(Node node, Vocabulary where) {
    requireNoTag(node);
    return switch (node) {
      case Scalar scalar -> new TemplateTree.Leaf(template(scalar, "the value", where));
      case Sequence sequence ->
          new TemplateTree.Items(sequence.items().stream().map(item -> tree(item, where)).toList());
      case Mapping mapping -> {
        SequencedMap<String, TemplateTree> members = new LinkedHashMap<>();
        for (Entry entry : mapping.entries()) {
          members.put(entry.key().text(), tree(entry.value(), where));
        }
        yield new TemplateTree.Members(members);
      }
    };
  }

  /// A mapping of names to texts, such as `env`.
  static SequencedMap<String, Template> templates(Node node, String name, Vocabulary where) {
    SequencedMap<String, Template> templates = new LinkedHashMap<>();
    for (Entry entry : mapping(node, name).entries()) {
      String key = entry.key().text();
      templates.put(key, template(entry.value(), "`" + key + "`", where));
    }
    return templates;
  }

  /// A mapping of names of environment variables to texts.
  static SequencedMap<String, Template> env(Node node, Vocabulary where) {
    for (Entry entry : mapping(node, "`env`").entries()) {
      String name = entry.key().text();
      if (name.isEmpty() || name.indexOf('=') >= 0 || name.indexOf('\0') >= 0) {
        throw new YamlException(
            entry.key().place(), "`%s` cannot name an environment variable".formatted(name));
      }
    }
    return templates(node, "`env`", where);
  }

  private static Value value(Scalar scalar) {
    String text = scalar.text().toLowerCase(Locale.ROOT);
    return switch (scalar.type()) {
      case STRING -> new Value.Text(scalar.text());
      case NULL -> new Value.Null();
      case BOOLEAN -> new Value.Bool(text.equals("true"));
      case NUMBER ->
          switch (text) {
            case ".inf", "+.inf" -> new Value.Num(Double.POSITIVE_INFINITY);
            case "-.inf" -> new Value.Num(Double.NEGATIVE_INFINITY);
            default -> Value.Num.parse(text);
          };
    };
  }

  static YamlException expected(Node node, String expectation) {
    return new YamlException(node.place(), "%s, not %s".formatted(expectation, node.kind()));
  }

  private static void requireNoTag(Node node) {
    if (!node.tag().isEmpty()) {
      throw new YamlException(
          node.place(), "the tag `%s` has no meaning in a workflow".formatted(node.tag()));
    }
  }
}
