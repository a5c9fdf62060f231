package dev.tegata.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.tegata.json.JsonValue.JsonArray;
import dev.tegata.json.JsonValue.JsonBoolean;
import dev.tegata.json.JsonValue.JsonNull;
import dev.tegata.json.JsonValue.JsonNumber;
import dev.tegata.json.JsonValue.JsonObject;
import dev.tegata.json.JsonValue.JsonString;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {

  @Test
  void members_keep_their_order_and_values_their_kind() {
    String json =
        "{\"b\":\"é😀\\n\",\"a\":[1,-2.50,1e9],\"c\":{\"t\":true,\"f\":false,\"n\":null}}";
    JsonObject object = JsonObject.parse(json);
    assertThat(object.toJson()).isEqualTo(json);
    assertThat(object.members().sequencedKeySet()).containsExactly("b", "a", "c");
    assertThat(object.members().get("a"))
        .isEqualTo(
            new JsonArray(
                List.of(JsonNumber.of(1), new JsonNumber("-2.50"), new JsonNumber("1e9"))));
    assertThat(object.members().get("c"))
        .isEqualTo(
            JsonObject.builder()
                .put("t", new JsonBoolean(true))
                .put("f", new JsonBoolean(false))
                .put("n", new JsonNull())
                .build());
  }

  @Test
  void the_last_of_several_members_with_one_name_counts() {
    assertThat(JsonObject.parse("{\"a\": 1, \"b\": 2, \"a\": \"x\"}").toJson())
        .isEqualTo("{\"a\":\"x\",\"b\":2}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "[]",
        "null",
        "\"x\"",
        "{",
        "{}{}",
        "{} x",
        "{}}",
        "{'a': 1}",
        "{a: 1}",
        "{\"a\"}",
        "{\"a\": 1,}",
        "{\"a\": 01}",
        "{\"a\": +1}",
        "{\"a\": .5}",
        "{\"a\": 1.}",
        "{\"a\": NaN}",
        "{\"a\": Infinity}",
        "{\"a\": tru}",
        "{\"a\": \"\n\"}",
        "{\"a\": \"\\x\"}",
        "// {}\n{}",
        "{\"a\": [1,]}",
        "{\"a\": [,1]}",
        "{\"a\": \"\\ud800\"}",
        "{\"a\": \"\\udc00\\ud800\"}",
        "{\"\\ud800\": 1}",
        "{\"a\": \"\\ud800x\"}"
      })
  void what_is_not_one_object_of_strict_json_is_refused(String json) {
    assertThatIllegalArgumentException().isThrownBy(() -> JsonObject.parse(json));
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "7b2261223a22ff227d", // a byte that UTF-8 does not have
        "7b2261223a22c080227d", // a longer spelling than needed
        "7b2261223a22eda080227d", // half of a surrogate pair
        "7b2261223a22c3227d", // a sequence cut short
        "efbbbf7b7d", // a byte order mark
        "007b007d", // UTF-16
        "7b007d00"
      })
  void what_is_not_utf_8_is_refused(String hex) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> JsonReader.readObject(HexFormat.of().parseHex(hex)));
  }

  @Test
  void a_document_may_be_nested_32_deep() {
    assertThat(JsonObject.parse(nested(32))).isNotNull();
    assertThatIllegalArgumentException().isThrownBy(() -> JsonObject.parse(nested(33)));
    assertThatIllegalArgumentException().isThrownBy(() -> JsonObject.parse(nested(100_000)));
  }

  private static String nested(int depth) {
    return "{\"a\":" + "[".repeat(depth - 1) + "]".repeat(depth - 1) + "}";
  }

  @Test
  void a_number_is_kept_as_it_is_written() {
    assertThat(JsonObject.parse("{\"a\": 1e999999999}").members().get("a"))
        .isEqualTo(new JsonNumber("1e999999999"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new JsonNumber("1, \"admin\": true"))
        .withMessageContaining("is not a number of JSON");
  }

  @Test
  void a_message_says_where_a_document_is_broken_and_does_not_quote_it() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> JsonObject.parse("{\"a\": secret}"))
        .withMessageStartingWith("not JSON, from byte ")
        .withMessageNotContaining("secret");
  }

  @Test
  void an_object_does_not_change_with_what_it_was_made_from() {
    JsonObject.Builder builder = JsonObject.builder().put("a", 1);
    JsonObject object = builder.build();
    builder.put("b", new JsonString("x"));
    assertThat(object.toJson()).isEqualTo("{\"a\":1}");
  }

  @Tag("fuzz")
  @FuzzTest(maxDuration = "60s")
  void what_is_read_is_written_and_read_the_same(byte[] bytes) {
    JsonObject object;
    try {
      object = JsonReader.readObject(bytes);
    } catch (IllegalArgumentException _) {
      return;
    }
    assertThat(JsonReader.readObject(object.toJson().getBytes(UTF_8))).isEqualTo(object);
  }
}
