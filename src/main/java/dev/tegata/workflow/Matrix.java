package dev.tegata.workflow;

import dev.tegata.expression.ExpressionException;
import dev.tegata.expression.Value;
import dev.tegata.expression.Value.Array;
import dev.tegata.expression.Value.Fields;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/// Makes the rows of a matrix, each of which becomes a job.
///
/// Source:
/// <https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idstrategymatrix>
public final class Matrix {
  private static final int MAX_ROWS = 256;
  private static final int MAX_NAME = 100;

  private final SequencedMap<String, List<Value>> vectors = new LinkedHashMap<>();
  private final List<Fields> include;
  private final List<Fields> exclude;

  private Matrix(Fields matrix) {
    matrix
        .members()
        .forEach((name, value) -> {
          if (!name.equals("include") && !name.equals("exclude")) {
            vectors.put(name, items(name, value));
          }
        });
    this.include = objects("include", matrix);
    this.exclude = objects("exclude", matrix);
  }

  /// The rows of `matrix`: every combination, the last vector varying fastest, without those that
  /// `exclude` names, and with what `include` adds to them or after them.
  ///
  /// @throws ExpressionException when it is no matrix, or has no rows, or too many
  public static List<Fields> expand(Value matrix) {
    if (!(matrix instanceof Fields fields)) {
      throw new ExpressionException("`matrix` is an object of lists");
    }
    List<Fields> rows = new Matrix(fields).rows();
    if (rows.isEmpty()) {
      throw new ExpressionException("`matrix` has no rows");
    }
    return rows;
  }

  private static List<Value> items(String name, Value value) {
    if (value instanceof Array(var items, var _) && !items.isEmpty()) {
      return items;
    }
    throw new ExpressionException(
        "`%s` in `matrix` is a list with at least one item".formatted(name));
  }

  private static List<Fields> objects(String name, Fields matrix) {
    Value value = matrix.get(name);
    if (value instanceof Value.Null) {
      return List.of();
    }
    List<Fields> objects = new ArrayList<>();
    if (value instanceof Array(var items, var _)) {
      for (Value item : items) {
        if (item instanceof Fields fields) {
          objects.add(fields);
        }
      }
      if (objects.size() == items.size()) {
        return objects;
      }
    }
    throw new ExpressionException("`%s` in `matrix` is a list of objects".formatted(name));
  }

  private List<Fields> rows() {
    List<SequencedMap<String, Value>> rows = combinations();
    rows.removeIf(row -> exclude.stream().anyMatch(item -> agrees(item, row, item.members())));
    int combinations = rows.size();
    for (Fields item : include) {
      boolean added = false;
      for (SequencedMap<String, Value> row : rows.subList(0, combinations)) {
        if (agrees(item, row, vectors)) {
          item.members()
              .forEach((name, value) -> {
                if (!vectors.containsKey(name)) {
                  row.put(name, value);
                }
              });
          added = true;
        }
      }
      if (!added) {
        rows.add(new LinkedHashMap<>(item.members()));
      }
      requireFew(rows.size());
    }
    return rows.stream().map(Fields::of).toList();
  }

  private List<SequencedMap<String, Value>> combinations() {
    List<SequencedMap<String, Value>> rows = new ArrayList<>();
    if (vectors.isEmpty()) {
      return rows;
    }
    rows.add(new LinkedHashMap<>());
    vectors.forEach((name, values) -> {
      List<SequencedMap<String, Value>> before = List.copyOf(rows);
      requireFew((long) before.size() * values.size());
      rows.clear();
      for (SequencedMap<String, Value> row : before) {
        for (Value value : values) {
          SequencedMap<String, Value> longer = new LinkedHashMap<>(row);
          longer.put(name, value);
          rows.add(longer);
        }
      }
    });
    return rows;
  }

  /// Whether `row` has the values that `item` has, of those that are named `among` these.
  private static boolean agrees(Fields item, Map<String, Value> row, Map<String, ?> among) {
    return item.members().entrySet().stream()
        .filter(member -> among.containsKey(member.getKey()))
        .allMatch(member -> member.getValue().equals(row.get(member.getKey())));
  }

  private static void requireFew(long rows) {
    if (rows > MAX_ROWS) {
      throw new ExpressionException("`matrix` has more than %d rows".formatted(MAX_ROWS));
    }
  }

  /// What tells the jobs of a matrix apart in their names, such as ` (ubuntu, 3.12)`.
  public static String suffix(Fields row) {
    List<String> texts = new ArrayList<>();
    collect(row, texts);
    String all = String.join(", ", texts);
    String shown = all.length() > MAX_NAME ? all.substring(0, MAX_NAME) + "..." : all;
    return shown.isEmpty() ? "" : " (" + shown + ")";
  }

  private static void collect(Value value, List<String> texts) {
    switch (value) {
      case Fields(var members, var _) -> members.values().forEach(member -> collect(member, texts));
      case Array(var items, var _) -> items.forEach(item -> collect(item, texts));
      case Value.Null _, Value.Bool _, Value.Num _, Value.Text _ -> texts.add(value.text());
    }
  }
}
