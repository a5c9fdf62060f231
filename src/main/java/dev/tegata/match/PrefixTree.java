package dev.tegata.match;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Values filed under prefixes, so that those whose prefix begins a text are found in steps of that
/// text's length, whatever else is in the tree.
public final class PrefixTree<T> {
  private final String edge;
  private final List<T> values;
  private final char[] firsts;
  private final List<PrefixTree<T>> children;

  /// A value and the prefix that it is filed under.
  public record Entry<T>(String prefix, T value) {}

  private PrefixTree(String edge, List<T> values, List<PrefixTree<T>> children) {
    this.edge = edge;
    this.values = List.copyOf(values);
    this.children = List.copyOf(children);
    this.firsts = new char[children.size()];
    for (int i = 0; i < firsts.length; i++) {
      firsts[i] = children.get(i).edge.charAt(0);
    }
  }

  /// The tree of `entries`; entries under one prefix keep their order.
  public static <T> PrefixTree<T> of(List<Entry<T>> entries) {
    List<Entry<T>> sorted = new ArrayList<>(entries);
    sorted.sort(Comparator.comparing(Entry::prefix));
    return node(sorted, 0, 0);
  }

  /// The node of `entries`, which are sorted and agree in their first `to` characters; its edge are
  /// those from `from` to `to`.
  private static <T> PrefixTree<T> node(List<Entry<T>> entries, int from, int to) {
    List<T> values = new ArrayList<>();
    int i = 0;
    while (i < entries.size() && entries.get(i).prefix().length() == to) {
      values.add(entries.get(i++).value());
    }
    List<PrefixTree<T>> children = new ArrayList<>();
    while (i < entries.size()) {
      int end = i;
      char first = entries.get(i).prefix().charAt(to);
      while (end < entries.size() && entries.get(end).prefix().charAt(to) == first) {
        end++;
      }
      List<Entry<T>> group = entries.subList(i, end);
      children.add(node(group, to, agreement(group, to)));
      i = end;
    }
    String edge = entries.isEmpty() ? "" : entries.getFirst().prefix().substring(from, to);
    return new PrefixTree<>(edge, values, children);
  }

  /// How many characters the sorted `group` has in common, at least `from`.
  private static <T> int agreement(List<Entry<T>> group, int from) {
    String first = group.getFirst().prefix();
    String last = group.getLast().prefix();
    int end = from;
    while (end < first.length() && first.charAt(end) == last.charAt(end)) {
      end++;
    }
    return end;
  }

  /// Whether a value whose prefix `text` begins with passes `test`; asks those with the shortest
  /// prefixes first, and no further than the first that passes.
  public boolean anyMatch(String text, Predicate<? super T> test) {
    PrefixTree<T> node = this;
    int at = 0;
    while (true) {
      for (int i = 0; i < node.values.size(); i++) {
        if (test.test(node.values.get(i))) {
          return true;
        }
      }
      PrefixTree<T> next = at < text.length() ? node.child(text.charAt(at)) : null;
      if (next == null || !text.startsWith(next.edge, at)) {
        return false;
      }
      at += next.edge.length();
      node = next;
    }
  }

  private @Nullable PrefixTree<T> child(char first) {
    int i = Arrays.binarySearch(firsts, first);
    return i < 0 ? null : children.get(i);
  }
}
