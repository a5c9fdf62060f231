package dev.tegata.provisioning;

import dev.tegata.arn.Arn;
import dev.tegata.authorization.Call;
import dev.tegata.cloudformation.Created;
import dev.tegata.cloudformation.ResourceRequest;
import dev.tegata.cloudformation.ResourceType;
import dev.tegata.objects.Bucket;
import dev.tegata.objects.BucketStore;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// `AWS::S3::Bucket`: a bucket.
///
/// It is private whatever the template says of encryption, public access or ownership: such
/// properties are taken note of and change nothing.
///
/// Source:
/// <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-s3-bucket.html>
record BucketResource(BucketStore buckets, Call call) implements ResourceType {
  private static final int MAX_NAME = 63;
  private static final String REGION = "us-east-1";

  @Override
  public String name() {
    return "AWS::S3::Bucket";
  }

  @Override
  public Set<String> properties() {
    return Set.of(
        "BucketName",
        "BucketEncryption",
        "LifecycleConfiguration",
        "OwnershipControls",
        "PublicAccessBlockConfiguration",
        "Tags",
        "VersioningConfiguration");
  }

  @Override
  public Set<String> attributes() {
    return Set.of("Arn", "DomainName", "RegionalDomainName");
  }

  @Override
  public Created create(ResourceRequest request) {
    String name =
        request
            .properties()
            .string("BucketName")
            .orElseGet(() -> request.generatedName(MAX_NAME).toLowerCase(Locale.ROOT));
    boolean isNew = buckets.create(new Bucket(name, call.account(), REGION, call.time()));
    if (!isNew && buckets.find(name).filter(it -> it.account().equals(call.account())).isEmpty()) {
      throw new IllegalArgumentException(
          "the bucket `" + name + "` is there already, and is another account's");
    }
    return new Created(
        name,
        Map.of(
            "Arn", Arn.bucket(name).toString(),
            "DomainName", name + ".s3.amazonaws.com",
            "RegionalDomainName", name + ".s3." + REGION + ".amazonaws.com"));
  }
}
