package dev.tegata.expression;

import dev.tegata.expression.Value.Array;
import dev.tegata.expression.Value.Bool;
import dev.tegata.expression.Value.Fields;
import dev.tegata.expression.Value.Null;
import dev.tegata.expression.Value.Num;
import dev.tegata.expression.Value.Text;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.io.JsonStringEncoder;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Values as JSON, indented by two spaces as `toJSON` writes them.
public final class Json {
  private static final int MAX_DEPTH = 100;
  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private Json() {}

  /// Reads `text`.
  ///
  /// @throws ExpressionException when it is not one JSON value
  public static Value read(String text) {
    try {
      JsonNode node = MAPPER.readTree(text);
      if (node.isMissingNode()) {
        throw new ExpressionException("an empty text is not JSON");
      }
      return value(node);
    } catch (JacksonException e) {
      throw new ExpressionException("the text is not JSON: " + e.getOriginalMessage());
    }
  }

  private static Value value(JsonNode node) {
    return switch (node.getNodeType()) {
      case ARRAY -> {
        List<Value> items = new ArrayList<>();
        node.forEach(item -> items.add(value(item)));
        yield new Array(items);
      }
      case OBJECT -> {
        SequencedMap<String, Value> members = new LinkedHashMap<>();
        node.properties().forEach(member -> members.put(member.getKey(), value(member.getValue())));
        yield new Fields(members, false);
      }
      case BOOLEAN -> new Bool(node.asBoolean());
      case NUMBER -> new Num(node.doubleValue());
      case STRING -> new Text(node.asString());
      case BINARY, MISSING, NULL, POJO -> new Value.Null();
    };
  }

  /// The JSON of `value`.
  public static String write(Value value) {
    StringBuilder json = new StringBuilder();
    write(value, "\n", json);
    return json.toString();
  }

  private static void write(Value value, String newLine, StringBuilder json) {
    switch (value) {
      case Null() -> json.append("null");
      case Bool(boolean flag) -> json.append(flag);
      case Num _ -> json.append(value.text());
      case Text(String text) -> quote(text, json);
      case Array(var items, var _) when items.isEmpty() -> json.append("[]");
      case Array(var items, var _) -> {
        String separator = "[";
        for (Value item : items) {
          json.append(separator).append(newLine).append("  ");
          write(item, newLine + "  ", json);
          separator = ",";
        }
        json.append(newLine).append(']');
      }
      case Fields(var members, var _) when members.isEmpty() -> json.append("{}");
      case Fields(var members, var _) -> {
        String separator = "{";
        for (Map.Entry<String, Value> member : members.entrySet()) {
          json.append(separator).append(newLine).append("  ");
          quote(member.getKey(), json);
          json.append(": ");
          write(member.getValue(), newLine + "  ", json);
          separator = ",";
        }
        json.append(newLine).append('}');
      }
    }
  }

  private static void quote(String text, StringBuilder json) {
    json.append('"').append(JsonStringEncoder.getInstance().quoteAsCharArray(text)).append('"');
  }
}
