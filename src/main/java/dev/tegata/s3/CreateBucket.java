package dev.tegata.s3;

import dev.tegata.arn.AccountId;
import dev.tegata.authorization.Call.Access;
import dev.tegata.aws.Refusal;
import dev.tegata.aws.S3Error;
import dev.tegata.aws.XmlBody;
import dev.tegata.http.Headers;
import dev.tegata.http.HttpResponse;
import dev.tegata.objects.Bucket;
import dev.tegata.objects.BucketStore;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Creates a bucket, whose name no other account's bucket has.
///
/// A client in us-east-1 names no location, or the other region in which it wants the bucket; in
/// every other region it names that region. Who creates its own bucket a second time is refused,
/// but not in us-east-1.
///
/// Source: <https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateBucket.html>
final class CreateBucket {
  private static final int MAX_BODY_BYTES = 64 * 1024;
  private static final String FIRST_REGION = "us-east-1";
  private static final Pattern REGION = Pattern.compile("[a-z]{2}(-[a-z]+)+-\\d");
  private static final String OWNER_ENFORCED = "BucketOwnerEnforced";
  private static final String PRIVATE = "private";

  private final BucketStore buckets;
  private final String region;

  CreateBucket(BucketStore buckets, String region) {
    this.buckets = buckets;
    this.region = region;
  }

  HttpResponse answer(S3Request request) {
    String constraint = constraint(request);
    accesses(request, constraint)
        .forEach(access -> request.call().require(Gate.withKeys(request, access)));
    requireKnownSettings(request);
    AccountId account = request.call().account();
    Bucket bucket = new Bucket(request.bucket(), account, regionOf(constraint), request.time());
    if (!buckets.create(bucket)) {
      requireSame(bucket);
    }
    return HttpResponse.empty(
        200, Headers.of("Location", "/" + bucket.name(), "Content-Length", "0"));
  }

  private static List<Access> accesses(S3Request request, String constraint) {
    Map<String, List<String>> keys = new LinkedHashMap<>(ObjectHeaders.conditionKeys(request));
    if (!constraint.isEmpty()) {
      keys.put("s3:locationconstraint", List.of(constraint));
    }
    List<Access> accesses = new ArrayList<>();
    accesses.add(new Access("s3:CreateBucket", request.bucketArn(), keys));
    if (ObjectHeaders.hasAcl(request)) {
      accesses.add(new Access("s3:PutBucketAcl", request.bucketArn(), keys));
    }
    if (request.header("x-amz-object-ownership").isPresent()) {
      accesses.add(new Access("s3:PutBucketOwnershipControls", request.bucketArn(), keys));
    }
    return accesses;
  }

  private static String constraint(S3Request request) {
    byte[] body = Upload.readAll(request, MAX_BODY_BYTES);
    List<String> constraints = new ArrayList<>();
    try {
      if (body.length > 0) {
        XmlBody.read(body, (path, text) -> take(path, text, constraints));
      }
    } catch (IllegalArgumentException _) {
      throw new Refusal(new S3Error.MalformedXml());
    }
    return constraints.isEmpty() ? "" : constraints.getFirst();
  }

  private static void take(String path, String text, List<String> constraints) {
    switch (path) {
      case "CreateBucketConfiguration" -> {}
      case "CreateBucketConfiguration/LocationConstraint" -> constraints.add(text.strip());
      default -> {
        if (!path.startsWith("CreateBucketConfiguration/")) {
          throw new IllegalArgumentException("another document: `" + path + "`");
        }
        throw new Refusal(
            new S3Error.NotImplemented("CreateBucket does not implement " + path + "."));
      }
    }
  }

  private String regionOf(String constraint) {
    if (region.equals(FIRST_REGION)) {
      if (constraint.equals(FIRST_REGION)) {
        throw new Refusal(new S3Error.InvalidLocationConstraint(constraint));
      }
      String other = constraint.equals("EU") ? "eu-west-1" : constraint;
      if (!other.isEmpty() && !REGION.matcher(other).matches()) {
        throw new Refusal(new S3Error.InvalidLocationConstraint(constraint));
      }
      return other.isEmpty() ? FIRST_REGION : other;
    }
    if (!constraint.equals(region)) {
      throw new Refusal(
          new S3Error.IllegalLocationConstraint(constraint.isEmpty() ? "unspecified" : constraint));
    }
    return region;
  }

  private static void requireKnownSettings(S3Request request) {
    Optional<String> acl = request.header("x-amz-acl");
    if (ObjectHeaders.hasAcl(request) && !acl.equals(Optional.of(PRIVATE))) {
      throw new Refusal(new S3Error.InvalidBucketAcl());
    }
    String ownership = request.header("x-amz-object-ownership").orElse(OWNER_ENFORCED);
    if (!ownership.equals(OWNER_ENFORCED)) {
      throw new Refusal(new S3Error.HeaderNotImplemented("x-amz-object-ownership"));
    }
    if (request.header("x-amz-bucket-object-lock-enabled").orElse("").equalsIgnoreCase("true")) {
      throw new Refusal(new S3Error.HeaderNotImplemented("x-amz-bucket-object-lock-enabled"));
    }
  }

  /// Lets pass only a bucket that is there already, the caller's own, in us-east-1.
  private void requireSame(Bucket bucket) {
    Optional<Bucket> taken = buckets.find(bucket.name());
    if (taken.isPresent() && !taken.get().account().equals(bucket.account())) {
      throw new Refusal(new S3Error.BucketAlreadyExists(bucket.name()));
    }
    boolean isFirstRegion =
        bucket.region().equals(FIRST_REGION)
            && taken.map(Bucket::region).equals(Optional.of(FIRST_REGION));
    if (!isFirstRegion) {
      throw new Refusal(new S3Error.BucketAlreadyOwnedByYou(bucket.name()));
    }
  }
}
