package dev.tegata.match;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PrefixTreeTest {

  static IntStream seeds() {
    return IntStream.range(0, 20);
  }

  private static String text(Random random) {
    return random
        .ints(random.nextInt(7), 0, 3)
        .mapToObj(i -> String.valueOf((char) ('a' + i)))
        .reduce("", String::concat);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void the_values_found_are_those_whose_prefix_begins_the_text(int seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 500; i++) {
      List<PrefixTree.Entry<String>> entries =
          random
              .ints(random.nextInt(12), 0, 100)
              .mapToObj(_ -> text(random))
              .map(prefix -> new PrefixTree.Entry<>(prefix, prefix))
              .toList();
      String text = text(random);
      List<String> found = new ArrayList<>();
      PrefixTree.of(entries).anyMatch(text, value -> !found.add(value));
      assertThat(found)
          .containsExactlyInAnyOrderElementsOf(
              entries.stream().map(PrefixTree.Entry::value).filter(text::startsWith).toList());
    }
  }

  @Test
  void the_search_ends_with_the_first_value_that_passes() {
    PrefixTree<String> tree =
        PrefixTree.of(
            List.of(new PrefixTree.Entry<>("ab", "longer"), new PrefixTree.Entry<>("", "none")));
    List<String> asked = new ArrayList<>();
    assertThat(
            tree.anyMatch(
                "abc",
                value -> {
                  asked.add(value);
                  return true;
                }))
        .isTrue();
    assertThat(asked).containsExactly("none");
  }
}
