package dev.tegata.sigv4;

import dev.tegata.http.Headers;
import dev.tegata.http.Headers.Field;
import dev.tegata.sigv4.BodyFault.MalformedTrailer;
import dev.tegata.sigv4.Payload.Chunked;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/// Reads what follows the last chunk, which must be exactly the announced fields, then nothing.
///
/// Source: <https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming-trailers.html>
record TrailerReader(LineInput in, Chunked payload, ChunkSignatures signatures) {
  private static final String SIGNATURE = "x-amz-trailer-signature";
  private static final int MAX_BYTES = 8192;

  Headers read() throws IOException {
    List<Field> fields = new ArrayList<>();
    int room = MAX_BYTES;
    String line = line(room);
    while (!line.isEmpty()) {
      fields.add(field(line));
      room -= line.length();
      line = line(room);
    }
    if (!in.isAtEnd()) {
      throw malformed("data after the end");
    }
    if (payload.chunking() == Payload.Chunking.SIGNED_WITH_TRAILER) {
      requireSignature(fields);
    }
    requireAnnounced(fields);
    return new Headers(fields);
  }

  private static Field field(String line) throws FaultyBodyException {
    int colon = line.indexOf(':');
    if (colon < 1) {
      throw malformed("a line without a name");
    }
    String name = line.substring(0, colon).strip().toLowerCase(Locale.ROOT);
    StringBuilder value = new StringBuilder();
    CanonicalRequest.appendValue(value, line.substring(colon + 1));
    return new Field(name, value.toString());
  }

  /// Takes the signature, which comes last, from `fields` and checks it.
  private void requireSignature(List<Field> fields) throws FaultyBodyException {
    if (fields.isEmpty() || !fields.getLast().name().equals(SIGNATURE)) {
      throw malformed("no signature at its end");
    }
    String provided = fields.removeLast().value();
    StringBuilder signed = new StringBuilder();
    fields.stream()
        .sorted(Comparator.comparing(Field::name))
        .forEach(field -> signed.append(field.name() + ':' + field.value() + '\n'));
    signatures.requireTrailer(Sha256.of(signed.toString()), provided);
  }

  private void requireAnnounced(List<Field> fields) throws FaultyBodyException {
    List<String> found = fields.stream().map(Field::name).sorted().toList();
    List<String> announced =
        payload.chunking().hasTrailer() ? payload.trailers().stream().sorted().toList() : List.of();
    if (!found.equals(announced)) {
      throw malformed("the fields %s where %s were announced".formatted(found, announced));
    }
  }

  private String line(int room) throws IOException {
    return in.line(room).orElseThrow(() -> malformed("a line that does not end"));
  }

  private static FaultyBodyException malformed(String reason) {
    return new FaultyBodyException(new MalformedTrailer(reason));
  }
}
