package dev.tegata.cloudformation;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;

/// Guesses which known name a misspelt one was meant to be.
final class Spelling {
  private static final int MAX_LENGTH = 100;

  private Spelling() {}

  /// The end of a message about `wrong`: `, did you mean X?`, or nothing when no name is near.
  static String suggestion(String wrong, Collection<String> known) {
    if (wrong.length() > MAX_LENGTH) {
      return "";
    }
    return known.stream()
        .filter(name -> name.length() <= MAX_LENGTH)
        .sorted()
        .min(Comparator.comparingInt(name -> distance(wrong, name)))
        .filter(name -> distance(wrong, name) <= Math.max(1, name.length() / 3))
        .map(", did you mean `%s`?"::formatted)
        .orElse("");
  }

  /// How many letters are to be added, dropped or changed; capitals do not count.
  private static int distance(String left, String right) {
    String a = left.toLowerCase(Locale.ROOT);
    String b = right.toLowerCase(Locale.ROOT);
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int changed = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(changed, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
