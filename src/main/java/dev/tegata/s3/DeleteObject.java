package dev.tegata.s3;

import dev.tegata.authorization.Call.Access;
import dev.tegata.http.Headers;
import dev.tegata.http.HttpResponse;
import dev.tegata.objects.Bucket;
import dev.tegata.objects.ObjectStore;

/// Deletes an object; who deletes what is not there has succeeded.
///
/// Source: <https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObject.html>
final class DeleteObject {
  private final Gate gate;
  private final ObjectStore objects;

  DeleteObject(Gate gate, ObjectStore objects) {
    this.gate = gate;
    this.objects = objects;
  }

  HttpResponse answer(S3Request request) {
    String action = request.hasVersion() ? "s3:DeleteObjectVersion" : "s3:DeleteObject";
    Access access = new Access(action, request.objectArn(), ObjectHeaders.conditionKeys(request));
    Bucket bucket = gate.enter(request, access);
    request.requireCurrentVersion();
    PutObject.requireDone(
        objects.delete(bucket, request.key(), Preconditions.ofDelete(request)), request, bucket);
    return HttpResponse.empty(204, Headers.of());
  }
}
