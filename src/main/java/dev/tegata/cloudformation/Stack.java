package dev.tegata.cloudformation;

import dev.tegata.aws.Refusal;
import dev.tegata.cloudformation.Expression.GetAtt;
import dev.tegata.cloudformation.Expression.ResourceRef;
import dev.tegata.cloudformation.Plan.Step;
import dev.tegata.cloudformation.ResourceRequest.NameSource;
import dev.tegata.cloudformation.StackOutput.CreatedResource;
import dev.tegata.cloudformation.Template.Output;
import dev.tegata.cloudformation.Template.Resource;
import dev.tegata.cloudformation.Value.Text;
import dev.tegata.yaml.YamlException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.UUID;
import java.util.random.RandomGenerator;

/// Creates what a template declares.
public final class Stack {
  private Stack() {}

  /// Creates the resources of `template`, each after those that it depends on, and otherwise in the
  /// order of their names.
  ///
  /// What can be wrong with the template itself is found before the first resource is created. What
  /// was created before a [ResourceType] refuses stays.
  ///
  /// @throws YamlException with the place in the template, for any fault of it and for any refusal
  public static StackOutput create(
      Template template,
      Settings settings,
      Collection<ResourceType> types,
      RandomGenerator random) {
    String stackId =
        "arn:aws:cloudformation:%s:%s:stack/%s/%s"
            .formatted(
                settings.region(),
                settings.account(),
                settings.stackName(),
                new UUID(random.nextLong(), random.nextLong()));
    Plan plan = Plan.of(template, Facts.of(template, settings, stackId), types);
    NameSource names = new NameSource(settings.stackName(), random);
    Existing existing = new Existing(new HashMap<>());
    List<CreatedResource> resources = new ArrayList<>();
    for (Step step : plan.steps()) {
      Resource resource = step.resource();
      Resolver resolver = new Resolver(plan.facts(), existing);
      Properties properties = new Properties("", resolver.fields(resource.properties()));
      Created created = create(step, new ResourceRequest(resource.id(), properties, names));
      existing.resources.put(resource.id(), created);
      resources.add(new CreatedResource(resource.id(), resource.type().text(), created));
    }
    return new StackOutput(resources, outputs(plan, existing));
  }

  private static Created create(Step step, ResourceRequest request) {
    try {
      return step.type().create(request);
    } catch (YamlException e) {
      throw new YamlException(e.place(), step.resource().subject() + ": " + e.getMessage());
    } catch (Refusal | IllegalArgumentException e) {
      throw new YamlException(
          step.resource().place(), step.resource().subject() + ": " + e.getMessage());
    }
  }

  private static SequencedMap<String, String> outputs(Plan plan, Existing existing) {
    SequencedMap<String, String> outputs = new LinkedHashMap<>();
    for (Output output : plan.outputs()) {
      Resolver resolver = new Resolver(plan.facts(), existing);
      if (resolver.text(output.value(), "an output") instanceof Text text) {
        outputs.put(output.name(), text.text());
      }
    }
    return outputs;
  }

  /// The resources that exist; the plan asks only for these.
  private record Existing(Map<String, Created> resources) implements Resolver.Resources {
    @Override
    public Value ref(ResourceRef ref) {
      return Value.text(ref.place(), created(ref.logicalId()).ref());
    }

    @Override
    public Value attribute(GetAtt getAtt) {
      String value = created(getAtt.logicalId()).attributes().get(getAtt.attribute());
      if (value == null) {
        throw new IllegalStateException(
            getAtt.logicalId() + " was created without " + getAtt.attribute());
      }
      return Value.text(getAtt.place(), value);
    }

    private Created created(String logicalId) {
      Created created = resources.get(logicalId);
      if (created == null) {
        throw new IllegalStateException(logicalId + " was asked for before it was created");
      }
      return created;
    }
  }
}
