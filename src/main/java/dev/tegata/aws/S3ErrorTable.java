package dev.tegata.aws;

import dev.tegata.aws.AwsError.Wire;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Collectors;

/// The wire forms of S3's failures.
final class S3ErrorTable {
  /// Stands where a value is told in the message only.
  private static final String UNTOLD = "-";

  private static final Map<String, Row> ROWS =
      Table.read("/aws/s3-errors.tsv").rows().stream()
          .collect(Collectors.toUnmodifiableMap(List::getFirst, Row::of));

  private S3ErrorTable() {}

  private record Row(String code, int status, String message, List<String> details) {
    static Row of(List<String> cells) {
      String details = cells.get(4);
      return new Row(
          cells.get(1),
          Integer.parseInt(cells.get(2)),
          cells.get(3),
          details.isEmpty() ? List.of() : List.of(details.split(",", -1)));
    }
  }

  /// The form of `failure` with its values, one for each of the row's details.
  static Wire wire(String failure, Object... values) {
    Row row = ROWS.get(failure);
    if (row == null || row.details().size() != values.length) {
      throw new IllegalStateException("no row of the S3 errors fits " + failure);
    }
    SequencedMap<String, String> details = new LinkedHashMap<>();
    for (int i = 0; i < values.length; i++) {
      if (!row.details().get(i).equals(UNTOLD)) {
        details.put(row.details().get(i), values[i].toString());
      }
    }
    return new Wire(row.code(), row.status(), row.message().formatted(values), details);
  }
}
