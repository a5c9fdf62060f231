package dev.tegata.simulation;

import dev.tegata.policy.Policy;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.iam.model.Position;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;

/// Where the statements of a policy stand in its text, by line and column from 1 as AWS counts
/// them.
///
/// A statement in a list starts where what is before it ends: behind the bracket, or behind the
/// statement before it. One that is not in a list starts behind its brace. Both end behind their
/// closing brace.
///
/// Only a simulation asks for this, so a policy does not keep it: the text is read again.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_Statement.html>
final class StatementSpans {
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder().maxNameLength(Policy.MAX_LENGTH).build())
          .build();

  record Span(Position start, Position end) {}

  private StatementSpans() {}

  /// The spans of the statements of `policy`, in their order.
  static List<Span> of(Policy policy) {
    try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), policy.toJson())) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        boolean statement = parser.currentName().equals("Statement");
        parser.nextToken();
        if (statement) {
          return statements(parser);
        }
        parser.skipChildren();
      }
      throw new IllegalStateException("a policy without the element Statement");
    }
  }

  private static List<Span> statements(JsonParser parser) {
    Position start = here(parser);
    if (parser.currentToken() == JsonToken.START_OBJECT) {
      parser.skipChildren();
      return List.of(new Span(start, here(parser)));
    }
    List<Span> spans = new ArrayList<>();
    while (parser.nextToken() == JsonToken.START_OBJECT) {
      parser.skipChildren();
      Position end = here(parser);
      spans.add(new Span(start, end));
      start = end;
    }
    return spans;
  }

  private static Position here(JsonParser parser) {
    TokenStreamLocation at = parser.currentLocation();
    return Position.builder().line(at.getLineNr()).column(at.getColumnNr()).build();
  }
}
