package dev.tegata.expression;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The word that a writer probably meant.
public final class Nearest {
  private static final int MAX_LENGTH = 64;
  private static final int SHORTEST_BEGINNING = 3;

  private Nearest() {}

  /// The one of `words` that differs least from `word`, when it does not differ by much.
  public static Optional<String> to(String word, Collection<String> words) {
    if (word.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    return words.stream()
        .filter(candidate -> isNear(word, candidate))
        .min(
            Comparator.<String>comparingInt(candidate -> distance(word, candidate))
                .thenComparing(Comparator.naturalOrder()));
  }

  /// All of `words`, the most alike first.
  public static List<String> first(String word, Collection<String> words) {
    String start = word.substring(0, Math.min(MAX_LENGTH, word.length()));
    return words.stream()
        .sorted(
            Comparator.<String>comparingInt(candidate -> distance(start, candidate))
                .thenComparing(Comparator.naturalOrder()))
        .toList();
  }

  private static boolean isNear(String word, String candidate) {
    boolean oneBeginsTheOther =
        Math.min(word.length(), candidate.length()) >= SHORTEST_BEGINNING
            && (word.startsWith(candidate) || candidate.startsWith(word));
    return oneBeginsTheOther || distance(word, candidate) <= Math.max(1, candidate.length() / 3);
  }

  /// Ends a message about an unknown word: the nearest known one, or all of them.
  public static String offer(String word, Collection<String> words) {
    return to(word, words)
        .map(nearest -> "did you mean `" + nearest + "`?")
        .orElseGet(() -> "known are " + String.join(", ", words.stream().sorted().toList()));
  }

  /// How many letters have to be put in, left out, changed or swapped with their neighbor.
  private static int distance(String from, String to) {
    String a = from.toLowerCase(Locale.ROOT);
    String b = to.toLowerCase(Locale.ROOT);
    int[][] cost = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          cost[i][j] = i + j;
          continue;
        }
        int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        cost[i][j] =
            Math.min(cost[i - 1][j - 1] + change, 1 + Math.min(cost[i - 1][j], cost[i][j - 1]));
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          cost[i][j] = Math.min(cost[i][j], cost[i - 2][j - 2] + 1);
        }
      }
    }
    return cost[a.length()][b.length()];
  }
}
