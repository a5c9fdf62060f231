package dev.tegata.provisioning;

import dev.tegata.authorization.Call;
import dev.tegata.aws.IamError.EntityAlreadyExists;
import dev.tegata.aws.Refusal;
import dev.tegata.cloudformation.Created;
import dev.tegata.cloudformation.Properties;
import dev.tegata.cloudformation.ResourceRequest;
import dev.tegata.cloudformation.ResourceType;
import dev.tegata.federation.GivenRetrieval;
import dev.tegata.iam.Iam;
import dev.tegata.store.OidcProvider.KeyRetrieval;
import dev.tegata.yaml.YamlException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.iam.model.AddClientIdToOpenIdConnectProviderRequest;
import software.amazon.awssdk.services.iam.model.CreateOpenIdConnectProviderRequest;
import software.amazon.awssdk.services.iam.model.Tag;
import software.amazon.awssdk.services.iam.model.TagOpenIdConnectProviderRequest;
import software.amazon.awssdk.services.iam.model.UpdateOpenIdConnectProviderThumbprintRequest;
import tools.jackson.databind.JsonNode;

/// `AWS::IAM::OIDCProvider`: an issuer that the account believes.
///
/// The metadata may say, under `Tegata`, how its keys are come by: `JwkSet`, a document or a
/// mapping; `CertificateAuthorities`, a list of certificates in PEM; `PrivateAddresses`.
///
/// Source:
/// <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-oidcprovider.html>
record OidcProviderResource(Iam iam, Call call) implements ResourceType {
  private static final String OURS = "Tegata";
  private static final Set<String> RETRIEVAL =
      Set.of("JwkSet", "CertificateAuthorities", "PrivateAddresses");

  @Override
  public String name() {
    return "AWS::IAM::OIDCProvider";
  }

  @Override
  public Set<String> properties() {
    return Set.of("Url", "ClientIdList", "ThumbprintList", "Tags", OURS);
  }

  @Override
  public Set<String> attributes() {
    return Set.of("Arn");
  }

  @Override
  public Created create(ResourceRequest request) {
    Properties properties = request.properties();
    String url = properties.requireString("Url");
    List<String> clientIds = properties.strings("ClientIdList");
    List<String> thumbprints = properties.strings("ThumbprintList");
    String arn;
    try {
      arn =
          iam.oidcProviders()
              .create(
                  CreateOpenIdConnectProviderRequest.builder()
                      .url(url)
                      .clientIDList(clientIds)
                      .thumbprintList(thumbprints)
                      .tags(Tags.of(properties))
                      .build(),
                  call)
              .openIDConnectProviderArn();
    } catch (Refusal refusal) {
      if (!(refusal.error() instanceof EntityAlreadyExists)) {
        throw refusal;
      }
      arn = arn(url);
      update(arn, clientIds, thumbprints);
      tag(arn, Tags.of(properties));
    }
    String created = arn;
    properties
        .mapping(OURS)
        .map(OidcProviderResource::retrieval)
        .ifPresent(retrieval -> iam.keyRetrievals().put(created, retrieval, call));
    return new Created(arn, Map.of("Arn", arn));
  }

  private static KeyRetrieval retrieval(Properties properties) {
    properties.requireOnly(RETRIEVAL);
    try {
      return GivenRetrieval.of(
          properties.document("JwkSet").map(JsonNode::toString),
          properties.strings("CertificateAuthorities"),
          properties.bool("PrivateAddresses").orElse(false));
    } catch (IllegalArgumentException e) {
      throw new YamlException(
          properties.place(), "`" + OURS + "` cannot be used: " + e.getMessage());
    }
  }

  private void tag(String arn, List<Tag> tags) {
    if (!tags.isEmpty()) {
      iam.oidcProviderTags()
          .tag(
              TagOpenIdConnectProviderRequest.builder()
                  .openIDConnectProviderArn(arn)
                  .tags(tags)
                  .build(),
              call);
    }
  }

  private void update(String arn, List<String> clientIds, List<String> thumbprints) {
    for (String clientId : clientIds) {
      iam.oidcProviders()
          .addClientId(
              AddClientIdToOpenIdConnectProviderRequest.builder()
                  .openIDConnectProviderArn(arn)
                  .clientID(clientId)
                  .build(),
              call);
    }
    if (!thumbprints.isEmpty()) {
      iam.oidcProviders()
          .updateThumbprints(
              UpdateOpenIdConnectProviderThumbprintRequest.builder()
                  .openIDConnectProviderArn(arn)
                  .thumbprintList(thumbprints)
                  .build(),
              call);
    }
  }

  private String arn(String url) {
    return "arn:aws:iam::%s:oidc-provider/%s"
        .formatted(call.account(), url.substring(url.indexOf("://") + 3));
  }
}
