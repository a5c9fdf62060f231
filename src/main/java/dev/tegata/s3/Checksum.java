package dev.tegata.s3;

import dev.tegata.aws.Refusal;
import dev.tegata.aws.S3Error;
import dev.tegata.http.Headers;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;

/// The checksum of an object's bytes, in Base64.
///
/// Source:
/// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity-upload.html>
record Checksum(Algorithm algorithm, String value) {
  private static final String SDK_HEADER = "x-amz-sdk-checksum-algorithm";

  /// How a checksum is made; the order is that of AWS's list.
  enum Algorithm {
    CRC32(4),
    CRC32C(4),
    CRC64NVME(8),
    SHA1(20),
    SHA256(32);

    private final int bytes;

    Algorithm(int bytes) {
      this.bytes = bytes;
    }

    /// The field that carries such a checksum.
    String header() {
      return "x-amz-checksum-" + name().toLowerCase(Locale.ROOT);
    }

    Digest start() {
      return switch (this) {
        case CRC32 -> new CyclicDigest(new CRC32(), bytes);
        case CRC32C -> new CyclicDigest(new CRC32C(), bytes);
        case CRC64NVME -> new CyclicDigest(new Crc64Nvme(), bytes);
        case SHA1 -> new HashDigest(Checksum.hash("SHA-1"));
        case SHA256 -> new HashDigest(Checksum.hash("SHA-256"));
      };
    }
  }

  /// A checksum in the making.
  sealed interface Digest {
    void update(byte[] bytes, int offset, int count);

    /// The checksum in Base64; nothing can be added afterwards.
    String finish();
  }

  private record CyclicDigest(java.util.zip.Checksum sum, int bytes) implements Digest {
    @Override
    public void update(byte[] data, int offset, int count) {
      sum.update(data, offset, count);
    }

    @Override
    public String finish() {
      byte[] all = ByteBuffer.allocate(Long.BYTES).putLong(sum.getValue()).array();
      return base64(Arrays.copyOfRange(all, Long.BYTES - bytes, Long.BYTES));
    }
  }

  private record HashDigest(MessageDigest hash) implements Digest {
    @Override
    public void update(byte[] data, int offset, int count) {
      hash.update(data, offset, count);
    }

    @Override
    public String finish() {
      return base64(hash.digest());
    }
  }

  /// What a request says of the checksum of its body.
  sealed interface Claim {

    /// It says nothing; `chosen` is made all the same.
    record None(Algorithm chosen) implements Claim {}

    /// It has this checksum.
    record InHeader(Checksum checksum) implements Claim {}

    /// The checksum follows the body.
    record InTrailer(Algorithm trailing) implements Claim {}

    default Algorithm algorithm() {
      return switch (this) {
        case None(var chosen) -> chosen;
        case InHeader(var checksum) -> checksum.algorithm();
        case InTrailer(var trailing) -> trailing;
      };
    }
  }

  /// Reads the claim of a request.
  ///
  /// @throws Refusal when it makes several, or one that no checksum can fulfil
  static Claim claim(S3Request request) {
    Headers headers = request.http().headers();
    List<String> trailers =
        headers.all("x-amz-trailer").stream()
            .flatMap(names -> Arrays.stream(names.split(",", -1)))
            .map(name -> name.strip().toLowerCase(Locale.ROOT))
            .toList();
    List<Claim> claims = new ArrayList<>();
    for (Algorithm algorithm : Algorithm.values()) {
      headers
          .first(algorithm.header())
          .ifPresent(value -> claims.add(new Claim.InHeader(checked(algorithm, value))));
      if (trailers.contains(algorithm.header())) {
        claims.add(new Claim.InTrailer(algorithm));
      }
    }
    if (claims.size() > 1) {
      throw invalid(
          "Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.");
    }
    Optional<Claim> claim = claims.stream().findFirst();
    headers.first(SDK_HEADER).ifPresent(name -> requireAgreement(name, claim));
    return claim.orElse(new Claim.None(Algorithm.CRC64NVME)); // as S3 does
  }

  private static void requireAgreement(String name, Optional<Claim> claim) {
    if (claim.isEmpty()) {
      throw invalid(
          SDK_HEADER
              + " specified, but no corresponding x-amz-checksum-* or x-amz-trailer headers were"
              + " found.");
    }
    if (!claim.get().algorithm().name().equals(name.toUpperCase(Locale.ROOT))) {
      throw invalid("Value for " + SDK_HEADER + " header is invalid.");
    }
  }

  /// The checksum that `value` stands for.
  static Checksum checked(Algorithm algorithm, String value) {
    try {
      if (Base64.getDecoder().decode(value).length == algorithm.bytes) {
        return new Checksum(algorithm, value);
      }
    } catch (IllegalArgumentException _) {
      // falls through to the refusal
    }
    throw invalid("Value for " + algorithm.header() + " header is invalid.");
  }

  /// Refuses bytes that have another checksum than this.
  void require(Checksum computed) {
    if (!equals(computed)) {
      throw new Refusal(
          new S3Error.BadDigest(
              "The " + algorithm + " you specified did not match the calculated checksum."));
    }
  }

  /// The checksum that is kept in the fields of an object.
  static Optional<Checksum> in(Headers headers) {
    for (Algorithm algorithm : Algorithm.values()) {
      Optional<String> value = headers.first(algorithm.header());
      if (value.isPresent()) {
        return Optional.of(new Checksum(algorithm, value.get()));
      }
    }
    return Optional.empty();
  }

  static MessageDigest hash(String name) {
    try {
      return MessageDigest.getInstance(name);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every JDK has those asked for here
    }
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  private static Refusal invalid(String message) {
    return new Refusal(new S3Error.InvalidRequest(message));
  }
}
