package dev.tegata.s3;

import dev.tegata.arn.AccountId;
import dev.tegata.arn.Arn;
import dev.tegata.authorization.Call.Access;
import dev.tegata.aws.Refusal;
import dev.tegata.aws.S3Error;
import dev.tegata.objects.Bucket;
import dev.tegata.objects.BucketStore;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Lets a request into a bucket: first the policies must allow it, then the bucket must be there.
///
/// In this order a caller without rights does not learn which buckets there are in the account.
final class Gate {
  private static final Pattern ACCOUNT = Pattern.compile("\\d{12}");

  private final BucketStore buckets;

  Gate(BucketStore buckets) {
    this.buckets = buckets;
  }

  /// The bucket that the request names, if all of `accesses` are allowed.
  Bucket enter(S3Request request, Access... accesses) {
    return enter(request, request.bucket(), List.of(accesses));
  }

  /// The bucket called `name`, if all of `accesses` are allowed.
  Bucket enter(S3Request request, String name, List<Access> accesses) {
    Optional<Bucket> bucket = buckets.find(name);
    if (bucket.isPresent() && !bucket.get().account().equals(request.call().account())) {
      Access access =
          accesses.isEmpty() ? new Access("s3:ListBucket", Arn.bucket(name)) : accesses.getFirst();
      throw request
          .call()
          .refused(
              withKeys(request, access, bucket.get().account()),
              new S3Error.AccessDenied("Access Denied"),
              "the bucket is another account's, and has no policy of its own");
    }
    for (Access access : accesses) {
      request.call().require(withKeys(request, access));
    }
    requireOwner(request, "x-amz-expected-bucket-owner");
    return bucket.orElseThrow(() -> new Refusal(new S3Error.NoSuchBucket(name)));
  }

  /// `access` with the condition keys that every operation has.
  static Access withKeys(S3Request request, Access access) {
    return withKeys(request, access, request.call().account());
  }

  private static Access withKeys(S3Request request, Access access, AccountId owner) {
    Map<String, List<String>> keys = new LinkedHashMap<>(request.conditionKeys());
    List<String> account = List.of(owner.digits());
    keys.put("s3:ResourceAccount", account);
    keys.put("aws:ResourceAccount", account);
    keys.putAll(access.context());
    return new Access(access.action(), access.resource(), keys);
  }

  /// Refuses when the header field called `name` names another account than the caller's.
  static void requireOwner(S3Request request, String name) {
    Optional<String> expected = request.header(name);
    if (expected.isEmpty()) {
      return;
    }
    if (!ACCOUNT.matcher(expected.get()).matches()) {
      throw new Refusal(new S3Error.InvalidBucketOwner(expected.get()));
    }
    if (!expected.get().equals(request.call().account().digits())) {
      throw new Refusal(new S3Error.AccessDenied("Access Denied"));
    }
  }

  /// What to say of a key that is not there: only who may list the bucket is told so.
  ///
  /// @throws Refusal when the caller may not list it
  static Refusal missing(S3Request request, Bucket bucket, String key) {
    Access list = withKeys(request, new Access("s3:ListBucket", Arn.bucket(bucket.name())));
    if (!request.call().allows(list)) {
      request.call().require(list); // refuses in the policies' own words, and on the record
    }
    return new Refusal(new S3Error.NoSuchKey(key));
  }
}
