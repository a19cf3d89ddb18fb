package io.watchword.server.print;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.xml.XMLConstants;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.parsers.SAXParserFactory;
import org.apache.fop.apps.FOUserAgent;
import org.apache.fop.apps.FopConfParser;
import org.apache.fop.apps.FopFactory;
import org.apache.xmlgraphics.io.Resource;
import org.apache.xmlgraphics.io.ResourceResolver;
import org.apache.xmlgraphics.util.MimeConstants;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/**
 * Prints cards as PDF. Few at a time: each takes tens of milliseconds and some memory. Reads
 * nothing but its fonts, whatever a card holds. Thread-safe.
 */
public final class CardPrinter {

  private static final Logger LOG = LoggerFactory.getLogger(CardPrinter.class);

  private static final List<Face> FACES =
      List.of(
          new Face("NotoSans-Regular.ttf", "Card", "normal"),
          new Face("NotoSans-Bold.ttf", "Card", "bold"),
          new Face("NotoSansArabic-Regular.ttf", "CardArabic", "normal"),
          new Face("NotoSansArabic-Bold.ttf", "CardArabic", "bold"));
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("dd/MM/uuuu", Locale.ROOT);
  private static final int PATIENCE_SECONDS = 5;
  private static final URI NOWHERE = URI.create("card:/");

  private final Path fonts;
  private final @Nullable CardSigner signer;
  private final CardLabels labels = new CardLabels();
  private final Semaphore presses =
      new Semaphore(Math.max(1, Runtime.getRuntime().availableProcessors() / 2));
  private @Nullable FopFactory factory;

  /**
   * @param fonts the folder with the Noto fonts, such as {@code /usr/share/fonts/truetype/noto}
   * @param signer {@code null}: cards are not signed
   */
  public CardPrinter(Path fonts, @Nullable CardSigner signer) {
    this.fonts = fonts;
    this.signer = signer;
  }

  /**
   * Prints a card.
   *
   * @param issued the day that stands on it, by UTC
   * @throws CardUnprintable if fonts are missing, or too many others are being printed
   */
  public byte[] print(Card card, Instant issued) throws CardUnprintable {
    boolean free;
    try {
      free = presses.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      free = false;
    }
    if (!free) {
      throw new CardUnprintable("too many cards are being printed");
    }
    try {
      String page =
          new CardPage(
                  card,
                  labels,
                  DAY.format(issued.atOffset(ZoneOffset.UTC)),
                  card.photo() == null ? null : Photo.png(card.photo()).orElse(null))
              .text();
      byte[] pdf = format(page, issued);
      return signer == null ? pdf : signer.sign(pdf, issued);
    } finally {
      presses.release();
    }
  }

  private byte[] format(String page, Instant issued) throws CardUnprintable {
    var pdf = new ByteArrayOutputStream(64 * 1024);
    try {
      FopFactory fop = factory();
      FOUserAgent agent = fop.newFOUserAgent();
      agent.setAccessibility(true);
      agent.setTitle("e-KYC");
      agent.setProducer("Watchword");
      agent.setCreationDate(Date.from(issued));
      // The library's own listener logs letters that no font has, and so parts of names.
      agent.getEventBroadcaster().addEventListener(event -> LOG.debug("{}", event.getEventID()));
      // Not by a transformer: the library uses one while it reads, and they do not nest.
      SAXParserFactory parsers = SAXParserFactory.newDefaultNSInstance();
      parsers.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      parsers.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      parsers
          .newSAXParser()
          .parse(
              new InputSource(new StringReader(page)),
              fop.newFop(MimeConstants.MIME_PDF, agent, pdf).getDefaultHandler());
    } catch (SAXException | ParserConfigurationException | IOException | RuntimeException e) {
      throw new CardUnprintable("the page cannot be set", e);
    }
    return pdf.toByteArray();
  }

  /** Made at the first card: it takes a second, and many servers print none. */
  private synchronized FopFactory factory() throws CardUnprintable {
    FopFactory made = factory;
    if (made == null) {
      for (Face face : FACES) {
        if (!Files.isReadable(fonts.resolve(face.file()))) {
          throw new CardUnprintable(
              fonts.resolve(face.file())
                  + " is missing; on Debian the package fonts-noto-core has it");
        }
      }
      try {
        made =
            new FopConfParser(
                    new ByteArrayInputStream(configuration().getBytes(StandardCharsets.UTF_8)),
                    NOWHERE,
                    new FontsOnly(fonts))
                .getFopFactoryBuilder()
                .build();
      } catch (SAXException | IOException e) {
        throw new CardUnprintable("the fonts cannot be read", e);
      }
      factory = made;
    }
    return made;
  }

  private String configuration() {
    var text = new StringBuilder("<fop version=\"1.0\"><renderers>");
    text.append("<renderer mime=\"application/pdf\"><fonts>");
    for (Face face : FACES) {
      text.append("<font kerning=\"yes\" embedding-mode=\"subset\" embed-url=\"")
          .append(fonts.resolve(face.file()).toUri())
          .append("\"><font-triplet name=\"")
          .append(face.family())
          .append("\" style=\"normal\" weight=\"")
          .append(face.weight())
          .append("\"/></font>");
    }
    return text.append("</fonts></renderer></renderers></fop>").toString();
  }

  private record Face(String file, String family, String weight) {}

  /** The fonts may be read; nothing else, whatever a page names. */
  private record FontsOnly(Path fonts) implements ResourceResolver {

    @Override
    public Resource getResource(URI uri) throws IOException {
      if ("file".equals(uri.getScheme())) {
        Path file = Path.of(uri).normalize();
        if (file.startsWith(fonts.normalize())) {
          return new Resource(Files.newInputStream(file));
        }
      }
      throw new IOException("nothing is read from " + uri.getScheme());
    }

    @Override
    public OutputStream getOutputStream(URI uri) throws IOException {
      throw new IOException("nothing is written");
    }
  }
}
