package dev.tegata.accountdetails;

import dev.tegata.arn.AccountId;
import dev.tegata.cloudformation.Properties;
import dev.tegata.store.OidcProvider;
import dev.tegata.yaml.Json;
import dev.tegata.yaml.Node;
import dev.tegata.yaml.Node.Mapping;
import dev.tegata.yaml.YamlException;
import java.time.Instant;
import java.util.List;

/// An OIDC provider as `aws iam get-open-id-connect-provider` prints it, which does not say whose
/// it is.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetOpenIDConnectProvider.html>
public final class ProviderDetails {
  private static final String SCHEME = "https://";

  private ProviderDetails() {}

  /// Reads a provider of `account`.
  ///
  /// @throws YamlException with the place of what cannot be understood
  public static OidcProvider read(String text, AccountId account) {
    List<Node> documents = Json.read(text);
    if (documents.size() != 1 || !(documents.getFirst() instanceof Mapping object)) {
      throw new YamlException(
          documents.getLast().place(),
          "a provider is one object with `Url` and `ClientIDList`, as"
              + " `aws iam get-open-id-connect-provider` prints it");
    }
    Properties properties = Properties.of(object);
    String url = properties.requireString("Url");
    return new OidcProvider(
        account,
        url.contains("://") ? url : SCHEME + url,
        properties.strings("ClientIDList"),
        properties.strings("ThumbprintList"),
        properties.tags(),
        Instant.EPOCH);
  }
}
