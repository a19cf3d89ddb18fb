package io.watchword.server.pages;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.BinaryBitmap;
import com.google.zxing.DecodeHintType;
import com.google.zxing.NotFoundException;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.ReaderException;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.watchword.server.http.Bodies;
import io.watchword.server.http.BodyTooLarge;
import io.watchword.server.http.BodyUnreadable;
import io.watchword.wire.ida.Json;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/**
 * The demo's page in the role of an app: it enrolls a demo user, takes the code of a login page and
 * asks. Everything but the reading of pictures is done by the JavaScript library in the page.
 */
public final class PhonePages implements HttpService {

  private static final int LARGEST_PICTURE = 6 * 1024 * 1024;
  private static final long MOST_PIXELS = 4_000_000;

  /** Each picture takes up to some 50 MB while it is read. */
  private final Semaphore room = new Semaphore(2);

  @Override
  public void routing(HttpRules rules) {
    rules
        .get("/demo/phone", (_, response) -> Assets.send(response, "phone.html"))
        .get("/demo/phone.js", (_, response) -> Assets.send(response, "phone.js"))
        .get("/demo/phone.css", (_, response) -> Assets.send(response, "phone.css"))
        .get("/demo/js/{name}", (request, response) -> script(request, response, ""))
        .get("/demo/js/widget/{name}", (request, response) -> script(request, response, "widget/"))
        .post("/demo/phone/decode", this::decode);
  }

  private static void script(ServerRequest request, ServerResponse response, String folder) {
    String name = request.path().pathParameters().first("name").orElse("");
    Assets.send(response, "js/" + folder + name);
  }

  /** Reads the code in a picture: browsers on few platforms can. */
  private void decode(ServerRequest request, ServerResponse response) {
    try {
      byte[] picture = Bodies.read(request, LARGEST_PICTURE);
      room.acquireUninterruptibly();
      Optional<String> text;
      try {
        text = read(picture);
      } finally {
        room.release();
      }
      response
          .status(text.isPresent() ? Status.OK_200 : Status.NOT_FOUND_404)
          .header(HeaderNames.CONTENT_TYPE, "application/json")
          .header(HeaderNames.CACHE_CONTROL, "no-store")
          .send(Json.write(Map.of("text", text.orElse(""))));
    } catch (BodyTooLarge | TooManyPixels e) {
      response.status(Status.REQUEST_ENTITY_TOO_LARGE_413).send();
    } catch (BodyUnreadable e) {
      response.status(Status.BAD_REQUEST_400).send();
    }
  }

  /** A picture of more pixels than are decoded. */
  static final class TooManyPixels extends Exception {
    private static final long serialVersionUID = 1L;

    TooManyPixels() {
      super("more than " + MOST_PIXELS + " pixels", null, false, false);
    }
  }

  /**
   * The code in a picture, if there is one.
   *
   * @throws TooManyPixels if its header says so; then nothing of it is decoded
   */
  static Optional<String> read(byte[] picture) throws TooManyPixels {
    try {
      Optional<BufferedImage> image = image(picture);
      if (image.isEmpty()) {
        return Optional.empty();
      }
      int width = image.get().getWidth();
      int height = image.get().getHeight();
      int[] pixels = image.get().getRGB(0, 0, width, height, null, 0, width);
      var bitmap =
          new BinaryBitmap(new HybridBinarizer(new RGBLuminanceSource(width, height, pixels)));
      return Optional.of(
          new QRCodeReader()
              .decode(
                  bitmap,
                  Map.of(
                      DecodeHintType.TRY_HARDER,
                      true,
                      DecodeHintType.POSSIBLE_FORMATS,
                      List.of(BarcodeFormat.QR_CODE)))
              .getText());
    } catch (NotFoundException e) {
      return Optional.empty();
    } catch (ReaderException | IOException | RuntimeException e) {
      return Optional.empty(); // whatever it is, it is no picture of a code
    }
  }

  /** Looks at the size before any pixel is made. */
  private static Optional<BufferedImage> image(byte[] picture) throws IOException, TooManyPixels {
    try (ImageInputStream in = ImageIO.createImageInputStream(new ByteArrayInputStream(picture))) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
      if (!readers.hasNext()) {
        return Optional.empty();
      }
      ImageReader reader = readers.next();
      try {
        reader.setInput(in, true, true); // metadata are of no use here and cost memory
        if ((long) reader.getWidth(0) * reader.getHeight(0) > MOST_PIXELS) {
          throw new TooManyPixels();
        }
        return Optional.of(reader.read(0));
      } finally {
        reader.dispose();
      }
    }
  }
}
