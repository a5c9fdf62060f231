package dev.tegata.s3;

import static dev.tegata.Golden.assertGolden;
import static dev.tegata.s3.Gateway.NOON;
import static dev.tegata.s3.Gateway.OWNER;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tegata.aws.XmlBody;
import dev.tegata.http.Headers;
import dev.tegata.http.PercentEncoding;
import dev.tegata.objects.Blob;
import dev.tegata.objects.Bucket;
import dev.tegata.objects.Precondition;
import dev.tegata.objects.StoredObject;
import dev.tegata.s3.Gateway.Answer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ListObjectsTest {
  private static final Comparator<String> UTF_8_ORDER =
      (a, b) -> Arrays.compareUnsigned(a.getBytes(UTF_8), b.getBytes(UTF_8));

  @TempDir private Path folder;
  private Gateway s3;
  private int blobs;

  @BeforeEach
  void open() {
    s3 = new Gateway(folder);
    s3.put("/b-1", "");
  }

  @AfterEach
  void close() {
    s3.close();
  }

  private void store(String... keys) {
    for (String key : keys) {
      Bucket bucket = new Bucket("b-1", OWNER, "us-east-1", NOON);
      Blob blob = new Blob("%032x".formatted(blobs++), key.length());
      StoredObject object =
          new StoredObject(key, blob, "etag", NOON, Headers.of("Content-Type", "text/plain"));
      s3.objects.put(bucket, object, new Precondition.None());
    }
  }

  /// What a page tells, by the paths of its elements.
  private record Listed(Map<String, List<String>> elements) {
    static Listed of(Answer answer) {
      assertThat(answer.status()).isEqualTo(200);
      Map<String, List<String>> elements = new LinkedHashMap<>();
      XmlBody.read(
          answer.text().getBytes(UTF_8),
          (path, text) -> elements.computeIfAbsent(path, _ -> new ArrayList<>()).add(text));
      return new Listed(elements);
    }

    List<String> all(String name) {
      return elements.getOrDefault("ListBucketResult/" + name, List.of());
    }

    String one(String name) {
      return all(name).isEmpty() ? "" : all(name).getFirst();
    }

    List<String> keys() {
      return decoded("Contents/Key");
    }

    List<String> commonPrefixes() {
      return decoded("CommonPrefixes/Prefix");
    }

    private List<String> decoded(String name) {
      return all(name).stream().map(PercentEncoding::decode).toList();
    }
  }

  @Test
  void both_versions_of_a_listing_look_like_those_of_s3() throws IOException {
    store("a b", "a/b&c", "photos/2026/01.jpg", "photos/2026/02.jpg", "readme.md");
    s3.put("/b-1/sum", "data");
    assertGolden("s3/list-objects-v2.xml", s3.get("/b-1?list-type=2").text());
    String query = "delimiter=%2F&max-keys=2&encoding-type=url";
    assertGolden(
        "s3/list-objects-v2-page.xml",
        s3.get("/b-1?list-type=2&start-after=a&fetch-owner=true&prefix=&" + query).text());
    assertGolden("s3/list-objects.xml", s3.get("/b-1").text());
    assertGolden("s3/list-objects-page.xml", s3.get("/b-1?marker=a&" + query).text());
  }

  @Test
  void an_empty_bucket_has_an_empty_listing() throws IOException {
    assertGolden("s3/list-objects-v2-empty.xml", s3.get("/b-1?list-type=2&prefix=").text());
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void the_pages_together_are_what_a_plain_model_says(int seed) {
    Random random = new Random(seed);
    Set<String> keys = new TreeSet<>(UTF_8_ORDER);
    for (int i = 0; i < 60; i++) {
      keys.add(text(random, 1 + random.nextInt(6)));
    }
    store(keys.toArray(String[]::new));
    for (int i = 0; i < 40; i++) {
      String prefix = text(random, random.nextInt(3));
      String delimiter = random.nextBoolean() ? "/" : text(random, random.nextInt(3));
      String after = random.nextInt(3) == 0 ? text(random, random.nextInt(4)) : "";
      List<String> expected = model(keys, prefix, delimiter, after);
      String query =
          "encoding-type=url&prefix=%s&delimiter=%s&max-keys=%d"
              .formatted(
                  PercentEncoding.encode(prefix),
                  PercentEncoding.encode(delimiter),
                  1 + random.nextInt(7));
      assertThat(pagesOfSecondVersion(query, after)).as(query).isEqualTo(expected);
      assertThat(pagesOfFirstVersion(query, after)).as(query).isEqualTo(expected);
    }
  }

  private static String text(Random random, int length) {
    String[] letters = {"a", "b", "/", "-", "é", "\uffee", "🙂", "\u0001", "/"};
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append(letters[random.nextInt(letters.length)]);
    }
    return text.toString();
  }

  /// The keys and common prefixes in their order, straight from the definition.
  private static List<String> model(
      Set<String> keys, String prefix, String delimiter, String after) {
    Set<String> items = new LinkedHashSet<>();
    for (String key : keys) {
      if (!key.startsWith(prefix) || UTF_8_ORDER.compare(key, after) <= 0) {
        continue;
      }
      int cut = delimiter.isEmpty() ? -1 : key.indexOf(delimiter, prefix.length());
      String item = cut < 0 ? key : key.substring(0, cut + delimiter.length());
      if (!(cut >= 0 && item.equals(after))) {
        items.add(item);
      }
    }
    return List.copyOf(items);
  }

  private List<String> pagesOfSecondVersion(String query, String after) {
    List<String> items = new ArrayList<>();
    String next = "start-after=" + PercentEncoding.encode(after);
    while (!next.isEmpty()) {
      Listed page = Listed.of(s3.get("/b-1?list-type=2&" + query + "&" + next));
      int count = addItems(items, page);
      assertThat(page.one("KeyCount")).isEqualTo(Integer.toString(count));
      String token = page.one("NextContinuationToken");
      assertThat(page.one("IsTruncated")).isEqualTo(Boolean.toString(!token.isEmpty()));
      next = token.isEmpty() ? "" : "continuation-token=" + token;
    }
    return items;
  }

  private List<String> pagesOfFirstVersion(String query, String after) {
    List<String> items = new ArrayList<>();
    String marker = after;
    while (true) {
      Listed page =
          Listed.of(s3.get("/b-1?" + query + "&marker=" + PercentEncoding.encode(marker)));
      addItems(items, page);
      if (page.one("IsTruncated").equals("false")) {
        return items;
      }
      marker = items.getLast();
      assertThat(PercentEncoding.decode(page.one("NextMarker"))).isEqualTo(marker);
    }
  }

  private static int addItems(List<String> items, Listed page) {
    List<String> ofPage = new ArrayList<>(page.keys());
    ofPage.addAll(page.commonPrefixes());
    ofPage.sort(UTF_8_ORDER);
    items.addAll(ofPage);
    assertThat(ofPage).hasSizeLessThanOrEqualTo(Integer.parseInt(page.one("MaxKeys")));
    return ofPage.size();
  }

  @Test
  void a_page_has_at_most_1000_keys() {
    for (int i = 0; i < 1001; i++) {
      store("%04d".formatted(i));
    }
    Listed page = Listed.of(s3.get("/b-1?list-type=2&max-keys=5000"));
    assertThat(page.keys()).hasSize(1000);
    assertThat(page.one("MaxKeys")).isEqualTo("1000");
    assertThat(page.one("IsTruncated")).isEqualTo("true");
  }

  @Test
  void a_page_of_no_keys_is_not_truncated() {
    store("a");
    Listed page = Listed.of(s3.get("/b-1?list-type=2&max-keys=0"));
    assertThat(page.keys()).isEmpty();
    assertThat(page.one("IsTruncated")).isEqualTo("false");
  }

  @ParameterizedTest(name = "{0} is refused")
  @CsvSource({
    "max-keys=-1",
    "max-keys=many",
    "max-keys=99999999999",
    "continuation-token=",
    "continuation-token=%21",
    "continuation-token=_w",
    "encoding-type=xml",
  })
  void a_parameter_that_means_nothing_is_refused(String parameter) {
    assertThat(s3.get("/b-1?list-type=2&" + parameter).code()).isEqualTo("InvalidArgument");
  }

  @Test
  void what_is_listed_is_a_matter_of_condition_keys() {
    s3.get("/b-1?list-type=2&prefix=home%2F&delimiter=%2F&max-keys=7");
    assertThat(s3.required().getFirst().resource()).hasToString("arn:aws:s3:::b-1");
    assertThat(s3.required().getFirst().context())
        .containsEntry("s3:prefix", List.of("home/"))
        .containsEntry("s3:delimiter", List.of("/"))
        .containsEntry("s3:max-keys", List.of("7"));
    s3.get("/b-1");
    assertThat(s3.required().getFirst().context())
        .doesNotContainKeys("s3:prefix", "s3:delimiter")
        .containsEntry("s3:max-keys", List.of("1000"));
    s3.get("/b-1?prefix=");
    assertThat(s3.required().getFirst().context()).containsEntry("s3:prefix", List.of(""));
  }

  @Test
  void a_control_character_in_a_key_is_written_as_s3_writes_it() {
    store("a\u0001\r\n");
    assertThat(s3.get("/b-1").text()).contains("<Key>a&#x1;&#xd;\n</Key>");
    assertThat(s3.get("/b-1?encoding-type=url").text()).contains("<Key>a%01%0D%0A</Key>");
  }
}
