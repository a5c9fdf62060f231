package dev.tegata.arn;

/// An Amazon Resource Name, such as `arn:aws:iam::123456789012:role/deploy`.
///
/// Six parts with colons between them, of which the last, `resource`, may hold further colons.
/// `region` and `account` are empty where the service's names have none.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html>
public record Arn(
    String partition, String service, String region, String account, String resource) {
  private static final int PARTS = 6;

  /// Every resource there is: what a request is about that names none. It is written `*`, and only
  /// patterns that take in everything match it.
  public static final Arn EVERY = new Arn("*", "*", "*", "*", "*");

  public Arn {
    for (String part : new String[] {partition, service, region, account}) {
      if (part.indexOf(':') >= 0) {
        throw new IllegalArgumentException("`" + part + "` has a colon where an ARN has a part");
      }
    }
    if (partition.isEmpty() || service.isEmpty() || resource.isEmpty()) {
      throw new IllegalArgumentException(
          "an ARN names a partition, a service and a resource, unlike `arn:%s:%s:%s:%s:%s`"
              .formatted(partition, service, region, account, resource));
    }
  }

  /// Reads an ARN.
  ///
  /// @throws IllegalArgumentException when `text` is not one
  public static Arn parse(String text) {
    String[] parts = text.split(":", PARTS);
    if (parts.length != PARTS || !parts[0].equals("arn")) {
      throw new IllegalArgumentException(
          "an ARN is `arn:partition:service:region:account:resource`, not `" + text + "`");
    }
    return new Arn(parts[1], parts[2], parts[3], parts[4], parts[5]);
  }

  /// An IAM resource of `account`, such as `role/ci/deploy` or `oidc-provider/host`.
  public static Arn iam(AccountId account, String resource) {
    return new Arn("aws", "iam", "", account.digits(), resource);
  }

  /// A role session: unlike the role's own ARN, it does not carry the role's path.
  public static Arn assumedRole(AccountId account, String roleName, String sessionName) {
    return new Arn(
        "aws", "sts", "", account.digits(), "assumed-role/" + roleName + "/" + sessionName);
  }

  /// A user of GetFederationToken.
  public static Arn federatedUser(AccountId account, String name) {
    return new Arn("aws", "sts", "", account.digits(), "federated-user/" + name);
  }

  /// A bucket, which has neither region nor account in its name.
  public static Arn bucket(String name) {
    return new Arn("aws", "s3", "", "", name);
  }

  /// An object; `key` is undecorated, without escapes.
  public static Arn object(String bucket, String key) {
    return new Arn("aws", "s3", "", "", bucket + "/" + key);
  }

  /// A resource of Tegata's own in `account`, such as `job/octo-org/app`.
  public static Arn tegata(String region, AccountId account, String resource) {
    return new Arn("aws", "tegata", region, account.digits(), resource);
  }

  @Override
  public String toString() {
    return equals(EVERY)
        ? "*"
        : "arn:" + partition + ":" + service + ":" + region + ":" + account + ":" + resource;
  }
}
