package io.cpdevents.notification.registrations;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.ReaderException;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QrCodeTest {

  @ParameterizedTest
  @ValueSource(strings = {"A", "JBSWY3DPEHPK3PXPJBSWY3DPEH", "a code with spaces & ümlauts"})
  void a_scanner_reads_the_code_back(String code) throws IOException, ReaderException {
    assertThat(scanned(QrCode.png(code))).isEqualTo(code);
  }

  @Test
  void the_picture_is_sharp_on_a_telephone_and_has_a_quiet_zone() throws IOException {
    BufferedImage image =
        ImageIO.read(new ByteArrayInputStream(QrCode.png("JBSWY3DPEHPK3PXPJBSWY3DPEH")));

    assertThat(image.getWidth()).isEqualTo(image.getHeight()).isGreaterThan(180);
    int quiet = 4 * 8;
    for (int i = 0; i < image.getWidth(); i++) {
      assertThat(image.getRGB(i, quiet - 1)).isEqualTo(0xFFFFFFFF);
      assertThat(image.getRGB(quiet - 1, i)).isEqualTo(0xFFFFFFFF);
    }
    assertThat(image.getRGB(quiet, quiet)).isEqualTo(0xFF000000);
  }

  @Test
  void the_picture_is_smaller_than_a_kilobyte_and_a_half() {
    assertThat(QrCode.png("JBSWY3DPEHPK3PXPJBSWY3DPEH")).hasSizeLessThan(1_536);
  }

  private static String scanned(byte[] png) throws IOException, ReaderException {
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
    int width = image.getWidth();
    int height = image.getHeight();
    int[] pixels = image.getRGB(0, 0, width, height, null, 0, width);
    return new QRCodeReader()
        .decode(
            new BinaryBitmap(new HybridBinarizer(new RGBLuminanceSource(width, height, pixels))))
        .getText();
  }
}
