package dev.tegata.s3;

import dev.tegata.authorization.Call.Access;
import dev.tegata.aws.Refusal;
import dev.tegata.aws.S3Error;
import dev.tegata.http.Headers;
import dev.tegata.http.HttpResponse;
import dev.tegata.objects.Bucket;
import dev.tegata.objects.ObjectStore;
import dev.tegata.objects.StoredObject;
import java.io.InputStream;
import java.util.Optional;

/// Sends an object or a part of it; HeadObject, which needs the same permission, sends the header
/// fields alone.
///
/// Source: <https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html>
final class GetObject {
  private final Gate gate;
  private final ObjectStore objects;

  GetObject(Gate gate, ObjectStore objects) {
    this.gate = gate;
    this.objects = objects;
  }

  HttpResponse answer(S3Request request) {
    String action = request.hasVersion() ? "s3:GetObjectVersion" : "s3:GetObject";
    Bucket bucket = gate.enter(request, new Access(action, request.objectArn()));
    request.requireCurrentVersion();
    while (true) { // once more only after the object was replaced or deleted in between
      StoredObject object =
          objects
              .find(bucket, request.key())
              .orElseThrow(() -> Gate.missing(request, bucket, request.key()));
      Optional<HttpResponse> answer = answer(request, object);
      if (answer.isPresent()) {
        return answer.get();
      }
    }
  }

  private Optional<HttpResponse> answer(S3Request request, StoredObject object) {
    if (Preconditions.isNotModified(request, object)) {
      return Optional.of(HttpResponse.empty(304, ObjectHeaders.answer(object, request)));
    }
    Optional<ByteRange> range = range(request, object);
    ByteRange part = range.orElse(new ByteRange(0, object.size()));
    Headers headers = headers(request, object, range, part);
    int status = range.isPresent() ? 206 : 200;
    if (request.http().method().equals("HEAD")) {
      return Optional.of(HttpResponse.empty(status, headers));
    }
    Optional<InputStream> bytes = objects.read(object, part.first(), part.length());
    return bytes.map(body -> new HttpResponse(status, headers, body));
  }

  private static Optional<ByteRange> range(S3Request request, StoredObject object) {
    Optional<String> field = request.header("Range");
    Optional<String> part = request.parameter("partNumber");
    if (part.isPresent()) {
      if (field.isPresent()) {
        throw new Refusal(
            new S3Error.InvalidRequest(
                "Cannot specify both Range header and partNumber query parameter"));
      }
      if (!part.get().equals("1")) {
        throw new Refusal(new S3Error.InvalidPartNumber(part.get()));
      }
      return object.size() == 0 ? Optional.empty() : Optional.of(new ByteRange(0, object.size()));
    }
    return field.isEmpty() || !Preconditions.isOfRange(request, object)
        ? Optional.empty()
        : ByteRange.parse(field.get(), object.size());
  }

  private static Headers headers(
      S3Request request, StoredObject object, Optional<ByteRange> range, ByteRange part) {
    Headers headers =
        ObjectHeaders.answer(object, request).with("Content-Length", Long.toString(part.length()));
    if (range.isPresent()) {
      return headers.with("Content-Range", part.of(object.size()));
    }
    Optional<Checksum> checksum = Checksum.in(object.headers());
    return checksum.isPresent() && request.header("x-amz-checksum-mode").isPresent()
        ? ObjectHeaders.telling(headers, checksum.get())
        : headers;
  }
}
