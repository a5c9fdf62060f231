package dev.tegata.s3;

import dev.tegata.aws.Refusal;
import dev.tegata.aws.S3Error;
import dev.tegata.http.HttpDate;
import dev.tegata.objects.Precondition;
import dev.tegata.objects.StoredObject;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// What a request demands of an object before it reads, copies, replaces or deletes it.
///
/// Source: <https://www.rfc-editor.org/rfc/rfc9110#section-13.2.2>
final class Preconditions {
  private static final String ANY = "*";

  private Preconditions() {}

  /// Whether a reader has this very object already, so that the answer is `304 Not Modified`.
  ///
  /// @throws Refusal when a demand is not met
  static boolean isNotModified(S3Request request, StoredObject object) {
    return isNotModified(request, "", object);
  }

  /// Refuses to copy `object` when a demand on the source is not met.
  static void requireCopyable(S3Request request, StoredObject object) {
    if (isNotModified(request, "x-amz-copy-source-", object)) {
      throw failed("x-amz-copy-source-If-None-Match");
    }
  }

  private static boolean isNotModified(S3Request request, String prefix, StoredObject object) {
    Optional<String> match = request.header(prefix + "If-Match");
    if (match.isPresent()) {
      if (!matches(match.get(), object)) {
        throw failed(prefix + "If-Match");
      }
    } else if (time(request, prefix + "If-Unmodified-Since")
        .filter(object.modified()::isAfter)
        .isPresent()) {
      throw failed(prefix + "If-Unmodified-Since");
    }
    Optional<String> noneMatch = request.header(prefix + "If-None-Match");
    return noneMatch.isPresent()
        ? matches(noneMatch.get(), object)
        : time(request, prefix + "If-Modified-Since")
            .filter(since -> !object.modified().isAfter(since))
            .isPresent();
  }

  /// What must be true of the object that a request replaces.
  static Precondition ofPut(S3Request request) {
    Optional<String> noneMatch = request.header("If-None-Match");
    if (noneMatch.isEmpty()) {
      return ofDelete(request);
    }
    if (!noneMatch.get().equals(ANY) || request.header("If-Match").isPresent()) {
      throw new Refusal(new S3Error.HeaderNotImplemented("If-None-Match"));
    }
    return new Precondition.Absent();
  }

  /// What must be true of the object that a request deletes.
  static Precondition ofDelete(S3Request request) {
    Optional<String> match = request.header("If-Match");
    if (match.isEmpty()) {
      return new Precondition.None();
    }
    return match.get().equals(ANY)
        ? new Precondition.Present()
        : new Precondition.Tagged(etags(match.get()));
  }

  /// Whether the object is the one that an `If-Range` field means; without the field it is.
  static boolean isOfRange(S3Request request, StoredObject object) {
    Optional<String> range = request.header("If-Range");
    return range.isEmpty()
        || matches(range.get(), object)
        || HttpDate.parse(range.get()).equals(Optional.of(object.modified()));
  }

  /// Says that the demand in the field `header` is not met.
  static Refusal failed(String header) {
    return new Refusal(new S3Error.PreconditionFailed(header));
  }

  private static boolean matches(String field, StoredObject object) {
    return field.equals(ANY) || etags(field).contains(object.etag());
  }

  /// S3's entity tags have no commas in them; clients leave out the quotes at times.
  private static List<String> etags(String field) {
    return Arrays.stream(field.split(",", -1))
        .map(etag -> etag.strip().replaceFirst("^W/", "").replace("\"", ""))
        .toList();
  }

  private static Optional<Instant> time(S3Request request, String header) {
    return request.header(header).flatMap(HttpDate::parse);
  }
}
