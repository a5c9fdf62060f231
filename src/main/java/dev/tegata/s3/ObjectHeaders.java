package dev.tegata.s3;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tegata.aws.Refusal;
import dev.tegata.aws.S3Error;
import dev.tegata.http.Headers;
import dev.tegata.http.Headers.Field;
import dev.tegata.http.HttpDate;
import dev.tegata.objects.StoredObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Collectors;

/// The header fields of an object: which a request may bring, which are kept, which an answer has.
///
/// Source: <https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingMetadata.html>
final class ObjectHeaders {
  private static final String USER_METADATA = "x-amz-meta-";
  private static final String CONTENT_ENCODING = "Content-Encoding";

  /// Fields that are kept as they came, and the parameters that replace them in one answer.
  private static final Map<String, String> OVERRIDES =
      Map.of(
          "Cache-Control",
          "response-cache-control",
          "Content-Disposition",
          "response-content-disposition",
          CONTENT_ENCODING,
          "response-content-encoding",
          "Content-Language",
          "response-content-language",
          "Content-Type",
          "response-content-type",
          "Expires",
          "response-expires");

  /// Fields that are condition keys, too, under their own name behind `s3:`.
  private static final List<String> CONDITION_KEYS =
      List.of(
          "if-match",
          "if-none-match",
          "x-amz-acl",
          "x-amz-copy-source",
          "x-amz-grant-full-control",
          "x-amz-grant-read",
          "x-amz-grant-read-acp",
          "x-amz-grant-write",
          "x-amz-grant-write-acp",
          "x-amz-metadata-directive",
          "x-amz-object-ownership",
          "x-amz-server-side-encryption",
          "x-amz-server-side-encryption-aws-kms-key-id",
          "x-amz-server-side-encryption-customer-algorithm",
          "x-amz-storage-class",
          "x-amz-website-redirect-location");

  /// Beginnings of fields whose meaning is not offered here: better a refusal than a promise.
  private static final List<String> NOT_IMPLEMENTED =
      List.of(
          "x-amz-copy-source-server-side-encryption",
          "x-amz-object-lock-",
          "x-amz-server-side-encryption",
          "x-amz-tagging",
          "x-amz-website-redirect-location",
          "x-amz-write-offset-bytes");

  private ObjectHeaders() {}

  /// The condition keys that the fields of a request give.
  static Map<String, List<String>> conditionKeys(S3Request request) {
    Map<String, List<String>> keys = new LinkedHashMap<>();
    for (String name : CONDITION_KEYS) {
      request.header(name).ifPresent(value -> keys.put("s3:" + name, List.of(value)));
    }
    return keys;
  }

  static boolean hasAcl(S3Request request) {
    return request.http().headers().fields().stream()
        .map(field -> field.name().toLowerCase(Locale.ROOT))
        .anyMatch(name -> name.equals("x-amz-acl") || name.startsWith("x-amz-grant-"));
  }

  /// Refuses a request for a new object that asks for more than is offered.
  static void requireOffered(S3Request request) {
    for (Field field : request.http().headers().fields()) {
      String name = field.name().toLowerCase(Locale.ROOT);
      boolean isHarmless = name.equals("x-amz-tagging-directive"); // no object has tags
      if (!isHarmless && NOT_IMPLEMENTED.stream().anyMatch(name::startsWith)) {
        throw new Refusal(new S3Error.HeaderNotImplemented(name));
      }
    }
    String storageClass = request.header("x-amz-storage-class").orElse("STANDARD");
    if (!storageClass.equals("STANDARD")) {
      throw new Refusal(new S3Error.InvalidStorageClass(storageClass));
    }
    boolean ownerHasAll =
        request.header("x-amz-acl").equals(Optional.of("bucket-owner-full-control"));
    if (hasAcl(request) && !ownerHasAll) {
      throw new Refusal(new S3Error.AccessControlListNotSupported());
    }
  }

  /// The fields of a request that are kept with its object.
  static Headers kept(S3Request request) {
    SequencedMap<String, String> kept = new LinkedHashMap<>();
    kept.put("Content-Type", request.header("Content-Type").orElse("binary/octet-stream"));
    for (String name : OVERRIDES.keySet().stream().sorted().toList()) {
      request.header(name).ifPresent(value -> kept.put(name, value));
    }
    kept.computeIfPresent(CONTENT_ENCODING, (_, value) -> withoutTransfer(value));
    kept.values().removeIf(String::isEmpty);
    int size = 0;
    for (Field field : request.http().headers().fields()) {
      String name = field.name().toLowerCase(Locale.ROOT);
      if (name.startsWith(USER_METADATA)) {
        kept.merge(name, field.value(), (first, second) -> first + "," + second);
        size += name.substring(USER_METADATA.length()).getBytes(UTF_8).length;
        size += field.value().getBytes(UTF_8).length;
      }
    }
    if (size > S3Error.MAX_METADATA_BYTES) {
      throw new Refusal(new S3Error.MetadataTooLarge(size));
    }
    return headers(kept);
  }

  /// `aws-chunked` is how the body travelled, and not what it is.
  private static String withoutTransfer(String encodings) {
    return Arrays.stream(encodings.split(",", -1))
        .map(String::strip)
        .filter(encoding -> !encoding.equalsIgnoreCase("aws-chunked"))
        .collect(Collectors.joining(","));
  }

  /// `kept` and the checksum of the object's bytes.
  static Headers with(Headers kept, Checksum checksum) {
    List<Field> fields = new ArrayList<>(withoutChecksum(kept));
    fields.add(new Field(checksum.algorithm().header(), checksum.value()));
    return new Headers(fields);
  }

  private static List<Field> withoutChecksum(Headers kept) {
    Optional<String> name = Checksum.in(kept).map(checksum -> checksum.algorithm().header());
    return kept.fields().stream()
        .filter(field -> name.isEmpty() || !field.name().equals(name.get()))
        .toList();
  }

  /// The fields that tell of `object` in an answer; without its length and checksum.
  static Headers answer(StoredObject object, S3Request request) {
    SequencedMap<String, String> fields = new LinkedHashMap<>();
    fields.put("Last-Modified", HttpDate.format(object.modified()));
    fields.put("ETag", quoted(object.etag()));
    fields.put("Accept-Ranges", "bytes");
    withoutChecksum(object.headers()).forEach(field -> fields.put(field.name(), field.value()));
    OVERRIDES.forEach((name, parameter) ->
        request
            .parameter(parameter)
            .ifPresent(value -> fields.put(name, fieldValue(parameter, value))));
    return headers(fields);
  }

  /// `value`, if a header field can have it: a line break would begin another field.
  private static String fieldValue(String parameter, String value) {
    if (value.chars().anyMatch(c -> c < ' ' || c == 0x7f || c > 0xff)) {
      throw new Refusal(
          new S3Error.InvalidArgument(
              "Header value cannot be represented using ISO-8859-1.", parameter, value));
    }
    return value;
  }

  /// `headers` and the fields that tell of a checksum.
  static Headers telling(Headers headers, Checksum checksum) {
    return headers
        .with(checksum.algorithm().header(), checksum.value())
        .with("x-amz-checksum-type", "FULL_OBJECT");
  }

  /// An entity tag as it stands on the wire.
  static String quoted(String etag) {
    return "\"" + etag + "\"";
  }

  private static Headers headers(Map<String, String> fields) {
    return new Headers(
        fields.entrySet().stream()
            .map(field -> new Field(field.getKey(), field.getValue()))
            .toList());
  }
}
