package dev.tegata.entity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tegata.aws.Refusal;
import dev.tegata.entity.Page.Section;
import dev.tegata.entity.Page.Wanted;
import dev.tegata.store.Slice;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageTest {
  private static final List<List<String>> LISTS =
      List.of(List.of(), List.of("a", "b", "c"), List.of(), List.of("a", "z/x"), List.of("m"));

  private final List<Integer> asked = new ArrayList<>();

  private List<Section<String>> sections() {
    return LISTS.stream().map(list -> new Section<>(part(list), Function.identity())).toList();
  }

  private Function<Slice, List<String>> part(List<String> list) {
    return slice -> {
      asked.add(slice.limit());
      return list.stream()
          .filter(item -> item.compareTo(slice.after()) > 0)
          .limit(slice.limit())
          .toList();
    };
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 100})
  void pages_across_lists_hold_each_item_once_and_are_full_but_the_last(int size) {
    List<String> all = new ArrayList<>();
    @Nullable String marker = null;
    do {
      Page<String> page = Page.across(sections(), "/", new Wanted(marker, size));
      if (page.isTruncated()) {
        assertThat(page.items()).hasSize(size);
      }
      all.addAll(page.items());
      marker = page.marker();
    } while (marker != null);
    assertThat(all).isEqualTo(LISTS.stream().flatMap(List::stream).toList());
    assertThat(asked).allMatch(limit -> limit <= size + 1);
  }

  @Test
  void a_marker_that_leads_nowhere_is_refused() {
    for (String marker : List.of("?", "OS9h", "YQ", "LTEvYQ")) { // the last three: 9/a, a, -1/a
      assertThatThrownBy(() -> Page.across(sections(), "/", new Wanted(marker, 2)))
          .isInstanceOf(Refusal.class)
          .hasMessage("Invalid Marker.");
    }
  }
}
