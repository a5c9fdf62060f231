package dev.tegata.credentials;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.WriterException;
import com.google.zxing.common.BitMatrix;
import com.google.zxing.qrcode.QRCodeWriter;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/// A QR code as a PNG of one bit a pixel: a signature and three chunks, for which no graphics of
/// the platform are needed.
///
/// Source: <https://www.w3.org/TR/png-3/>
public final class QrCode {
  private static final int SIZE = 300;
  private static final byte[] SIGNATURE = HexFormat.of().parseHex("89504e470d0a1a0a");
  private static final byte[] GREY_ONE_BIT = {1, 0, 0, 0, 0};

  private QrCode() {}

  /// A picture of `text`.
  public static byte[] png(String text) {
    BitMatrix pixels = encode(text);
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    png.writeBytes(SIGNATURE);
    png.writeBytes(
        chunk(
            "IHDR",
            ByteBuffer.allocate(13)
                .putInt(pixels.getWidth())
                .putInt(pixels.getHeight())
                .put(GREY_ONE_BIT)
                .array()));
    png.writeBytes(chunk("IDAT", deflated(lines(pixels))));
    png.writeBytes(chunk("IEND", new byte[0]));
    return png.toByteArray();
  }

  private static BitMatrix encode(String text) {
    try {
      return new QRCodeWriter().encode(text, BarcodeFormat.QR_CODE, SIZE, SIZE);
    } catch (WriterException e) {
      throw new IllegalArgumentException("a text that does not fit into a QR code", e);
    }
  }

  /// Each line starts with the filter that leaves it as it is; a white pixel is a one.
  private static byte[] lines(BitMatrix pixels) {
    int bytes = (pixels.getWidth() + Byte.SIZE - 1) / Byte.SIZE;
    ByteBuffer lines = ByteBuffer.allocate((1 + bytes) * pixels.getHeight());
    for (int y = 0; y < pixels.getHeight(); y++) {
      byte[] line = new byte[bytes];
      for (int x = 0; x < pixels.getWidth(); x++) {
        if (!pixels.get(x, y)) {
          line[x / Byte.SIZE] |= (byte) (0x80 >>> (x % Byte.SIZE));
        }
      }
      lines.put((byte) 0).put(line);
    }
    return lines.array();
  }

  private static byte[] deflated(byte[] plain) {
    try (Deflater deflater = new Deflater()) {
      deflater.setInput(plain);
      deflater.finish();
      byte[] room = new byte[plain.length + 64];
      int length = deflater.deflate(room);
      return ByteBuffer.allocate(length).put(room, 0, length).array();
    }
  }

  private static byte[] chunk(String type, byte[] content) {
    byte[] named =
        ByteBuffer.allocate(4 + content.length).put(type.getBytes(US_ASCII)).put(content).array();
    CRC32 check = new CRC32();
    check.update(named);
    return ByteBuffer.allocate(4 + named.length + 4)
        .putInt(content.length)
        .put(named)
        .putInt((int) check.getValue())
        .array();
  }
}
