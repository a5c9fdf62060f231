package dev.tegata.aws;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;

/// The lengths, ranges, patterns and required members that a service demands of its requests.
///
/// They come from AWS's model of the service, as a table with a row for each member about which it
/// says anything. The messages are AWS's; what is secret is never repeated in one.
///
/// Source: <https://smithy.io/2.0/spec/constraint-traits.html>
public final class Constraints {
  private static final String HEADER =
      "operation\tmember\ttype\trequired\tmin\tmax\tpattern\tenum\tsecret";

  /// By operation and member, such as `CreateRole.Tags.member.Key`.
  private final Map<String, Constraint> rows;

  private final ViolationStyle style;

  private Constraints(Map<String, Constraint> rows, ViolationStyle style) {
    this.rows = Map.copyOf(rows);
    this.style = style;
  }

  /// The table of `service`, such as `iam`.
  ///
  /// @throws IllegalArgumentException when it has a bad row: an error of this program
  static Constraints load(String service) {
    String file = "/aws/" + service + "-constraints.tsv";
    try (InputStream in = Constraints.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalArgumentException("there is no table of constraints for " + service);
      }
      return parse(new String(in.readAllBytes(), UTF_8), ViolationStyle.of(service));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Constraints parse(String table, ViolationStyle style) {
    List<String> lines = table.lines().toList();
    if (lines.isEmpty() || !lines.getFirst().equals(HEADER)) {
      throw new IllegalArgumentException("a table of constraints starts with `" + HEADER + "`");
    }
    Map<String, Constraint> rows = new HashMap<>();
    for (String line : lines.subList(1, lines.size())) {
      if (line.startsWith("#")) {
        continue;
      }
      String[] columns = Arrays.copyOf(line.split("\t", -1), Constraint.COLUMNS);
      for (int i = 0; i < columns.length; i++) {
        columns[i] = columns[i] == null ? "" : columns[i];
      }
      if (rows.put(columns[0] + "." + columns[1], Constraint.parse(columns)) != null) {
        throw new IllegalArgumentException("two rows for `" + columns[0] + " " + columns[1] + "`");
      }
    }
    return new Constraints(rows, style);
  }

  /// Lets a request of `operation` pass, or refuses it with all that it violates.
  public void check(String operation, SdkPojo request) {
    Violations found = style.violations();
    checkFields(request, member(operation, ""), found);
    found
        .refusal()
        .ifPresent(refusal -> {
          throw refusal;
        });
  }

  /// A member on the way through a request: its row in the table, the row's constraint, and how a
  /// message calls it, such as `tags.1.member.key`.
  private record Member(String row, String path, Constraint constraint) {}

  private Member member(String row, String path) {
    return new Member(row, path, rows.getOrDefault(row, Constraint.NONE));
  }

  private void checkFields(SdkPojo structure, Member parent, Violations found) {
    for (SdkField<?> field : structure.sdkFields()) {
      String name = field.locationName();
      String path = parent.path.isEmpty() ? "" : parent.path + ".";
      Member member = member(parent.row + "." + name, path + Members.lowerFirst(name));
      Optional<Object> value = Members.value(field, structure);
      if (value.isPresent()) {
        checkValue(value.get(), member, found);
      } else if (member.constraint.required()) {
        found.absent(member.path);
      }
    }
  }

  private void checkValue(Object value, Member member, Violations found) {
    Constraint constraint = member.constraint;
    Violations.Place place = new Violations.Place(member.path, constraint.secret());
    switch (value) {
      case String text -> constraint.failures(text).forEach(f -> found.add(place, text, f));
      case Integer number ->
          constraint.failures("value", number).forEach(f -> found.add(place, number, f));
      case SdkPojo structure -> checkFields(structure, member, found);
      case List<?> items -> checkItems(items, member, found);
      default -> {}
    }
  }

  /// Texts are told of in one violation for the whole list, structures in one for each member.
  private void checkItems(List<?> items, Member member, Violations found) {
    Constraint item = member(member.row + ".member", "").constraint;
    boolean texts = items.stream().allMatch(String.class::isInstance);
    Violations.Place place =
        new Violations.Place(member.path, !texts || member.constraint.secret());
    for (String failure : member.constraint.failures("length", items.size())) {
      found.add(place, items, failure);
    }
    if (!texts) {
      for (int i = 0; i < items.size(); i++) {
        String path = member.path + "." + (i + 1) + ".member";
        checkValue(items.get(i), member(member.row + ".member", path), found);
      }
    } else if (items.stream().anyMatch(text -> !item.failures((String) text).isEmpty())) {
      String demands = String.join(", ", item.demands());
      found.add(place, items, "Member must satisfy constraint: [" + demands + "]");
    }
  }
}
