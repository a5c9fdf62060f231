package dev.tegata.yaml;

import dev.tegata.yaml.Node.Entry;
import dev.tegata.yaml.Node.Mapping;
import dev.tegata.yaml.Node.Place;
import dev.tegata.yaml.Node.Scalar;
import dev.tegata.yaml.Node.ScalarType;
import dev.tegata.yaml.Node.Sequence;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/// Reads one YAML document.
public final class Yaml {
  /// The longest document that is read, in characters.
  public static final int MAX_LENGTH = 1 << 20;

  private static final int MAX_DEPTH = 50;
  private static final int MAX_NODES = 200_000;
  private static final LoadSettings SETTINGS =
      LoadSettings.builder()
          .setSchema(new CoreSchema())
          .setAllowDuplicateKeys(true) // refused below, with the place of the second one
          .setAllowNonScalarKeys(true) // likewise
          .setCodePointLimit(MAX_LENGTH)
          .setMaxAliasesForCollections(MAX_DEPTH)
          .setUseMarks(true)
          .build();

  private final Set<org.snakeyaml.engine.v2.nodes.Node> open = new HashSet<>();
  private int nodes;

  private Yaml() {}

  /// Reads `text`.
  ///
  /// @throws YamlException when it is not one document of YAML, or larger, deeper or more
  ///   repetitive than a document of this kind has reason to be
  public static Node read(String text) {
    Place start = new Place(1, 1);
    if (text.length() > MAX_LENGTH) {
      throw new YamlException(start, "the document is longer than " + MAX_LENGTH + " characters");
    }
    try {
      return new Compose(SETTINGS)
          .composeString(text)
          .map(root -> new Yaml().convert(root, 1))
          .orElseThrow(() -> new YamlException(start, "the document is empty"));
    } catch (MarkedYamlEngineException e) {
      throw new YamlException(
          e.getProblemMark().map(Yaml::place).orElse(start), firstLine(e.getProblem()));
    } catch (YamlEngineException e) {
      throw new YamlException(start, firstLine(String.valueOf(e.getMessage())));
    } catch (YamlException e) {
      throw e;
    } catch (IllegalArgumentException e) {
      throw new YamlException(start, "the document has a tag that is none"); // such as `!%20`
    } catch (StackOverflowError e) {
      throw new YamlException(start, "the document is nested too deeply");
    }
  }

  private Node convert(org.snakeyaml.engine.v2.nodes.Node node, int depth) {
    Place place = node.getStartMark().map(Yaml::place).orElse(new Place(1, 1));
    if (++nodes > MAX_NODES) {
      throw new YamlException(place, "the document has more than " + MAX_NODES + " nodes");
    }
    if (depth > MAX_DEPTH) {
      throw new YamlException(place, "the document is nested more than " + MAX_DEPTH + " deep");
    }
    if (node instanceof ScalarNode scalar) {
      return new Scalar(place, localTag(node), type(scalar), scalar.getValue());
    }
    if (!open.add(node)) {
      throw new YamlException(place, "the alias leads back into itself");
    }
    Node converted =
        node instanceof SequenceNode sequence
            ? new Sequence(place, localTag(node), items(sequence, depth))
            : new Mapping(place, localTag(node), entries((MappingNode) node, depth));
    open.remove(node);
    return converted;
  }

  private List<Node> items(SequenceNode sequence, int depth) {
    List<Node> items = new ArrayList<>();
    for (org.snakeyaml.engine.v2.nodes.Node item : sequence.getValue()) {
      items.add(convert(item, depth + 1));
    }
    return items;
  }

  private List<Entry> entries(MappingNode mapping, int depth) {
    List<Entry> entries = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (NodeTuple tuple : mapping.getValue()) {
      Node key = convert(tuple.getKeyNode(), depth + 1);
      if (!(key instanceof Scalar name)) {
        throw new YamlException(key.place(), "a key is a scalar, not " + key.kind());
      }
      if (!names.add(name.text())) {
        throw new YamlException(key.place(), "the key `" + name.text() + "` occurs twice");
      }
      entries.add(new Entry(name, convert(tuple.getValueNode(), depth + 1)));
    }
    return entries;
  }

  private static ScalarType type(ScalarNode scalar) {
    if (!scalar.isPlain()) {
      return ScalarType.STRING;
    }
    Tag tag = scalar.getTag();
    if (tag.equals(Tag.INT) || tag.equals(Tag.FLOAT)) {
      return ScalarType.NUMBER;
    }
    if (tag.equals(Tag.BOOL)) {
      return ScalarType.BOOLEAN;
    }
    return tag.equals(Tag.NULL) ? ScalarType.NULL : ScalarType.STRING;
  }

  private static String localTag(org.snakeyaml.engine.v2.nodes.Node node) {
    String tag = node.getTag().getValue();
    return tag.startsWith("!") ? tag : "";
  }

  private static Place place(Mark mark) {
    return new Place(mark.getLine() + 1, mark.getColumn() + 1);
  }

  private static String firstLine(String message) {
    return message.lines().findFirst().orElse(message);
  }
}
