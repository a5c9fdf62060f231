package dev.tegata.cloudformation;

import dev.tegata.cloudformation.Expression.MapOf;
import dev.tegata.yaml.Node.Place;
import dev.tegata.yaml.Node.Scalar;
import dev.tegata.yaml.Yaml;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A template: what it takes, what it creates, and what it tells afterwards.
///
/// Each name that a part of it refers to is declared by another part.
public final class Template {
  private final Map<String, Parameter> parameters;
  private final Map<String, Map<String, Map<String, Value>>> mappings;
  private final Map<String, Condition> conditions;
  private final Body body;

  Template(
      Map<String, Parameter> parameters,
      Map<String, Map<String, Map<String, Value>>> mappings,
      Map<String, Condition> conditions,
      Body body) {
    this.parameters = parameters;
    this.mappings = mappings;
    this.conditions = conditions;
    this.body = body;
  }

  /// Reads a template, written in YAML or in JSON.
  ///
  /// @throws dev.tegata.yaml.YamlException at the first place that is not understood
  public static Template read(String text) {
    return new TemplateReader(Yaml.read(text)).read();
  }

  Map<String, Parameter> parameters() {
    return parameters;
  }

  Map<String, Map<String, Map<String, Value>>> mappings() {
    return mappings;
  }

  Map<String, Condition> conditions() {
    return conditions;
  }

  /// In the order of the file.
  List<Resource> resources() {
    return body.resources();
  }

  /// In the order of the file.
  List<Output> outputs() {
    return body.outputs();
  }

  record Body(List<Resource> resources, List<Output> outputs) {}

  /// `condition` is the name of the one under which the resource exists; without one it always
  /// does.
  record Resource(
      Scalar logicalId,
      Scalar type,
      @Nullable String condition,
      List<String> dependsOn,
      MapOf properties) {
    String id() {
      return logicalId.text();
    }

    Place place() {
      return logicalId.place();
    }

    /// How messages call it.
    String subject() {
      return "resource %s (%s)".formatted(id(), type.text());
    }
  }

  record Output(String name, @Nullable String condition, Expression value) {}
}
