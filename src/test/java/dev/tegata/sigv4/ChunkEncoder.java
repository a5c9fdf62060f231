package dev.tegata.sigv4;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tegata.sigv4.Payload.Chunking;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;

/// What a client does to upload in chunks, written down once more from the protocol.
public final class ChunkEncoder {
  private final SigningKey key;
  private final Chunking chunking;
  private final String timeAndScope;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private String previous;

  public ChunkEncoder(SigningKey key, Chunking chunking, Signature seed) {
    this.key = key;
    this.chunking = chunking;
    this.timeAndScope = AmzDate.format(seed.time()) + "\n" + seed.scope() + "\n";
    this.previous = seed.hex();
  }

  /// One chunk; an empty one is the last.
  public ChunkEncoder chunk(byte[] data) {
    String signature = "";
    if (chunking.isSigned()) {
      previous =
          key.sign(
              "AWS4-HMAC-SHA256-PAYLOAD\n"
                  + timeAndScope
                  + previous
                  + "\ne3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\n"
                  + Sha256.of(data));
      signature = ";chunk-signature=" + previous;
    }
    return raw(Integer.toHexString(data.length) + signature + "\r\n")
        .raw(data)
        .raw(data.length == 0 ? "" : "\r\n");
  }

  /// The trailer with these `name:value` lines, and its signature where there is one.
  public ChunkEncoder trailer(List<String> lines) {
    lines.forEach(line -> raw(line + "\r\n"));
    if (chunking == Chunking.SIGNED_WITH_TRAILER) {
      String signed = String.join("\n", lines) + "\n";
      raw(
          "x-amz-trailer-signature:"
              + key.sign(
                  "AWS4-HMAC-SHA256-TRAILER\n"
                      + timeAndScope
                      + previous
                      + "\n"
                      + Sha256.of(lines.isEmpty() ? "" : signed))
              + "\r\n");
    }
    return raw("\r\n");
  }

  ChunkEncoder raw(String text) {
    return raw(text.getBytes(UTF_8));
  }

  private ChunkEncoder raw(byte[] bytes) {
    out.writeBytes(bytes);
    return this;
  }

  public byte[] bytes() {
    return out.toByteArray();
  }

  /// The signature of the last chunk.
  String lastSignature() {
    return previous;
  }

  /// All of `data` in chunks of `chunkBytes`, and the announced trailers.
  byte[] encode(byte[] data, int chunkBytes, List<String> trailers) {
    for (int at = 0; at < data.length; at += chunkBytes) {
      chunk(Arrays.copyOfRange(data, at, Math.min(data.length, at + chunkBytes)));
    }
    return chunk(new byte[0])
        .trailer(trailers.stream().map(name -> name + ":AAAAAA==").toList())
        .bytes();
  }
}
