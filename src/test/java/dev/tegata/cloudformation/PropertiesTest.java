package dev.tegata.cloudformation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tegata.yaml.Node.Place;
import dev.tegata.yaml.YamlException;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class PropertiesTest {
  private static final String HEAD =
      """
      Resources:
        It:
          Type: Test::It
          Properties:
      """;

  @Test
  void numbers_and_booleans_are_strings_where_strings_are_wanted() {
    Properties it =
        properties("{Number: 2012, Long: 012345678901, Bool: True, List: [1, a, false]}");
    assertThat(it.string("Number")).contains("2012");
    assertThat(it.string("Long")).contains("012345678901");
    assertThat(it.string("Bool")).contains("true");
    assertThat(it.strings("List")).containsExactly("1", "a", "false");
  }

  @Test
  void strings_are_numbers_and_booleans_where_these_are_wanted() {
    Properties it = properties("{Number: '3600', Bool: 'false', Plain: 3600}");
    assertThat(it.integer("Number")).hasValue(3600);
    assertThat(it.integer("Plain")).hasValue(3600);
    assertThat(it.bool("Bool")).contains(false);
  }

  @Test
  void what_is_absent_is_empty() {
    Properties it = properties("{Gone: !Ref 'AWS::NoValue', There: {}}");
    assertThat(it.names()).containsExactly("There");
    assertThat(it.has("Gone")).isFalse();
    assertThat(it.has("There")).isTrue();
    assertThat(it.string("Gone")).isEmpty();
    assertThat(it.strings("Gone")).isEmpty();
    assertThat(it.integer("Gone")).isEmpty();
    assertThat(it.bool("Gone")).isEmpty();
    assertThat(it.document("Gone")).isEmpty();
    assertThat(it.mapping("Gone")).isEmpty();
    assertThat(it.mappings("Gone")).isEmpty();
    assertThat(it.tags()).isEmpty();
  }

  @Test
  void a_document_is_a_mapping_or_the_json_of_one() {
    Properties it =
        properties(
            """
            {Mapping: {Version: 2012-10-17, Number: 1}, Text: '{"Version":"2012-10-17","Number":1}'}\
            """);
    assertThat(it.requireDocument("Mapping")).isEqualTo(it.requireDocument("Text"));
  }

  @Test
  void tags_keep_their_order() {
    Properties it = properties("{Tags: [{Key: b, Value: 1}, {Key: a, Value: !Ref 'AWS::Region'}]}");
    assertThat(it.tags()).containsExactly(Map.entry("b", "1"), Map.entry("a", "eu-central-1"));
  }

  @Test
  void a_mapping_has_properties_of_its_own() {
    Properties it = properties("{Outer: {Inner: a}, List: [{Inner: b}, {Inner: c}]}");
    assertThat(it.mapping("Outer").flatMap(outer -> outer.string("Inner"))).contains("a");
    assertThat(it.mappings("List")).extracting(item -> item.requireString("Inner")).contains("c");
  }

  @Test
  void a_fault_names_the_path_of_its_property() {
    Properties it = properties("{A: [{B: {C: []}}]}");
    Properties inner = it.mappings("A").getFirst().mapping("B").orElseThrow();
    assertFault(() -> inner.string("C"), "5:17", "property `A[0].B.C` is a string, not a list");
    assertFault(() -> inner.requireString("D"), "5:16", "property `A[0].B.D` is missing");
    assertFault(
        () -> inner.requireOnly(Set.of("Cc")),
        "5:17",
        "property `A[0].B.C` is not known, did you mean `Cc`?");
  }

  @Test
  void a_property_of_the_wrong_kind_is_refused() {
    Properties it = properties("{A: [a], M: {}, S: text, T: [{Key: a, Value: b}, c]}");
    assertFault(() -> it.string("A"), "5:8", "property `A` is a string, not a list");
    assertFault(() -> it.strings("S"), "5:23", "property `S` is a list of strings, not a string");
    assertFault(() -> it.strings("T"), "5:32", "property `T` is a list of strings, not a mapping");
    assertFault(() -> it.integer("S"), "5:23", "property `S` is a whole number, not `text`");
    assertFault(() -> it.bool("S"), "5:23", "property `S` is true or false, not `text`");
    assertFault(() -> it.document("A"), "5:8", "property `A` is a document, not a list");
    assertFault(() -> it.mapping("S"), "5:23", "property `S` is a mapping, not a string");
    assertFault(
        () -> it.mappings("M"), "5:16", "property `M` is a list of mappings, not a mapping");
    assertFault(() -> it.mappings("A"), "5:8", "property `A` is a list of mappings, not a string");
    assertFault(() -> it.requireDocument("Z"), "5:7", "property `Z` is missing");
  }

  @Test
  void a_document_of_broken_json_is_refused() {
    Properties it = properties("{A: '{\"a\":1,\"a\":2}', B: '[]', C: '{}{}', D: ''}");
    assertThat(it.names())
        .allSatisfy(name ->
            assertThat(catchThrowableOfType(YamlException.class, () -> it.document(name)))
                .hasMessageStartingWith("property `" + name + "` is a document, "));
  }

  @Test
  void a_tag_is_a_key_and_a_value_and_occurs_once() {
    assertFault(
        () -> properties("{Tags: [{Key: a, Value: b}, {Key: a, Value: c}]}").tags(),
        "5:36",
        "property `Tags[1].Key` is `a`, as of a tag before it");
    assertFault(
        () -> properties("{Tags: [{Key: a, Val: b}]}").tags(),
        "5:24",
        "property `Tags[0].Val` is not known");
  }

  @Test
  void without_the_section_a_resource_has_no_properties() {
    Properties it = captured("Resources:\n  It:\n    Type: Test::It\n");
    assertThat(it.names()).isEmpty();
    assertThat(it.place()).isEqualTo(new Place(2, 3));
    assertThat(it.json()).isEmpty();
  }

  private static void assertFault(ThrowingCallable call, String place, String message) {
    YamlException fault = catchThrowableOfType(YamlException.class, call);
    assertThat(fault).hasMessage(message);
    assertThat(fault.place()).hasToString(place);
  }

  private static Properties properties(String flow) {
    return captured(HEAD + "      " + flow);
  }

  private static Properties captured(String template) {
    AtomicReference<Optional<Properties>> seen = new AtomicReference<>(Optional.empty());
    Function<ResourceRequest, Created> capture =
        request -> {
          seen.set(Optional.of(request.properties()));
          return new Created("it", Map.of());
        };
    Set<String> known =
        Set.of(
            "A", "B", "Bool", "C", "D", "Gone", "List", "Long", "M", "Mapping", "Number", "Outer",
            "Plain", "S", "T", "Tags", "Text", "There");
    Stack.create(
        Template.read(template),
        new Settings(Cloud.ACCOUNT, "eu-central-1", "ci", Map.of()),
        Set.of(new Cloud.Type("Test::It", known, Set.of(), capture)),
        new Random(1));
    return seen.get().orElseThrow();
  }
}
