package dev.tegata.cloudformation;

import dev.tegata.cloudformation.Expression.GetAtt;
import dev.tegata.cloudformation.Expression.ParameterRef;
import dev.tegata.cloudformation.Expression.PseudoRef;
import dev.tegata.cloudformation.Expression.ResourceRef;
import dev.tegata.cloudformation.Value.Absent;
import dev.tegata.cloudformation.Value.Text;
import dev.tegata.yaml.Node.Place;
import dev.tegata.yaml.YamlException;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What is known of a stack before any of its resources exists: parameters, mappings, conditions.
final class Facts {
  private static final Place DOCUMENT = new Place(1, 1);

  private final Template template;
  private final Settings settings;
  private final String stackId;
  private final Map<String, Value> parameters = new HashMap<>();
  private final Map<String, Boolean> decided = new HashMap<>();
  private final SequencedSet<String> open = new LinkedHashSet<>(); // conditions being decided

  private Facts(Template template, Settings settings, String stackId) {
    this.template = template;
    this.settings = settings;
    this.stackId = stackId;
  }

  /// @throws YamlException when a parameter has no value that it takes, or a condition cannot be
  ///   decided
  static Facts of(Template template, Settings settings, String stackId) {
    Facts facts = new Facts(template, settings, stackId);
    facts.readParameters();
    template.conditions().keySet().forEach(name -> facts.holds(DOCUMENT, name));
    return facts;
  }

  private void readParameters() {
    Set<String> known = template.parameters().keySet();
    settings.parameters().keySet().stream()
        .sorted()
        .filter(name -> !known.contains(name))
        .findFirst()
        .ifPresent(name -> {
          throw new YamlException(
              DOCUMENT,
              "the template has no parameter `%s`%s"
                  .formatted(name, Spelling.suggestion(name, known)));
        });
    template
        .parameters()
        .forEach((name, parameter) ->
            parameter
                .value(settings.parameters().get(name))
                .ifPresent(value -> parameters.put(name, value)));
  }

  Value parameter(ParameterRef ref) {
    Value value = parameters.get(ref.parameter());
    if (value == null) {
      throw new YamlException(
          ref.place(),
          "parameter `%s` is in the Parameter Store, which is not here: give its value"
              .formatted(ref.parameter()));
    }
    return value.at(ref.place());
  }

  /// The account is in the partition `aws`, whatever its region is called.
  Value pseudo(PseudoRef ref) {
    Place place = ref.place();
    return switch (ref.parameter()) {
      case ACCOUNT_ID -> Value.text(place, settings.account().digits());
      case NO_VALUE -> new Absent(place);
      case PARTITION -> Value.text(place, "aws");
      case REGION -> Value.text(place, settings.region());
      case STACK_ID -> Value.text(place, stackId);
      case STACK_NAME -> Value.text(place, settings.stackName());
      case URL_SUFFIX -> Value.text(place, "amazonaws.com");
    };
  }

  /// What the mapping `keys[0]` holds under `keys[1]` and `keys[2]`.
  Value mapped(Place place, List<String> keys) {
    String mapping = keys.get(0);
    String top = keys.get(1);
    Map<String, Map<String, Value>> tops =
        found(place, "the template has no mapping", mapping, template.mappings());
    Map<String, Value> seconds =
        found(place, "mapping `%s` has no key".formatted(mapping), top, tops);
    return found(
            place, "`%s` of mapping `%s` has no key".formatted(top, mapping), keys.get(2), seconds)
        .at(place);
  }

  private static <T> T found(Place place, String complaint, String name, Map<String, T> map) {
    T value = map.get(name);
    if (value == null) {
      throw new YamlException(
          place, "%s `%s`%s".formatted(complaint, name, Spelling.suggestion(name, map.keySet())));
    }
    return value;
  }

  /// Whether what stands under `condition` exists.
  boolean exist(@Nullable String condition) {
    return condition == null || holds(DOCUMENT, condition);
  }

  /// Whether the condition `name` holds, which is asked at `place`.
  boolean holds(Place place, String name) {
    Boolean known = decided.get(name);
    if (known != null) {
      return known;
    }
    Condition condition =
        found(place, "the template has no condition", name, template.conditions());
    if (!open.add(name)) {
      List<String> path = List.copyOf(open);
      throw new YamlException(
          place,
          "the conditions ask for each other in a circle: %s → %s"
              .formatted(String.join(" → ", path.subList(path.indexOf(name), path.size())), name));
    }
    boolean holds = holds(condition);
    open.remove(name);
    decided.put(name, holds);
    return holds;
  }

  /// Asks every operand, so that a fault in one is found whatever the others are.
  private boolean holds(Condition condition) {
    return switch (condition) {
      case Condition.And(var all) -> all.stream().filter(this::holds).count() == all.size();
      case Condition.Or(var all) -> all.stream().filter(this::holds).count() > 0;
      case Condition.Not(var other) -> !holds(other);
      case Condition.Named(var place, var name) -> holds(place, name);
      case Condition.Equals(var left, var right) -> operand(left).equals(operand(right));
    };
  }

  private String operand(Expression expression) {
    Value value = new Resolver(this, new NoResources()).resolve(expression);
    if (value instanceof Text text) {
      return text.text();
    }
    throw new YamlException(
        expression.place(), "`Fn::Equals` compares strings, not " + value.kind());
  }

  /// What a condition sees.
  private record NoResources() implements Resolver.Resources {
    @Override
    public Value ref(ResourceRef ref) {
      throw tooEarly(ref.place(), ref.logicalId());
    }

    @Override
    public Value attribute(GetAtt getAtt) {
      throw tooEarly(getAtt.place(), getAtt.logicalId());
    }

    private static YamlException tooEarly(Place place, String logicalId) {
      return new YamlException(
          place,
          "a condition is decided before resource `%s` exists, and cannot ask for it"
              .formatted(logicalId));
    }
  }
}
