package io.cpdevents.notification.registrations;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.google.zxing.common.BitMatrix;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * Writes squares of black and white as PNG (ISO/IEC 15948), one bit for a pixel. A crowd gets many
 * of these within seconds, and the JDK's own writer takes several times as long for one.
 */
final class BlackAndWhitePng {

  /** A side of a square in pixels, which are as many bits: a square's line is a byte. */
  private static final int PIXELS_PER_SQUARE = 8;

  private static final byte BLACK = 0;
  private static final byte WHITE = (byte) 0xFF;

  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};

  private static final int HEADER_BYTES = 13;
  private static final int CHUNK_BYTES_BESIDE_DATA = 12;
  private static final int BUFFER_BYTES = 1_024;

  private BlackAndWhitePng() {}

  static byte[] of(BitMatrix squares) {
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    png.writeBytes(SIGNATURE);
    png.writeBytes(chunk("IHDR", header(squares)));
    png.writeBytes(chunk("IDAT", compressed(lines(squares))));
    png.writeBytes(chunk("IEND", new byte[0]));
    return png.toByteArray();
  }

  /** One bit of grey, without interlacing. */
  private static byte[] header(BitMatrix squares) {
    return ByteBuffer.allocate(HEADER_BYTES)
        .putInt(squares.getWidth() * PIXELS_PER_SQUARE)
        .putInt(squares.getHeight() * PIXELS_PER_SQUARE)
        .put((byte) 1)
        .array();
  }

  /** Each line of pixels begins with a byte that says that it is not filtered. */
  private static byte[] lines(BitMatrix squares) {
    int lineBytes = 1 + squares.getWidth();
    byte[] lines = new byte[lineBytes * squares.getHeight() * PIXELS_PER_SQUARE];
    for (int y = 0; y < squares.getHeight(); y++) {
      byte[] line = new byte[lineBytes];
      for (int x = 0; x < squares.getWidth(); x++) {
        line[1 + x] = squares.get(x, y) ? BLACK : WHITE;
      }
      for (int copy = 0; copy < PIXELS_PER_SQUARE; copy++) {
        System.arraycopy(line, 0, lines, (y * PIXELS_PER_SQUARE + copy) * lineBytes, lineBytes);
      }
    }
    return lines;
  }

  private static byte[] compressed(byte[] data) {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (Deflater deflater = new Deflater(Deflater.BEST_SPEED)) {
      deflater.setInput(data);
      deflater.finish();
      byte[] buffer = new byte[BUFFER_BYTES];
      while (!deflater.finished()) {
        compressed.write(buffer, 0, deflater.deflate(buffer));
      }
    }
    return compressed.toByteArray();
  }

  private static byte[] chunk(String type, byte[] data) {
    ByteBuffer chunk =
        ByteBuffer.allocate(CHUNK_BYTES_BESIDE_DATA + data.length)
            .putInt(data.length)
            .put(type.getBytes(US_ASCII))
            .put(data);
    CRC32 checksum = new CRC32();
    // Of the type and the data, not of the length.
    checksum.update(Arrays.copyOfRange(chunk.array(), Integer.BYTES, chunk.position()));
    return chunk.putInt((int) checksum.getValue()).array();
  }
}
