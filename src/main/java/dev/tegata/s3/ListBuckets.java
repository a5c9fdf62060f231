package dev.tegata.s3;

import dev.tegata.arn.AccountId;
import dev.tegata.arn.Arn;
import dev.tegata.arn.CanonicalUserId;
import dev.tegata.authorization.Call.Access;
import dev.tegata.aws.Refusal;
import dev.tegata.aws.S3Error;
import dev.tegata.aws.XmlDocument;
import dev.tegata.http.HttpResponse;
import dev.tegata.objects.Bucket;
import dev.tegata.objects.BucketStore;
import java.util.List;

/// The buckets of the caller's account.
///
/// Source: <https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListBuckets.html>
final class ListBuckets {
  private static final int MAX_BUCKETS = 10_000;
  private static final String LIMIT = "max-buckets";

  private final BucketStore buckets;

  ListBuckets(BucketStore buckets) {
    this.buckets = buckets;
  }

  HttpResponse answer(S3Request request) {
    Arn everything = new Arn("aws", "s3", "", "", "*");
    request.call().require(Gate.withKeys(request, new Access("s3:ListAllMyBuckets", everything)));
    int limit = request.limit(LIMIT, MAX_BUCKETS);
    if (limit == 0) {
      throw new Refusal(
          new S3Error.InvalidArgument(
              "Argument max-buckets must be an integer between 1 and 10000", LIMIT, "0"));
    }
    String prefix = request.parameter("prefix").orElse("");
    String after = request.parameter("continuation-token").map(PageToken::read).orElse("");
    AccountId account = request.call().account();
    List<Bucket> found = buckets.list(account, prefix, after, limit + 1);
    List<Bucket> page = found.subList(0, Math.min(limit, found.size()));

    XmlDocument xml = S3Service.document("ListAllMyBucketsResult");
    xml.open("Owner").element("ID", CanonicalUserId.of(account).digits()).close();
    xml.open("Buckets");
    page.forEach(bucket -> write(xml, bucket));
    xml.close();
    if (found.size() > limit) {
      xml.element("ContinuationToken", PageToken.write(page.getLast().name()));
    }
    request.parameter("prefix").ifPresent(given -> xml.element("Prefix", given));
    return xml.answer(200);
  }

  private static void write(XmlDocument xml, Bucket bucket) {
    xml.open("Bucket")
        .element("Name", bucket.name())
        .element("CreationDate", bucket.createdAt())
        .element("BucketRegion", bucket.region())
        .element("BucketArn", Arn.bucket(bucket.name()).toString())
        .close();
  }
}
