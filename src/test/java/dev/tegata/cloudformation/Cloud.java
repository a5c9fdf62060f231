package dev.tegata.cloudformation;

import dev.tegata.arn.AccountId;
import dev.tegata.aws.IamError.EntityAlreadyExists;
import dev.tegata.aws.Refusal;
import dev.tegata.cloudformation.StackOutput.CreatedResource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// An account in memory, whose resources are no more than what was asked for.
final class Cloud {
  static final AccountId ACCOUNT = new AccountId("123456789012");
  private static final JsonMapper JSON = JsonMapper.shared();

  private final Map<String, ObjectNode> properties = new HashMap<>(); // by logical id
  private final Set<String> physicalNames = new HashSet<>();

  final List<ResourceType> types =
      List.of(
          type(
              "AWS::IAM::OIDCProvider",
              Set.of("Url", "ClientIdList", "ThumbprintList", "Tags"),
              Set.of("Arn"),
              request -> {
                String host = request.properties().requireString("Url").replace("https://", "");
                String arn = "arn:aws:iam::" + ACCOUNT + ":oidc-provider/" + host;
                return new Created(arn, Map.of("Arn", arn));
              }),
          type(
              "AWS::IAM::Role",
              Set.of(
                  "AssumeRolePolicyDocument",
                  "Description",
                  "ManagedPolicyArns",
                  "MaxSessionDuration",
                  "Path",
                  "PermissionsBoundary",
                  "Policies",
                  "RoleName",
                  "Tags"),
              Set.of("Arn", "RoleId"),
              request -> {
                request.properties().requireDocument("AssumeRolePolicyDocument");
                String name = name(request, "RoleName", 64);
                String path = request.properties().string("Path").orElse("/");
                return new Created(
                    name,
                    Map.of(
                        "Arn",
                        "arn:aws:iam::" + ACCOUNT + ":role" + path + name,
                        "RoleId",
                        "AROA" + name.toUpperCase(Locale.ROOT)));
              }),
          type(
              "AWS::IAM::ManagedPolicy",
              Set.of("Description", "ManagedPolicyName", "Path", "PolicyDocument", "Roles"),
              Set.of("PolicyArn"),
              request -> {
                String arn =
                    "arn:aws:iam::"
                        + ACCOUNT
                        + ":policy/"
                        + name(request, "ManagedPolicyName", 128);
                return new Created(arn, Map.of("PolicyArn", arn));
              }),
          type(
              "AWS::IAM::Policy",
              Set.of("PolicyDocument", "PolicyName", "Roles"),
              Set.of("Id"),
              request ->
                  new Created(
                      request.properties().requireString("PolicyName"),
                      Map.of("Id", request.logicalId()))),
          type(
              "AWS::S3::Bucket",
              Set.of(
                  "BucketEncryption",
                  "BucketName",
                  "LifecycleConfiguration",
                  "PublicAccessBlockConfiguration",
                  "Tags",
                  "VersioningConfiguration"),
              Set.of("Arn", "DomainName"),
              request -> {
                String name = name(request, "BucketName", 63).toLowerCase(Locale.ROOT);
                return new Created(
                    name,
                    Map.of(
                        "Arn", "arn:aws:s3:::" + name, "DomainName", name + ".s3.amazonaws.com"));
              }));

  private String name(ResourceRequest request, String property, int maxLength) {
    String name =
        request.properties().string(property).orElseGet(() -> request.generatedName(maxLength));
    if (!physicalNames.add(name)) {
      throw new Refusal(
          new EntityAlreadyExists("%s with name %s already exists.".formatted(property, name)));
    }
    return name;
  }

  /// Deploys `template` as the stack `ci`, always with the same randomness.
  StackOutput deploy(String template, Map<String, String> parameters) {
    return Stack.create(
        Template.read(template),
        new Settings(ACCOUNT, "eu-central-1", "ci", parameters),
        types,
        new Random(1));
  }

  /// The logical ids of what was created.
  Set<String> created() {
    return new LinkedHashSet<>(properties.keySet());
  }

  ObjectNode properties(String logicalId) {
    return properties.getOrDefault(logicalId, JSON.createObjectNode());
  }

  /// Everything that `output` tells, with the properties that each resource was created with.
  String describe(StackOutput output) {
    ObjectNode described = JSON.createObjectNode();
    ArrayNode resources = described.putArray("resources");
    for (CreatedResource resource : output.resources()) {
      resources
          .addObject()
          .put("logicalId", resource.logicalId())
          .put("type", resource.type())
          .put("ref", resource.created().ref())
          .set("properties", properties(resource.logicalId()));
    }
    ObjectNode outputs = described.putObject("outputs");
    output.outputs().forEach(outputs::put);
    return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(described) + "\n";
  }

  private ResourceType type(
      String name,
      Set<String> known,
      Set<String> attributes,
      Function<ResourceRequest, Created> creation) {
    return new Type(
        name,
        known,
        attributes,
        request -> {
          Created created = creation.apply(request);
          properties.put(request.logicalId(), request.properties().json());
          return created;
        });
  }

  record Type(
      String name,
      Set<String> properties,
      Set<String> attributes,
      Function<ResourceRequest, Created> creation)
      implements ResourceType {
    @Override
    public Created create(ResourceRequest request) {
      return creation.apply(request);
    }
  }
}
