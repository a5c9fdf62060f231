package dev.tegata.s3;

import dev.tegata.authorization.Call;
import dev.tegata.aws.Refusal;
import dev.tegata.aws.S3Error;
import dev.tegata.aws.XmlDocument;
import dev.tegata.http.HttpRequest;
import dev.tegata.http.HttpResponse;
import dev.tegata.objects.BucketStore;
import dev.tegata.objects.ObjectStore;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// S3: finds a request's operation and lets it answer.
///
/// Whoever calls it has checked the signature. Bodies stream: a transfer takes the same memory
/// whatever the object's size.
///
/// Source: <https://docs.aws.amazon.com/AmazonS3/latest/API/API_Operations.html>
public final class S3Service {

  /// Where the service answers: the region of its buckets, and the domains under which a bucket may
  /// stand as `bucket.domain`. A bucket may stand in the path everywhere.
  ///
  /// Source: <https://docs.aws.amazon.com/AmazonS3/latest/userguide/VirtualHosting.html>
  public record Endpoint(String region, List<String> domains) {
    public Endpoint {
      domains = List.copyOf(domains);
    }

    /// The bucket that a `Host` field names.
    Optional<String> bucketOf(String host) {
      int colon = host.lastIndexOf(':');
      String name = colon < 0 ? host : host.substring(0, colon);
      for (String domain : domains) {
        int dot = name.length() - domain.length() - 1;
        if (dot > 0
            && name.charAt(dot) == '.'
            && name.regionMatches(true, dot + 1, domain, 0, domain.length())) {
          return Optional.of(name.substring(0, dot));
        }
      }
      return Optional.empty();
    }
  }

  private static final String NAMESPACE = "http://s3.amazonaws.com/doc/2006-03-01/";

  private final Endpoint endpoint;
  private final Map<String, Function<S3Request, HttpResponse>> operations;

  public S3Service(BucketStore buckets, ObjectStore objects, Endpoint endpoint) {
    this.endpoint = endpoint;
    this.operations = operations(buckets, objects, endpoint.region());
  }

  private static Map<String, Function<S3Request, HttpResponse>> operations(
      BucketStore buckets, ObjectStore objects, String region) {
    Gate gate = new Gate(buckets);
    ListObjects list = new ListObjects(gate, objects);
    GetObject get = new GetObject(gate, objects);
    Map<String, Function<S3Request, HttpResponse>> operations = new HashMap<>();
    Unconfigured.all()
        .forEach((name, operation) -> operations.put(name, r -> operation.answer(r, gate)));
    operations.put("ListBuckets", new ListBuckets(buckets)::answer);
    operations.put("CreateBucket", new CreateBucket(buckets, region)::answer);
    operations.put("DeleteBucket", new DeleteBucket(gate, buckets)::answer);
    operations.put("HeadBucket", new HeadBucket(gate)::answer);
    operations.put("GetBucketLocation", new GetBucketLocation(gate)::answer);
    operations.put("ListObjects", list::answerFirstVersion);
    operations.put("ListObjectsV2", list::answerSecondVersion);
    operations.put("PutObject", new PutObject(gate, objects)::answer);
    operations.put("CopyObject", new CopyObject(gate, objects)::answer);
    operations.put("GetObject", get::answer);
    operations.put("HeadObject", get::answer);
    operations.put("DeleteObject", new DeleteObject(gate, objects)::answer);
    operations.put("DeleteObjects", new DeleteObjects(gate, objects)::answer);
    return Map.copyOf(operations);
  }

  /// The operation that `request` asks for, such as `PutObject`.
  ///
  /// @throws Refusal when it asks for none
  public String operation(HttpRequest request) {
    return Routes.operation(
        request, S3Request.query(request), S3Request.Address.of(request, endpoint));
  }

  /// Carries out a request whose signature has been checked.
  ///
  /// @throws Refusal when it is refused, or asks for what this service does not offer
  public HttpResponse answer(HttpRequest http, Call call) {
    S3Request request = S3Request.of(http, call, endpoint);
    String name = Routes.operation(http, request.query(), request.address());
    Function<S3Request, HttpResponse> operation = operations.get(name);
    if (operation == null) {
      throw new Refusal(
          new S3Error.NotImplemented("The operation " + name + " is not implemented."));
    }
    return operation.apply(request).with("x-amz-request-id", call.requestId());
  }

  /// The beginning of an answer in XML.
  static XmlDocument document(String root) {
    return XmlDocument.of(NAMESPACE, root);
  }
}
