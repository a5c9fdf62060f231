package dev.tegata.entity;

import static java.util.stream.Collectors.toMap;

import dev.tegata.aws.Table;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// How much of each thing an account may have: what operations hold to, and what GetAccountSummary
/// tells, are the same numbers.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountSummary.html>
public final class Quota {
  private static final SequencedMap<String, Integer> SUMMARY =
      Table.read("/entity/summary.tsv").rows().stream()
          .collect(
              toMap(
                  List::getFirst,
                  row -> Integer.valueOf(row.getLast()),
                  (one, _) -> one,
                  LinkedHashMap::new));

  private Quota() {}

  /// The quota that GetAccountSummary calls `name` and `Quota`, such as `Users`.
  public static int of(String name) {
    Integer quota = SUMMARY.get(name + "Quota");
    if (quota == null) {
      throw new IllegalArgumentException("there is no quota `" + name + "`");
    }
    return quota;
  }

  /// What is told of every account: its quotas, and what there is none of here.
  public static SequencedMap<String, Integer> summary() {
    return Collections.unmodifiableSequencedMap(SUMMARY);
  }
}
