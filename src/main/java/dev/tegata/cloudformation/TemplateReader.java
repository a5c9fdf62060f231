package dev.tegata.cloudformation;

import static java.util.stream.Collectors.toCollection;

import dev.tegata.cloudformation.Expression.MapOf;
import dev.tegata.cloudformation.Expression.Member;
import dev.tegata.cloudformation.Template.Output;
import dev.tegata.cloudformation.Template.Resource;
import dev.tegata.yaml.Node;
import dev.tegata.yaml.Node.Entry;
import dev.tegata.yaml.Node.Mapping;
import dev.tegata.yaml.Node.Place;
import dev.tegata.yaml.Node.Scalar;
import dev.tegata.yaml.Node.Sequence;
import dev.tegata.yaml.YamlException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads the sections of a template.
///
/// `Metadata`, `Rules` and `Hooks`, and the attributes of a resource that bear on updating or
/// deleting it, are accepted and not read; but `Tegata` in the metadata of a resource is read as if
/// it stood among the properties, where AWS would refuse it.
final class TemplateReader {
  static final String MACROS_ARE_NOT_RUN =
      "macros are not run: use the template that they make (`aws cloudformation get-template"
          + " --template-stage Processed`)";

  private static final String VERSION = "2010-09-09";

  /// What stands in metadata for Tegata alone.
  private static final String OURS = "Tegata";

  private static final Set<String> SECTIONS =
      Set.of(
          "AWSTemplateFormatVersion",
          "Conditions",
          "Description",
          "Hooks",
          "Mappings",
          "Metadata",
          "Outputs",
          "Parameters",
          "Resources",
          "Rules",
          "Transform");
  private static final Set<String> RESOURCE =
      Set.of(
          "Condition",
          "CreationPolicy",
          "DeletionPolicy",
          "DependsOn",
          "Metadata",
          "Properties",
          "Type",
          "UpdatePolicy",
          "UpdateReplacePolicy");
  private static final Set<String> OUTPUT = Set.of("Condition", "Description", "Export", "Value");
  private static final Pattern LOGICAL_ID = Pattern.compile("[A-Za-z0-9]{1,255}");

  /// The most entries of a section.
  ///
  /// Source:
  /// <https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html>
  private static final int MAX_ENTRIES = 500;

  private final Section template;
  private final Names names;
  private final ExpressionReader expressions;

  TemplateReader(Node root) {
    template = Section.of("the template", root);
    template.requireOnly(SECTIONS);
    names =
        new Names(
            declared("Parameters"),
            declared("Resources"),
            declared("Conditions"),
            declared("Mappings"));
    expressions = new ExpressionReader(names);
  }

  Template read() {
    template.get("Transform").ifPresent(TemplateReader::refuseTransform);
    template.scalar("AWSTemplateFormatVersion").ifPresent(TemplateReader::requireVersion);
    Map<String, Parameter> parameters = new LinkedHashMap<>();
    for (Entry entry : template.entries("Parameters")) {
      parameters.put(entry.key().text(), Parameter.read(entry.key(), entry.value()));
    }
    Map<String, Map<String, Map<String, Value>>> mappings = new LinkedHashMap<>();
    for (Entry entry : template.entries("Mappings")) {
      mappings.put(entry.key().text(), mapping(entry));
    }
    ConditionReader conditionReader = new ConditionReader(names);
    Map<String, Condition> conditions = new LinkedHashMap<>();
    for (Entry entry : template.entries("Conditions")) {
      conditions.put(entry.key().text(), conditionReader.read(entry.value()));
    }
    return new Template(parameters, mappings, conditions, body());
  }

  private Template.Body body() {
    if (template.get("Resources").isEmpty()) {
      throw new YamlException(template.place(), "the template has no `Resources`");
    }
    return new Template.Body(
        template.entries("Resources").stream().map(this::resource).toList(),
        template.entries("Outputs").stream().map(this::output).toList());
  }

  /// The names that the section `key` declares.
  private Set<String> declared(String key) {
    List<Entry> entries = template.entries(key);
    if (entries.size() > MAX_ENTRIES) {
      throw new YamlException(
          entries.getFirst().key().place(),
          "`%s` has %d entries, more than %d".formatted(key, entries.size(), MAX_ENTRIES));
    }
    for (Entry entry : entries) {
      requireName(key, entry.key());
    }
    return entries.stream()
        .map(entry -> entry.key().text())
        .collect(toCollection(LinkedHashSet::new));
  }

