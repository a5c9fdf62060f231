package dev.tegata.policy;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tegata.arn.Arn;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The policies that AWS itself manages: `arn:aws:iam::aws:policy/…`.
///
/// Each is a file of this package's resources, `policy/managed/<path><name>.json`, so adding one is
/// adding a file.
///
/// Source: <https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html>
public final class AwsManagedPolicies {
  private static final String PREFIX = "policy/";
  private static final Map<Arn, NamedPolicy> READ = new ConcurrentHashMap<>();

  private AwsManagedPolicies() {}

  /// The policy of that ARN, if it is known here.
  public static Optional<NamedPolicy> find(Arn arn) {
    NamedPolicy known = READ.get(arn);
    if (known != null) {
      return Optional.of(known);
    }
    boolean managed =
        arn.service().equals("iam")
            && arn.account().equals("aws")
            && arn.resource().matches("policy(/[\\w+=,@-]+)+");
    Optional<NamedPolicy> read = managed ? read(arn) : Optional.empty();
    read.ifPresent(policy -> READ.put(arn, policy));
    return read;
  }

  private static Optional<NamedPolicy> read(Arn arn) {
    String file = "/policy/managed/" + arn.resource().substring(PREFIX.length()) + ".json";
    try (InputStream in = AwsManagedPolicies.class.getResourceAsStream(file)) {
      if (in == null) {
        return Optional.empty();
      }
      String json = new String(in.readAllBytes(), UTF_8).strip();
      return Optional.of(new NamedPolicy(arn.toString(), Policy.parse(PolicyKind.IDENTITY, json)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
