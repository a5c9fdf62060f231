package dev.tegata.s3;

import dev.tegata.arn.Arn;
import dev.tegata.authorization.Call.Access;
import dev.tegata.http.Headers;
import dev.tegata.http.HttpResponse;
import dev.tegata.objects.Bucket;

/// Whether a bucket is there and the caller may list it, and where it is.
///
/// Source: <https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadBucket.html>
final class HeadBucket {
  private final Gate gate;

  HeadBucket(Gate gate) {
    this.gate = gate;
  }

  HttpResponse answer(S3Request request) {
    Bucket bucket = gate.enter(request, new Access("s3:ListBucket", request.bucketArn()));
    return HttpResponse.empty(
        200,
        Headers.of(
            "x-amz-bucket-region",
            bucket.region(),
            "x-amz-bucket-arn",
            Arn.bucket(bucket.name()).toString(),
            "x-amz-access-point-alias",
            "false",
            "Content-Type",
            "application/xml"));
  }
}
