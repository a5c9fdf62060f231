package dev.tegata.aws;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class XmlBodyTest {
  private static List<String> read(String body) {
    List<String> elements = new ArrayList<>();
    XmlBody.read(body.getBytes(UTF_8), (path, text) -> elements.add(path + "=" + text));
    return elements;
  }

  @Test
  void each_element_is_told_when_it_ends() {
    assertThat(read("<a xmlns='urn:x'>1<b>2</b>3<c:d xmlns:c='urn:y'><![CDATA[<4>]]></c:d></a>"))
        .containsExactly("a/b=2", "a/d=<4>", "a=13");
  }

  @Test
  void the_references_of_xml_itself_are_read() {
    assertThat(read("<a>&lt;&amp;&#233;&#x1F642;</a>")).containsExactly("a=<&é🙂");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "text",
        "<a>",
        "<a></b>",
        "<a/><b/>",
        "<a>&unknown;</a>",
        "<x:a/>",
        "<a><b xmlns:x='urn:x'/><x:b/></a>",
        "<!DOCTYPE a><a/>",
        "<!DOCTYPE a [<!ENTITY e 'text'>]><a>&e;</a>",
        "<!DOCTYPE a [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><a>&e;</a>",
        "<!DOCTYPE a SYSTEM 'http://127.0.0.1:1/x.dtd'><a/>",
        "<!DOCTYPE x [PUBLIC \"\" \"http://foo\">\u001a",
      })
  void what_is_not_plain_xml_is_refused(String body) {
    assertThatThrownBy(() -> read(body)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void the_depth_is_limited() {
    assertThat(read("<a>".repeat(16) + "</a>".repeat(16))).hasSize(16);
    assertThatThrownBy(() -> read("<a>".repeat(17) + "</a>".repeat(17)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void an_element_declares_no_more_name_spaces_than_it_may_have_attributes() {
    assertThat(read("<a " + declarations(200) + "/>")).containsExactly("a=");
    assertThatThrownBy(() -> read("<a " + declarations(201) + "/>"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static String declarations(int count) {
    return IntStream.range(0, count)
        .mapToObj("xmlns:a%1$d='urn:%1$d'"::formatted)
        .collect(Collectors.joining(" "));
  }

  @Tag("fuzz")
  @FuzzTest(maxDuration = "60s")
  void any_bytes_are_read_or_refused(byte[] body) {
    try {
      XmlBody.read(
          body,
          (path, text) -> {
            assertThat(path).isNotEmpty();
            assertThat(text).hasSizeLessThanOrEqualTo(body.length);
          });
    } catch (IllegalArgumentException _) {
      // refused
    }
  }
}
