package dev.tegata.cloudformation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.SequencedSet;
import java.util.SortedMap;
import java.util.TreeSet;

/// The order in which things come that depend on each other.
///
/// Of several that could come next, the first by name does: how the file is arranged changes
/// nothing.
sealed interface Order {

  record Sorted(List<String> names) implements Order {}

  /// There is none. The path begins and ends with the first of its names in the alphabet.
  record Circle(List<String> path) implements Order {}

  /// `dependencies` has for each name those that come before it, each of which is a key as well.
  static Order of(SortedMap<String, NavigableSet<String>> dependencies) {
    Map<String, Integer> missing = new HashMap<>();
    Map<String, List<String>> dependents = new HashMap<>();
    TreeSet<String> ready = new TreeSet<>();
    dependencies.forEach((name, before) -> {
      missing.put(name, before.size());
      before.forEach(other -> dependents.computeIfAbsent(other, _ -> new ArrayList<>()).add(name));
      if (before.isEmpty()) {
        ready.add(name);
      }
    });
    List<String> sorted = new ArrayList<>();
    while (!ready.isEmpty()) {
      String name = ready.removeFirst();
      sorted.add(name);
      missing.remove(name);
      for (String dependent : dependents.getOrDefault(name, List.of())) {
        if (missing.merge(dependent, -1, Integer::sum) == 0) {
          ready.add(dependent);
        }
      }
    }
    return missing.isEmpty()
        ? new Sorted(List.copyOf(sorted))
        : new Circle(circle(dependencies, new TreeSet<>(missing.keySet())));
  }

  /// Each of those `left` waits for another of them: following the first one leads in a circle.
  private static List<String> circle(
      Map<String, NavigableSet<String>> dependencies, NavigableSet<String> left) {
    SequencedSet<String> path = new LinkedHashSet<>();
    String name = left.first();
    while (path.add(name)) {
      name =
          dependencies.getOrDefault(name, left).stream()
              .filter(left::contains)
              .findFirst()
              .orElseThrow();
    }
    List<String> steps = List.copyOf(path);
    List<String> circle = new ArrayList<>(steps.subList(steps.indexOf(name), steps.size()));
    Collections.rotate(circle, -circle.indexOf(Collections.min(circle)));
    circle.add(circle.getFirst());
    return circle;
  }
}
