package io.cpdevents.notification.registrations;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.EncodeHintType;
import com.google.zxing.WriterException;
import com.google.zxing.common.BitMatrix;
import com.google.zxing.qrcode.QRCodeWriter;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import javax.imageio.ImageIO;

/** A ticket's code for scanners, as a picture in black and white. */
final class QrCode {

  /** So many pixels for a module: sharp on a telephone, and below a kilobyte. */
  private static final int PIXELS_PER_MODULE = 8;

  /** The quiet zone that ISO/IEC 18004 asks for. */
  private static final int MARGIN_MODULES = 4;

  private static final int WHITE_RGB = 0xFFFFFF;
  private static final int BLACK_RGB = 0x000000;

  static {
    // An image of this size is not worth a temporary file.
    ImageIO.setUseCache(false);
  }

  private QrCode() {}

  /** The code as PNG. */
  static byte[] png(String code) {
    BitMatrix modules = modules(code);
    int side = modules.getWidth() * PIXELS_PER_MODULE;
    BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_BYTE_BINARY);
    for (int y = 0; y < side; y++) {
      for (int x = 0; x < side; x++) {
        boolean black = modules.get(x / PIXELS_PER_MODULE, y / PIXELS_PER_MODULE);
        image.setRGB(x, y, black ? BLACK_RGB : WHITE_RGB);
      }
    }
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", png);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return png.toByteArray();
  }

  private static BitMatrix modules(String code) {
    try {
      return new QRCodeWriter()
          .encode(
              code,
              BarcodeFormat.QR_CODE,
              1,
              1,
              Map.of(
                  EncodeHintType.ERROR_CORRECTION,
                  ErrorCorrectionLevel.M,
                  EncodeHintType.MARGIN,
                  MARGIN_MODULES));
    } catch (WriterException e) {
      throw new IllegalArgumentException("the code does not fit a QR code", e);
    }
  }
}
