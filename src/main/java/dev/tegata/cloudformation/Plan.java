package dev.tegata.cloudformation;

import static java.util.stream.Collectors.toMap;

import dev.tegata.cloudformation.Expression.GetAtt;
import dev.tegata.cloudformation.Expression.Member;
import dev.tegata.cloudformation.Expression.ResourceRef;
import dev.tegata.cloudformation.Template.Output;
import dev.tegata.cloudformation.Template.Resource;
import dev.tegata.cloudformation.Value.Later;
import dev.tegata.yaml.Node.Place;
import dev.tegata.yaml.YamlException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/// What will be created, and in which order: the whole of it checked before the first one is.
record Plan(Facts facts, List<Step> steps, List<Output> outputs) {

  /// One resource to create.
  record Step(Resource resource, ResourceType type) {}

  /// @throws YamlException for a type, a property or a reference that leads nowhere, a function
  ///   that cannot be carried out, or resources that depend on each other in a circle
  static Plan of(Template template, Facts facts, Collection<ResourceType> types) {
    Map<String, ResourceType> byName =
        types.stream().collect(toMap(ResourceType::name, Function.identity()));
    Map<String, Step> steps = new LinkedHashMap<>();
    for (Resource resource : template.resources()) {
      if (facts.exist(resource.condition())) {
        steps.put(resource.id(), new Step(resource, type(resource, byName)));
      }
    }
    steps.values().forEach(Plan::requireKnownProperties);
    List<Output> outputs =
        template.outputs().stream().filter(output -> facts.exist(output.condition())).toList();
    Planned planned = new Planned(steps, new TreeSet<>());
    outputs.forEach(output -> new Resolver(facts, planned).text(output.value(), "an output"));
    return new Plan(facts, sorted(steps, facts), outputs);
  }

  private static ResourceType type(Resource resource, Map<String, ResourceType> types) {
    String name = resource.type().text();
    ResourceType type = types.get(name);
    if (type == null) {
      String guess = Spelling.suggestion(name, types.keySet());
      throw new YamlException(
          resource.type().place(),
          "resource `%s` cannot be created: its type is `%s`%s"
              .formatted(
                  resource.id(),
                  name,
                  guess.isEmpty()
                      ? ", and the known ones are "
                          + String.join(", ", new TreeSet<>(types.keySet()))
                      : guess));
    }
    return type;
  }

  private static void requireKnownProperties(Step step) {
    for (Member member : step.resource().properties().members()) {
      if (!step.type().properties().contains(member.name())) {
        throw new YamlException(
            member.place(),
            "%s has no property `%s`%s"
                .formatted(
                    step.type().name(),
                    member.name(),
                    Spelling.suggestion(member.name(), step.type().properties())));
      }
    }
  }

  private static List<Step> sorted(Map<String, Step> steps, Facts facts) {
    SortedMap<String, NavigableSet<String>> dependencies = new TreeMap<>();
    for (Step step : steps.values()) {
      Planned planned = new Planned(steps, new TreeSet<>());
      new Resolver(facts, planned).fields(step.resource().properties());
      step.resource().dependsOn().stream().filter(steps::containsKey).forEach(planned.asked::add);
      dependencies.put(step.resource().id(), planned.asked);
    }
    return switch (Order.of(dependencies)) {
      case Order.Sorted(var names) -> names.stream().map(steps::get).toList();
      case Order.Circle(var path) ->
          throw new YamlException(
              place(path.getFirst(), steps.values()),
              "the resources depend on each other in a circle: " + String.join(" → ", path));
    };
  }

  private static Place place(String logicalId, Collection<Step> steps) {
    return steps.stream()
        .map(Step::resource)
        .filter(resource -> resource.id().equals(logicalId))
        .map(Resource::place)
        .findFirst()
        .orElseThrow();
  }

  /// The resources before they exist; notes which of them were `asked` for.
  private record Planned(Map<String, Step> steps, NavigableSet<String> asked)
      implements Resolver.Resources {
    @Override
    public Value ref(ResourceRef ref) {
      step(ref.place(), ref.logicalId());
      return new Later(ref.place());
    }

    @Override
    public Value attribute(GetAtt getAtt) {
      ResourceType type = step(getAtt.place(), getAtt.logicalId()).type();
      if (!type.attributes().contains(getAtt.attribute())) {
        throw new YamlException(
            getAtt.place(),
            "%s has no attribute `%s`%s"
                .formatted(
                    type.name(),
                    getAtt.attribute(),
                    Spelling.suggestion(getAtt.attribute(), type.attributes())));
      }
      return new Later(getAtt.place());
    }

    private Step step(Place place, String logicalId) {
      Step step = steps.get(logicalId);
      if (step == null) {
        throw new YamlException(
            place,
            "resource `%s` is not created, since its condition does not hold".formatted(logicalId));
      }
      asked.add(logicalId);
      return step;
    }
  }
}
