package dev.tegata.entity;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tegata.aws.CommonError.ValidationError;
import dev.tegata.aws.Refusal;
import dev.tegata.store.Slice;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// A part of a list, and where the next one starts: after the item that the marker names, whether
/// or not it is still there.
public record Page<T>(List<T> items, @Nullable String marker) {
  private static final int DEFAULT_SIZE = 100;

  /// What a request says of the page that it wants.
  public record Wanted(@Nullable String marker, @Nullable Integer maxItems) {}

  /// The wanted page of `all`, in the order of their keys, which are short and ASCII.
  public static <T> Page<T> of(List<T> all, Function<T, String> key, Wanted wanted) {
    String after = wanted.marker == null ? "" : decode(wanted.marker);
    int size = wanted.maxItems == null ? DEFAULT_SIZE : wanted.maxItems;
    List<T> rest =
        all.stream()
            .filter(item -> key.apply(item).compareTo(after) > 0)
            .sorted(Comparator.comparing(key))
            .toList();
    return cut(rest, key, size);
  }

  /// The wanted page of what the store lists in the order of its keys, below a path.
  public static <T> Page<T> read(
      Function<Slice, List<T>> list, String pathPrefix, Function<T, String> key, Wanted wanted) {
    String after = wanted.marker == null ? "" : decode(wanted.marker);
    int size = wanted.maxItems == null ? DEFAULT_SIZE : wanted.maxItems;
    List<T> found = list.apply(new Slice(pathPrefix, after, size + 1));
    return cut(found, key, size);
  }

  /// One of several lists that follow each other: any part of it, in the order of its keys.
  public record Section<T>(Function<Slice, List<T>> list, Function<T, String> key) {}

  /// The wanted page of several lists, of which no more is read than the page takes.
  public static <T> Page<T> across(List<Section<T>> sections, String pathPrefix, Wanted wanted) {
    if (sections.isEmpty()) {
      return new Page<>(List.of(), null);
    }
    String[] after = (wanted.marker == null ? "0/" : decode(wanted.marker)).split("/", 2);
    int size = wanted.maxItems == null ? DEFAULT_SIZE : wanted.maxItems;
    int first = section(after, sections.size());
    List<T> items = new ArrayList<>();
    String last = "";
    for (int i = first; i < sections.size(); i++) {
      Section<T> section = sections.get(i);
      int missing = size - items.size();
      List<T> part =
          section.list.apply(new Slice(pathPrefix, i == first ? after[1] : "", missing + 1));
      if (part.size() > missing) {
        items.addAll(part.subList(0, missing));
        return new Page<>(
            items, encode(missing == 0 ? last : i + "/" + section.key.apply(items.getLast())));
      }
      items.addAll(part);
      last = part.isEmpty() ? last : i + "/" + section.key.apply(part.getLast());
    }
    return new Page<>(items, null);
  }

  private static int section(String[] after, int sections) {
    if (after.length == 2 && after[0].matches("[0-9]{1,2}")) {
      int number = Integer.parseInt(after[0]);
      if (number < sections) {
        return number;
      }
    }
    throw new Refusal(new ValidationError("Invalid Marker."));
  }

  private static <T> Page<T> cut(List<T> rest, Function<T, String> key, int size) {
    return rest.size() <= size
        ? new Page<>(rest, null)
        : new Page<>(rest.subList(0, size), encode(key.apply(rest.get(size - 1))));
  }

  /// The wanted page of `all`, in the order they have.
  public static <T> Page<T> inOrder(List<T> all, Wanted wanted) {
    Page<Integer> places =
        of(IntStream.range(0, all.size()).boxed().toList(), "%06d"::formatted, wanted);
    return new Page<>(places.items.stream().<T>map(all::get).toList(), places.marker);
  }

  public boolean isTruncated() {
    return marker != null;
  }

  private static String encode(String key) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(key.getBytes(UTF_8));
  }

  private static String decode(String marker) {
    try {
      return new String(Base64.getUrlDecoder().decode(marker), UTF_8);
    } catch (IllegalArgumentException e) {
      throw new Refusal(new ValidationError("Invalid Marker."));
    }
  }
}
