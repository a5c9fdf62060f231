package dev.tegata.provisioning;

import dev.tegata.authorization.Call;
import dev.tegata.aws.IamError.EntityAlreadyExists;
import dev.tegata.aws.Refusal;
import dev.tegata.cloudformation.Created;
import dev.tegata.cloudformation.Properties;
import dev.tegata.cloudformation.ResourceRequest;
import dev.tegata.cloudformation.ResourceType;
import dev.tegata.iam.Iam;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.iam.model.AddClientIdToOpenIdConnectProviderRequest;
import software.amazon.awssdk.services.iam.model.CreateOpenIdConnectProviderRequest;
import software.amazon.awssdk.services.iam.model.UpdateOpenIdConnectProviderThumbprintRequest;

/// `AWS::IAM::OIDCProvider`: an issuer that the account believes.
///
/// Source:
/// <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-oidcprovider.html>
record OidcProviderResource(Iam iam, Call call) implements ResourceType {

  @Override
  public String name() {
    return "AWS::IAM::OIDCProvider";
  }

  @Override
  public Set<String> properties() {
    return Set.of("Url", "ClientIdList", "ThumbprintList", "Tags");
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
    }
    return new Created(arn, Map.of("Arn", arn));
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
