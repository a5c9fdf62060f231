package dev.tegata.s3;

import dev.tegata.arn.CanonicalUserId;
import dev.tegata.authorization.Call.Access;
import dev.tegata.aws.Refusal;
import dev.tegata.aws.S3Error;
import dev.tegata.aws.XmlDocument;
import dev.tegata.http.HttpResponse;
import dev.tegata.http.PercentEncoding;
import dev.tegata.objects.Bucket;
import dev.tegata.objects.Listing;
import dev.tegata.objects.Listing.CommonPrefix;
import dev.tegata.objects.Listing.Entry;
import dev.tegata.objects.Listing.Item;
import dev.tegata.objects.Listing.Page;
import dev.tegata.objects.ObjectStore;
import dev.tegata.objects.StoredObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// The keys of a bucket, page by page: both versions of the operation.
///
/// Source: <https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html>,
/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjects.html>
final class ListObjects {
  private static final int MAX_KEYS = 1000;
  private static final String PREFIX = "prefix";
  private static final String DELIMITER = "delimiter";
  private static final String MARKER = "marker";
  private static final String START_AFTER = "start-after";
  private static final String TOKEN = "continuation-token";
  private static final String ENCODING_TYPE = "encoding-type";

  private final Gate gate;
  private final ObjectStore objects;

  ListObjects(Gate gate, ObjectStore objects) {
    this.gate = gate;
    this.objects = objects;
  }

  /// ListObjects, in which the client names the key to go on behind.
  HttpResponse answerFirstVersion(S3Request request) {
    Bucket bucket = enter(request);
    UnaryOperator<String> encoding = encoding(request);
    Page page = page(request, bucket, request.parameter(MARKER).orElse(""));
    XmlDocument xml = begin(request, encoding);
    xml.element("Marker", encoding.apply(request.parameter(MARKER).orElse("")));
    if (page.isTruncated() && request.parameter(DELIMITER).isPresent()) {
      xml.element("NextMarker", encoding.apply(page.items().getLast().text()));
    }
    return finish(request, xml, page, encoding);
  }

  /// ListObjectsV2, in which the client hands back a token.
  HttpResponse answerSecondVersion(S3Request request) {
    Bucket bucket = enter(request);
    UnaryOperator<String> encoding = encoding(request);
    Optional<String> token = request.parameter(TOKEN);
    Optional<String> startAfter = request.parameter(START_AFTER);
    String after = token.map(PageToken::read).or(() -> startAfter).orElse("");
    Page page = page(request, bucket, after);
    XmlDocument xml = begin(request, encoding);
    startAfter.ifPresent(key -> xml.element("StartAfter", encoding.apply(key)));
    token.ifPresent(given -> xml.element("ContinuationToken", given));
    if (page.isTruncated()) {
      xml.element("NextContinuationToken", PageToken.write(page.items().getLast().text()));
    }
    xml.element("KeyCount", page.items().size());
    return finish(request, xml, page, encoding);
  }

  private Bucket enter(S3Request request) {
    Map<String, List<String>> keys = new LinkedHashMap<>();
    request.parameter(PREFIX).ifPresent(prefix -> keys.put("s3:prefix", List.of(prefix)));
    request.parameter(DELIMITER).ifPresent(text -> keys.put("s3:delimiter", List.of(text)));
    keys.put(
        "s3:max-keys", List.of(request.parameter("max-keys").orElse(Integer.toString(MAX_KEYS))));
    return gate.enter(request, new Access("s3:ListBucket", request.bucketArn(), keys));
  }

  private static UnaryOperator<String> encoding(S3Request request) {
    Optional<String> type = request.parameter(ENCODING_TYPE);
    if (type.isEmpty()) {
      return UnaryOperator.identity();
    }
    if (!type.get().equals("url")) {
      throw new Refusal(
          new S3Error.InvalidArgument(
              "Invalid Encoding Method specified in Request", ENCODING_TYPE, type.get()));
    }
    return PercentEncoding::encodePath;
  }

  private Page page(S3Request request, Bucket bucket, String after) {
    Listing listing =
        new Listing(
            request.parameter(PREFIX).orElse(""),
            request.parameter(DELIMITER).orElse(""),
            after,
            request.limit("max-keys", MAX_KEYS));
    return objects.list(bucket, listing);
  }

  private static XmlDocument begin(S3Request request, UnaryOperator<String> encoding) {
    return S3Service.document("ListBucketResult")
        .element("Name", request.bucket())
        .element("Prefix", encoding.apply(request.parameter(PREFIX).orElse("")));
  }

  private static HttpResponse finish(
      S3Request request, XmlDocument xml, Page page, UnaryOperator<String> encoding) {
    xml.element("MaxKeys", request.limit("max-keys", MAX_KEYS));
    request
        .parameter(DELIMITER)
        .ifPresent(delimiter -> xml.element("Delimiter", encoding.apply(delimiter)));
    request.parameter(ENCODING_TYPE).ifPresent(type -> xml.element("EncodingType", type));
    xml.element("IsTruncated", Boolean.toString(page.isTruncated()));
    boolean tellsOwner =
        !request.query().has("list-type")
            || request.parameter("fetch-owner").equals(Optional.of("true"));
    String owner = CanonicalUserId.of(request.call().account()).digits();
    for (Item item : page.items()) {
      if (item instanceof Entry(var object)) {
        xml.open("Contents").element("Key", encoding.apply(object.key()));
        write(xml, object);
        if (tellsOwner) {
          xml.open("Owner").element("ID", owner).close();
        }
        xml.element("StorageClass", "STANDARD").close();
      }
    }
    for (Item item : page.items()) {
      if (item instanceof CommonPrefix(var prefix)) {
        xml.open("CommonPrefixes").element("Prefix", encoding.apply(prefix)).close();
      }
    }
    return xml.answer(200);
  }

  private static void write(XmlDocument xml, StoredObject object) {
    xml.element("LastModified", object.modified())
        .element("ETag", ObjectHeaders.quoted(object.etag()));
    Checksum.in(object.headers())
        .ifPresent(checksum ->
            xml.element("ChecksumAlgorithm", checksum.algorithm().name())
                .element("ChecksumType", "FULL_OBJECT"));
    xml.element("Size", object.size());
  }
}
