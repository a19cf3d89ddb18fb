package io.watchword.server.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.common.BitMatrix;
import com.google.zxing.qrcode.QRCodeWriter;
import io.watchword.server.pages.PhonePages.TooManyPixels;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PhonePicturesTest {

  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};

  /** A chunk as the PNG specification (ISO/IEC 15948, 5.3) has it. */
  private static byte[] chunk(String type, byte[] content) throws IOException {
    var bytes = new ByteArrayOutputStream();
    var out = new DataOutputStream(bytes);
    var crc = new CRC32();
    crc.update(type.getBytes(StandardCharsets.US_ASCII));
    crc.update(content);
    out.writeInt(content.length);
    out.writeBytes(type);
    out.write(content);
    out.writeInt((int) crc.getValue());
    return bytes.toByteArray();
  }

  private static byte[] header(int width, int height) throws IOException {
    var bytes = new ByteArrayOutputStream();
    var out = new DataOutputStream(bytes);
    out.writeInt(width);
    out.writeInt(height);
    out.write(new byte[] {8, 6, 0, 0, 0});
    var picture = new ByteArrayOutputStream();
    picture.write(SIGNATURE);
    picture.write(chunk("IHDR", bytes.toByteArray()));
    return picture.toByteArray();
  }

  private static byte[] code(String text, int size) throws Exception {
    BitMatrix code = new QRCodeWriter().encode(text, BarcodeFormat.QR_CODE, size, size);
    var image = new BufferedImage(size, size, BufferedImage.TYPE_INT_RGB);
    for (int x = 0; x < size; x++) {
      for (int y = 0; y < size; y++) {
        image.setRGB(x, y, code.get(x, y) ? 0 : 0xFFFFFF);
      }
    }
    var bytes = new ByteArrayOutputStream();
    ImageIO.write(image, "png", bytes);
    return bytes.toByteArray();
  }

  @Test
  @DisplayName("a picture of more than 4 million pixels is refused by its header alone")
  void tooManyPixels() throws Exception {
    assertThatExceptionOfType(TooManyPixels.class)
        .isThrownBy(() -> PhonePages.read(header(2_000, 2_001)));
    assertThatExceptionOfType(TooManyPixels.class)
        .isThrownBy(() -> PhonePages.read(header(65_535, 65_535)));
    assertThat(PhonePages.read(header(2_000, 2_000))).as("without pixels").isEmpty();
  }

  @Test
  @DisplayName("what is no picture holds no code")
  void noPicture() throws Exception {
    assertThat(PhonePages.read(new byte[0])).isEmpty();
    assertThat(PhonePages.read("<svg/>".getBytes(StandardCharsets.UTF_8))).isEmpty();
    assertThat(PhonePages.read(SIGNATURE)).isEmpty();
  }

  @Test
  @DisplayName("the code in a picture of an allowed size is read")
  void read() throws Exception {
    assertThat(PhonePages.read(code("hello", 2_000))).contains("hello");
  }
}
