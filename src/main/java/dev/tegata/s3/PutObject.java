package dev.tegata.s3;

import dev.tegata.authorization.Call.Access;
import dev.tegata.aws.Refusal;
import dev.tegata.aws.S3Error;
import dev.tegata.http.Headers;
import dev.tegata.http.HttpResponse;
import dev.tegata.objects.Blob;
import dev.tegata.objects.Bucket;
import dev.tegata.objects.ObjectStore;
import dev.tegata.objects.Precondition;
import dev.tegata.objects.StoredObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Stores an object, whole or not at all.
///
/// Source: <https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html>
final class PutObject {
  private final Gate gate;
  private final ObjectStore objects;

  PutObject(Gate gate, ObjectStore objects) {
    this.gate = gate;
    this.objects = objects;
  }

  HttpResponse answer(S3Request request) {
    Bucket bucket = gate.enter(request, request.bucket(), accesses(request));
    ObjectHeaders.requireOffered(request);
    Precondition precondition = Preconditions.ofPut(request);
    Headers kept = ObjectHeaders.kept(request);
    Upload body = Upload.of(request);
    Blob blob = objects.write(body);
    Upload.Result result = body.result();
    StoredObject object =
        new StoredObject(
            request.key(),
            blob,
            result.md5(),
            request.time(),
            ObjectHeaders.with(kept, result.checksum()));
    requireDone(objects.put(bucket, object, precondition), request, bucket);
    Headers headers =
        Headers.of("ETag", ObjectHeaders.quoted(object.etag()), "Content-Length", "0");
    return HttpResponse.empty(200, ObjectHeaders.telling(headers, result.checksum()));
  }

  /// What a request must be allowed to do that brings a new object.
  static List<Access> accesses(S3Request request) {
    Map<String, List<String>> keys = new LinkedHashMap<>(ObjectHeaders.conditionKeys(request));
    keys.put("s3:ObjectCreationOperation", List.of("true"));
    List<Access> accesses = new ArrayList<>();
    accesses.add(new Access("s3:PutObject", request.objectArn(), keys));
    if (ObjectHeaders.hasAcl(request)) {
      accesses.add(new Access("s3:PutObjectAcl", request.objectArn(), keys));
    }
    if (request.header("If-Match").isPresent()) {
      accesses.add(new Access("s3:GetObject", request.objectArn()));
    }
    return accesses;
  }

  /// Refuses a change that was not made.
  static void requireDone(ObjectStore.Outcome outcome, S3Request request, Bucket bucket) {
    switch (outcome) {
      case DONE -> {}
      case PRECONDITION_FAILED ->
          throw Preconditions.failed(
              request.header("If-Match").isPresent() ? "If-Match" : "If-None-Match");
      case NO_SUCH_KEY -> throw Gate.missing(request, bucket, request.key());
      case NO_SUCH_BUCKET -> throw new Refusal(new S3Error.NoSuchBucket(request.bucket()));
    }
  }
}
