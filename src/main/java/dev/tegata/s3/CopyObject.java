package dev.tegata.s3;

import dev.tegata.arn.Arn;
import dev.tegata.authorization.Call.Access;
import dev.tegata.aws.Refusal;
import dev.tegata.aws.S3Error;
import dev.tegata.http.Headers;
import dev.tegata.http.HttpResponse;
import dev.tegata.http.PercentEncoding;
import dev.tegata.http.Query;
import dev.tegata.objects.Blob;
import dev.tegata.objects.Bucket;
import dev.tegata.objects.ObjectStore;
import dev.tegata.objects.Precondition;
import dev.tegata.objects.StoredObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Stores a copy of an object under another key, or the same with other metadata.
///
/// Source: <https://docs.aws.amazon.com/AmazonS3/latest/API/API_CopyObject.html>
final class CopyObject {
  private static final String SOURCE = "x-amz-copy-source";
  private static final String DIRECTIVE = "x-amz-metadata-directive";

  private final Gate gate;
  private final ObjectStore objects;

  CopyObject(Gate gate, ObjectStore objects) {
    this.gate = gate;
    this.objects = objects;
  }

  /// The object that is copied; `hasVersion` when one is named.
  private record Source(S3Request.Address address, boolean hasVersion) {}

  HttpResponse answer(S3Request request) {
    Source source = source(request);
    String action = source.hasVersion() ? "s3:GetObjectVersion" : "s3:GetObject";
    S3Request.Address from = source.address();
    Access read = new Access(action, Arn.object(from.bucket(), from.key()));
    Bucket fromBucket = gate.enter(request, from.bucket(), List.of(read));
    Gate.requireOwner(request, "x-amz-source-expected-bucket-owner");
    Bucket bucket = gate.enter(request, request.bucket(), PutObject.accesses(request));
    ObjectHeaders.requireOffered(request);
    boolean replaces = replacesMetadata(request);
    if (!replaces && from.equals(request.address())) {
      throw new Refusal(
          new S3Error.InvalidRequest(
              "This copy request is illegal because it is trying to copy an object to itself"
                  + " without changing the object's metadata, storage class, website redirect"
                  + " location or encryption attributes."));
    }
    Precondition precondition = Preconditions.ofPut(request); // refuses before a byte is written
    StoredObject copy = copy(request, fromBucket, from.key(), replaces);
    PutObject.requireDone(objects.put(bucket, copy, precondition), request, bucket);
    return answer(copy);
  }

  private static Source source(S3Request request) {
    String text = request.header(SOURCE).orElse("").replaceFirst("^/", "");
    int mark = text.indexOf('?');
    String path = mark < 0 ? text : text.substring(0, mark);
    try {
      String[] names = PercentEncoding.decode(path).split("/", 2);
      if (names.length == 2 && !names[0].isEmpty() && !names[1].isEmpty()) {
        Optional<String> version =
            Query.parse(mark < 0 ? "" : text.substring(mark + 1)).first("versionId");
        version.ifPresent(S3Request::requireCurrentVersion);
        return new Source(new S3Request.Address(names[0], names[1]), version.isPresent());
      }
    } catch (IllegalArgumentException _) {
      // falls through to the refusal
    }
    throw new Refusal(new S3Error.InvalidArgument("Invalid copy source object key", SOURCE, text));
  }

  private static boolean replacesMetadata(S3Request request) {
    String directive = request.header(DIRECTIVE).orElse("COPY");
    if (!directive.equals("COPY") && !directive.equals("REPLACE")) {
      throw new Refusal(
          new S3Error.InvalidArgument("Unknown metadata directive.", DIRECTIVE, directive));
    }
    return directive.equals("REPLACE");
  }

  private StoredObject copy(S3Request request, Bucket bucket, String key, boolean replaces) {
    while (true) { // once more only after the source was replaced or deleted in between
      StoredObject source =
          objects.find(bucket, key).orElseThrow(() -> Gate.missing(request, bucket, key));
      Preconditions.requireCopyable(request, source);
      Headers kept = replaces ? ObjectHeaders.kept(request) : source.headers();
      Optional<InputStream> bytes = objects.read(source, 0, source.size());
      if (bytes.isPresent()) {
        return copy(request, source, kept, bytes.get());
      }
    }
  }

  private StoredObject copy(
      S3Request request, StoredObject source, Headers kept, InputStream bytes) {
    try (bytes) {
      Upload upload = Upload.copy(bytes, algorithm(request, source));
      Blob blob = objects.write(upload);
      return new StoredObject(
          request.key(),
          blob,
          upload.result().md5(),
          request.time(),
          ObjectHeaders.with(kept, upload.result().checksum()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Checksum.Algorithm algorithm(S3Request request, StoredObject source) {
    Optional<String> wanted = request.header("x-amz-checksum-algorithm");
    if (wanted.isEmpty()) {
      return Checksum.in(source.headers())
          .map(Checksum::algorithm)
          .orElse(Checksum.Algorithm.CRC64NVME);
    }
    try {
      return Checksum.Algorithm.valueOf(wanted.get().toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException _) {
      throw new Refusal(
          new S3Error.InvalidRequest(
              "Checksum algorithm provided is unsupported. Please try again with any of the valid"
                  + " types: "
                  + List.of(Checksum.Algorithm.values())));
    }
  }

  private static HttpResponse answer(StoredObject copy) {
    var xml =
        S3Service.document("CopyObjectResult")
            .element("LastModified", copy.modified())
            .element("ETag", ObjectHeaders.quoted(copy.etag()));
    Checksum.in(copy.headers())
        .ifPresent(checksum ->
            xml.element("ChecksumType", "FULL_OBJECT")
                .element("Checksum" + checksum.algorithm(), checksum.value()));
    return xml.answer(200);
  }
}
