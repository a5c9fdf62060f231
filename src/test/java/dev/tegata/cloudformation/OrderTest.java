package dev.tegata.cloudformation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OrderTest {
  static IntStream seeds() {
    return IntStream.range(0, 50);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void each_comes_after_those_it_depends_on(int seed) {
    Random random = new Random(seed);
    TreeMap<String, NavigableSet<String>> dependencies = new TreeMap<>();
    List<String> names = new ArrayList<>(IntStream.range(0, 20).mapToObj(i -> "R" + i).toList());
    Collections.shuffle(names, random);
    for (int i = 0; i < names.size(); i++) {
      NavigableSet<String> before = new TreeSet<>();
      for (int j = 0; j < i; j++) {
        if (random.nextInt(4) == 0) {
          before.add(names.get(j));
        }
      }
      dependencies.put(names.get(i), before);
    }
    assertThat(Order.of(dependencies)).isInstanceOf(Order.Sorted.class);
    if (Order.of(dependencies) instanceof Order.Sorted(var sorted)) {
      assertThat(sorted).containsExactlyInAnyOrderElementsOf(names);
      dependencies.forEach((name, before) ->
          assertThat(sorted.subList(0, sorted.indexOf(name))).containsAll(before));
    }
  }

  @Test
  void the_circle_is_told_without_what_only_leads_to_it() {
    assertThat(
            Order.of(
                new TreeMap<>(
                    Map.of(
                        "A", new TreeSet<>(List.of("D")),
                        "B", new TreeSet<>(List.of("C")),
                        "C", new TreeSet<>(List.of("D")),
                        "D", new TreeSet<>(List.of("B", "E")),
                        "E", new TreeSet<>()))))
        .isEqualTo(new Order.Circle(List.of("B", "C", "D", "B")));
  }
}
