package dev.tegata.s3;

import dev.tegata.authorization.Call.Access;
import dev.tegata.aws.Refusal;
import dev.tegata.aws.S3Error;
import dev.tegata.http.Headers;
import dev.tegata.http.HttpResponse;
import dev.tegata.objects.BucketStore;

/// Deletes a bucket that holds no object.
///
/// Source: <https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucket.html>
final class DeleteBucket {
  private final Gate gate;
  private final BucketStore buckets;

  DeleteBucket(Gate gate, BucketStore buckets) {
    this.gate = gate;
    this.buckets = buckets;
  }

  HttpResponse answer(S3Request request) {
    Access access = new Access("s3:DeleteBucket", request.bucketArn());
    return switch (buckets.delete(gate.enter(request, access))) {
      case DELETED -> HttpResponse.empty(204, Headers.of());
      case NOT_EMPTY -> throw new Refusal(new S3Error.BucketNotEmpty(request.bucket()));
      case NOT_FOUND -> throw new Refusal(new S3Error.NoSuchBucket(request.bucket()));
    };
  }
}
