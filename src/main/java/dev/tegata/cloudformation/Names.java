package dev.tegata.cloudformation;

import dev.tegata.cloudformation.Expression.GetAtt;
import dev.tegata.cloudformation.Expression.ParameterRef;
import dev.tegata.cloudformation.Expression.Pseudo;
import dev.tegata.cloudformation.Expression.PseudoRef;
import dev.tegata.cloudformation.Expression.ResourceRef;
import dev.tegata.yaml.Node.Place;
import dev.tegata.yaml.YamlException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/// The names that a template declares, and so can refer to.
record Names(
    Set<String> parameters, Set<String> resources, Set<String> conditions, Set<String> mappings) {

  /// What `Ref` and `${name}` mean.
  Expression reference(Place place, String name) {
    if (parameters.contains(name)) {
      return new ParameterRef(place, name);
    }
    if (resources.contains(name)) {
      return new ResourceRef(place, name);
    }
    return Pseudo.named(name)
        .map(pseudo -> (Expression) new PseudoRef(place, pseudo))
        .orElseThrow(() -> unknown(place, name));
  }

  /// What `Fn::GetAtt` and `${name.attribute}` mean.
  Expression attribute(Place place, String logicalId, String attribute) {
    requireResource(place, logicalId);
    return new GetAtt(place, logicalId, attribute);
  }

  void requireResource(Place place, String logicalId) {
    require(place, logicalId, "resource", resources);
  }

  void requireCondition(Place place, String name) {
    require(place, name, "condition", conditions);
  }

  void requireMapping(Place place, String name) {
    require(place, name, "mapping", mappings);
  }

  private static void require(Place place, String name, String what, Set<String> known) {
    if (!known.contains(name)) {
      throw new YamlException(
          place,
          "the template has no %s `%s`%s".formatted(what, name, Spelling.suggestion(name, known)));
    }
  }

  private YamlException unknown(Place place, String name) {
    List<String> known = new ArrayList<>(parameters);
    known.addAll(resources);
    Arrays.stream(Pseudo.values()).map(Pseudo::text).forEach(known::add);
    return new YamlException(
        place,
        "the template has no parameter or resource `%s`%s"
            .formatted(name, Spelling.suggestion(name, known)));
  }
}
