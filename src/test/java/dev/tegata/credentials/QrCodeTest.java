package dev.tegata.credentials;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class QrCodeTest {
  @Test
  void the_picture_is_a_png_that_can_be_scanned() throws Exception {
    String text = "otpauth://totp/phone@octo?secret=" + "JSJSNO" + "A".repeat(58);
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(QrCode.png(text)));
    int width = image.getWidth();
    int height = image.getHeight();
    int[] pixels = image.getRGB(0, 0, width, height, null, 0, width);
    BinaryBitmap bitmap =
        new BinaryBitmap(new HybridBinarizer(new RGBLuminanceSource(width, height, pixels)));
    assertThat(new QRCodeReader().decode(bitmap).getText()).isEqualTo(text);
  }
}
