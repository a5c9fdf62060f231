package dev.tegata.s3;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.zip.Checksum;

/// The 64-bit cyclic redundancy check of the NVM Express specification.
///
/// It takes eight bytes a step with eight tables; the check of `123456789` is `ae8b14860a799888`.
///
/// Source: <https://reveng.sourceforge.io/crc-catalogue/all.htm#crc.cat.crc-64-nvme>
final class Crc64Nvme implements Checksum {
  private static final long REFLECTED_POLYNOMIAL = 0x9a6c_9329_ac4b_c9b5L;
  private static final int STEP = Long.BYTES;
  private static final VarHandle LITTLE_ENDIAN =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /// `TABLES[k][b]`: what the byte `b` becomes when `k` zero bytes follow it.
  private static final long[][] TABLES = tables();

  private long state = -1;

  private static long[][] tables() {
    long[][] tables = new long[STEP][256];
    for (int b = 0; b < 256; b++) {
      long crc = b;
      for (int bit = 0; bit < Byte.SIZE; bit++) {
        crc = (crc & 1) == 0 ? crc >>> 1 : (crc >>> 1) ^ REFLECTED_POLYNOMIAL;
      }
      tables[0][b] = crc;
    }
    for (int k = 1; k < STEP; k++) {
      for (int b = 0; b < 256; b++) {
        long before = tables[k - 1][b];
        tables[k][b] = (before >>> Byte.SIZE) ^ tables[0][(int) (before & 0xff)];
      }
    }
    return tables;
  }

  @Override
  public void update(int b) {
    state = (state >>> Byte.SIZE) ^ TABLES[0][(int) ((state ^ b) & 0xff)];
  }

  @Override
  public void update(byte[] bytes, int offset, int count) {
    long crc = state;
    int i = offset;
    int end = offset + count;
    for (; i + STEP <= end; i += STEP) {
      long x = crc ^ (long) LITTLE_ENDIAN.get(bytes, i);
      crc =
          TABLES[7][(int) (x & 0xff)]
              ^ TABLES[6][(int) (x >>> 8 & 0xff)]
              ^ TABLES[5][(int) (x >>> 16 & 0xff)]
              ^ TABLES[4][(int) (x >>> 24 & 0xff)]
              ^ TABLES[3][(int) (x >>> 32 & 0xff)]
              ^ TABLES[2][(int) (x >>> 40 & 0xff)]
              ^ TABLES[1][(int) (x >>> 48 & 0xff)]
              ^ TABLES[0][(int) (x >>> 56)];
    }
    state = crc;
    for (; i < end; i++) {
      update(bytes[i]);
    }
  }

  @Override
  public long getValue() {
    return ~state;
  }

  @Override
  public void reset() {
    state = -1;
  }
}
