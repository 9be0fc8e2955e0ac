package io.cpdevents.notification.registrations;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.EncodeHintType;
import com.google.zxing.WriterException;
import com.google.zxing.common.BitMatrix;
import com.google.zxing.qrcode.QRCodeWriter;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import java.util.Map;
import org.springframework.util.ConcurrentLruCache;

/** A ticket's code for scanners, as a picture in black and white. */
final class QrCode {

  /** The quiet zone that ISO/IEC 18004 asks for. */
  private static final int MARGIN_MODULES = 4;

  private static final int MAX_KEPT_PICTURES = 1_000;

  /** A ticket is shown to its buyer and, in a moment, to its attendee: it is drawn once. */
  private static final ConcurrentLruCache<String, byte[]> LATEST_PICTURES =
      new ConcurrentLruCache<>(MAX_KEPT_PICTURES, code -> BlackAndWhitePng.of(modules(code)));

  private QrCode() {}

  /** The code as PNG. */
  static byte[] png(String code) {
    return LATEST_PICTURES.get(code);
  }

  private static BitMatrix modules(String code) {
    try {
      // A picture that is wanted smaller than it can be has one pixel for a module.
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
