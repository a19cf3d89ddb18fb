package io.watchword.server.print;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.Iterator;
import java.util.Optional;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/** Makes of a picture on file one that can stand on a page, or none. */
final class Photo {

  /** Four bytes each while it is decoded. */
  private static final long MOST_PIXELS = 8_000_000;

  private Photo() {}

  /**
   * @param picture JPEG or PNG
   * @return base64 of a PNG; empty if it is neither, is broken, or too large
   */
  static Optional<String> png(byte[] picture) {
    try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(picture))) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
      if (!readers.hasNext()) {
        return Optional.empty();
      }
      ImageReader reader = readers.next();
      try {
        reader.setInput(in);
        long pixels = (long) reader.getWidth(0) * reader.getHeight(0);
        if (pixels < 1 || pixels > MOST_PIXELS) {
          return Optional.empty();
        }
        BufferedImage decoded = reader.read(0);
        var plain =
            new BufferedImage(decoded.getWidth(), decoded.getHeight(), BufferedImage.TYPE_INT_RGB);
        var canvas = plain.createGraphics();
        canvas.drawImage(decoded, 0, 0, java.awt.Color.WHITE, null);
        canvas.dispose();
        var out = new ByteArrayOutputStream();
        ImageIO.write(plain, "png", out);
        return Optional.of(Base64.getEncoder().encodeToString(out.toByteArray()));
      } finally {
        reader.dispose();
      }
    } catch (IOException | RuntimeException e) {
      return Optional.empty(); // the decoders throw many kinds
    }
  }
}