  private static void requireName(String section, Scalar name) {
    if (name.text().startsWith("Fn::")) {
      throw new YamlException(
          name.place(), "`%s` cannot be used: %s".formatted(name.text(), MACROS_ARE_NOT_RUN));
    }
    if (!LOGICAL_ID.matcher(name.text()).matches()) {
      throw new YamlException(
          name.place(),
          "a name under `%s` is letters and digits, not `%s`".formatted(section, name.text()));
    }
  }

  private static void refuseTransform(Node transform) {
    throw new YamlException(transform.place(), "`Transform` cannot be used: " + MACROS_ARE_NOT_RUN);
  }

  private static void requireVersion(Scalar version) {
    if (!version.text().equals(VERSION)) {
      throw new YamlException(
          version.place(),
          "`AWSTemplateFormatVersion` is `%s`, not `%s`".formatted(VERSION, version.text()));
    }
  }

  private static Map<String, Map<String, Value>> mapping(Entry entry) {
    String subject = "mapping `" + entry.key().text() + "`";
    Map<String, Map<String, Value>> mapping = new LinkedHashMap<>();
    for (Entry top : Section.of(subject, entry.value()).mapping().entries()) {
      Map<String, Value> values = new LinkedHashMap<>();
      String inner = "`" + top.key().text() + "` of " + subject;
      for (Entry second : Section.of(inner, top.value()).mapping().entries()) {
        values.put(second.key().text(), mapped(second.value()));
      }
      mapping.put(top.key().text(), values);
    }
    return mapping;
  }

  private static Value mapped(Node node) {
    if (node instanceof Sequence list && node.tag().isEmpty()) {
      return new Value.Items(
          node.place(), list.items().stream().map(TemplateReader::mappedScalar).toList());
    }
    return mappedScalar(node);
  }

  private static Value mappedScalar(Node node) {
    if (!(node instanceof Scalar scalar) || !node.tag().isEmpty()) {
      throw new YamlException(node.place(), "a mapping leads to a string or a list of strings");
    }
    Expression.Literal literal = ExpressionReader.literal(scalar);
    return new Value.Text(literal.place(), literal.type(), literal.text());
  }

  private Resource resource(Entry entry) {
    Scalar id = entry.key();
    if (names.parameters().contains(id.text())) {
      throw new YamlException(
          id.place(), "`%s` is a parameter and cannot be a resource too".formatted(id.text()));
    }
    Section section = Section.of("resource `" + id.text() + "`", entry.value());
    section.requireOnly(RESOURCE);
    Scalar type =
        section
            .scalar("Type")
            .orElseThrow(() -> new YamlException(id.place(), section.subject() + " has no `Type`"));
    List<String> dependsOn = new ArrayList<>();
    for (Scalar other : section.scalars("DependsOn")) {
      names.requireResource(other.place(), other.text());
      dependsOn.add(other.text());
    }
    MapOf properties =
        section
            .get("Properties")
            .map(node -> properties(section, node))
            .orElseGet(() -> new MapOf(id.place(), List.of()));
    return new Resource(id, type, condition(section), dependsOn, withOurs(properties, section));
  }

  /// `properties`, and what the metadata say to Tegata alone.
  private MapOf withOurs(MapOf properties, Section resource) {
    Optional<Node> ours =
        resource
            .get("Metadata")
            .map(node -> Section.of("`Metadata` of " + resource.subject(), node))
            .flatMap(metadata -> metadata.get(OURS));
    if (ours.isEmpty()) {
      return properties;
    }
    List<Member> members = new ArrayList<>(properties.members());
    members.add(new Member(ours.get().place(), OURS, expressions.read(ours.get())));
    return new MapOf(properties.place(), members);
  }

  private MapOf properties(Section resource, Node node) {
    Mapping mapping = Section.of("`Properties` of " + resource.subject(), node).mapping();
    Call.in(mapping)
        .ifPresent(call -> {
          throw call.fault(
              "`Properties` of %s is a mapping, not `%s`"
                  .formatted(resource.subject(), call.function()));
        });
    return expressions.members(mapping);
  }

  private Output output(Entry entry) {
    Place place = entry.key().place();
    Section section = Section.of("output `" + entry.key().text() + "`", entry.value());
    requireName("Outputs", entry.key());
    section.requireOnly(OUTPUT);
    Node value =
        section
            .get("Value")
            .orElseThrow(() -> new YamlException(place, section.subject() + " has no `Value`"));
    section.get("Export").ifPresent(expressions::read);
    return new Output(entry.key().text(), condition(section), expressions.read(value));
  }

  private @Nullable String condition(Section section) {
    return section
        .scalar("Condition")
        .map(name -> {
          names.requireCondition(name.place(), name.text());
          return name.text();
        })
        .orElse(null);
  }
}
