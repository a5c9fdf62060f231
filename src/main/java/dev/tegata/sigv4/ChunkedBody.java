package dev.tegata.sigv4;

import dev.tegata.http.Headers;
import dev.tegata.sigv4.BodyFault.MalformedChunk;
import dev.tegata.sigv4.BodyFault.Truncated;
import dev.tegata.sigv4.BodyFault.WrongLength;
import dev.tegata.sigv4.Payload.Chunked;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The data of an `aws-chunked` body, decoded, with every signature checked on the way.
///
/// It takes the same small memory whatever size a chunk has, so all of a chunk but its last piece
/// is handed on before its signature is known. A reader who meets the end of the stream, or who has
/// got as many bytes as `x-amz-decoded-content-length` says, has got the right ones, and the
/// trailer was right too; in any other case a [FaultyBodyException] comes first, and again with
/// each further attempt. Whoever acts on data before that acts on data that nobody may have signed.
///
/// Source:
/// <https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html#sigv4-chunked-body-definition>
public final class ChunkedBody extends InputStream {
  private static final int BUFFER_BYTES = 8192;
  private static final int MAX_HEADER_BYTES = 256;
  private static final int MAX_SIZE_DIGITS = 15; // no overflow
  private static final String EXTENSION = ";chunk-signature=";

  private final LineInput in;
  private final Chunked payload;
  private final ChunkSignatures signatures;
  private final MessageDigest digest = Sha256.digest();
  private String chunkSignature = "";
  private long left; // of the chunk's data
  private long received;
  private boolean inChunk;
  private @Nullable Headers trailers;
  private @Nullable IOException failure;

  ChunkedBody(InputStream in, Chunked payload, ChunkSignatures signatures) {
    this.in = new LineInput(in, BUFFER_BYTES);
    this.payload = payload;
    this.signatures = signatures;
  }

  /// The fields that followed the data, but for their signature.
  ///
  /// @throws IllegalStateException while the stream has not come to its end
  public Headers trailers() {
    if (trailers == null) {
      throw new IllegalStateException("the body has not been read to its end");
    }
    return trailers;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int count) throws IOException {
    Objects.checkFromIndexSize(offset, count, bytes.length);
    if (failure != null) {
      throw failure;
    }
    if (count == 0) {
      return 0;
    }
    try {
      return decode(bytes, offset, count);
    } catch (IOException e) {
      failure = e;
      throw e;
    }
  }

  private int decode(byte[] bytes, int offset, int count) throws IOException {
    if (!inChunk && trailers == null) {
      beginChunk();
    }
    if (trailers != null) {
      return -1;
    }
    int n = in.read(bytes, offset, (int) Math.min(count, left));
    if (n < 0) {
      throw new FaultyBodyException(new Truncated());
    }
    left -= n;
    received += n;
    if (payload.chunking().isSigned()) {
      digest.update(bytes, offset, n);
    }
    if (left == 0) {
      endChunk();
      if (payload.decodedLength() != null && received == payload.decodedLength()) {
        beginChunk(); // the last one: the reader need not come back for it
      }
    }
    return n;
  }

  private void beginChunk() throws IOException {
    String header = line();
    int end = header.indexOf(';');
    left = size(end < 0 ? header : header.substring(0, end));
    chunkSignature = signature(end < 0 ? "" : header.substring(end));
    inChunk = true;
    Long declared = payload.decodedLength();
    if (declared != null && (left > declared - received || (left == 0 && received < declared))) {
      throw new FaultyBodyException(new WrongLength(declared, received + left));
    }
    if (left == 0) {
      requireSignature();
      trailers = new TrailerReader(in, payload, signatures).read();
    }
  }

  private void endChunk() throws IOException {
    if (!line().isEmpty()) {
      throw malformed("data that are longer than their chunk");
    }
    requireSignature();
    inChunk = false;
  }

  private void requireSignature() throws FaultyBodyException {
    if (payload.chunking().isSigned()) {
      signatures.requireChunk(HexFormat.of().formatHex(digest.digest()), chunkSignature);
    }
  }

  private long size(String digits) throws FaultyBodyException {
    boolean wellFormed = !digits.isEmpty() && digits.length() <= MAX_SIZE_DIGITS;
    for (int i = 0; wellFormed && i < digits.length(); i++) {
      wellFormed = HexFormat.isHexDigit(digits.charAt(i));
    }
    if (!wellFormed) {
      throw malformed("a size that is no hexadecimal number");
    }
    return HexFormat.fromHexDigitsToLong(digits);
  }

  private String signature(String extension) throws FaultyBodyException {
    if (!payload.chunking().isSigned()) {
      if (!extension.isEmpty()) {
        throw malformed("an extension in an unsigned chunk");
      }
      return "";
    }
    if (!extension.startsWith(EXTENSION)) {
      throw malformed("no signature in a signed chunk");
    }
    return extension.substring(EXTENSION.length());
  }

  private String line() throws IOException {
    return in.line(MAX_HEADER_BYTES).orElseThrow(() -> malformed("a line that does not end"));
  }

  private static FaultyBodyException malformed(String reason) {
    return new FaultyBodyException(new MalformedChunk(reason));
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
