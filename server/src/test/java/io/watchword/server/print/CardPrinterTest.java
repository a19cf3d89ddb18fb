package io.watchword.server.print;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Contract identity-v1 9.6. {@code PICTURES_DIR} names a folder in which the pages are kept. */
class CardPrinterTest {

  private static final Path FONTS = Path.of("/usr/share/fonts/truetype/noto");
  private static final String UIN = "678956453456";
  private static final String MASKED = "XXXXXXXX3456";
  private static final Instant NOW = Instant.parse("2026-11-27T10:00:00Z");
  private static final Map<String, String> NAMES =
      Map.of("fra", "Ibrahim Benjelloun", "ara", "ابراهيم بنجلون", "eng", "Ibrahim Benjelloun");
  private static final Map<String, String> STREETS =
      Map.of("fra", "14, rue des Orangers", "ara", "14 زنقة البرتقال", "eng", "14 Orange Street");

  private final CardPrinter printer = new CardPrinter(FONTS, null);

  @BeforeEach
  void needsFonts() {
    assumeTrue(
        Files.isReadable(FONTS.resolve("NotoSansArabic-Regular.ttf")),
        "left out: needs Debian's fonts-noto-core");
  }

  private static Card card(List<String> languages, boolean full, String name, byte[] photo) {
    List<Card.Field> fields = new ArrayList<>();
    fields.add(field("name", NAMES, languages, name));
    if (full) {
      fields.add(
          new Card.Field(
              "dateOfBirth", Card.Block.IDENTITY, Map.of(languages.getFirst(), "16/04/1955")));
      fields.add(
          new Card.Field(
              "phoneNumber", Card.Block.IDENTITY, Map.of(languages.getFirst(), "+212-5398-12345")));
      fields.add(new Card.Field("emailId", Card.Block.IDENTITY, Map.of()));
    }
    fields.add(new Card.Field("addressLine1", Card.Block.ADDRESS, only(STREETS, languages)));
    fields.add(new Card.Field("location1", Card.Block.ADDRESS, Map.of()));
    fields.add(
        new Card.Field("pinCode", Card.Block.ADDRESS, Map.of(languages.getFirst(), "85000")));
    return new Card(languages, MASKED, fields, photo);
  }

  private static Card.Field field(
      String name, Map<String, String> usual, List<String> languages, String instead) {
    Map<String, String> values = new java.util.HashMap<>(only(usual, languages));
    if (instead != null) {
      values.put(languages.getFirst(), instead);
    }
    return new Card.Field(name, Card.Block.IDENTITY, values);
  }

  private static Map<String, String> only(Map<String, String> all, List<String> languages) {
    Map<String, String> some = new java.util.HashMap<>(all);
    some.keySet().retainAll(languages);
    return some;
  }

  private static byte[] face() throws IOException {
    var image = new BufferedImage(200, 240, BufferedImage.TYPE_INT_RGB);
    var canvas = image.createGraphics();
    canvas.setColor(new java.awt.Color(0xdf, 0xe8, 0xf0));
    canvas.fillRect(0, 0, 200, 240);
    canvas.setColor(new java.awt.Color(0xf1, 0xc9, 0xa5));
    canvas.fillOval(50, 40, 100, 130);
    canvas.dispose();
    var out = new ByteArrayOutputStream();
    ImageIO.write(image, "png", out);
    return out.toByteArray();
  }

  private static String text(byte[] pdf) throws IOException {
    try (PDDocument document = Loader.loadPDF(pdf)) {
      var stripper = new PDFTextStripper();
      stripper.setSortByPosition(true);
      return Normalizer.normalize(stripper.getText(document), Normalizer.Form.NFKC);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "fra, ara, true",
    "fra, ara, false",
    "fra, '', true",
    "ara, '', true",
    "ara, fra, true",
    "eng, '', false",
    "eng, ara, true"
  })
  void thePageHoldsItsWordsInTheOrderInWhichTheyAreRead(String one, String other, boolean full)
      throws Exception {
    List<String> languages = other.isEmpty() ? List.of(one) : List.of(one, other);
    byte[] pdf = printer.print(card(languages, full, null, face()), NOW);
    keep(pdf, "card-" + one + "-" + other + "-" + full);
    String text = text(pdf);
    for (String language : languages) {
      assertThat(text).contains(Normalizer.normalize(NAMES.get(language), Normalizer.Form.NFKC));
      for (String word : STREETS.get(language).split(" ")) {
        assertThat(text).contains(word);
      }
    }
    assertThat(text).contains("e-KYC", MASKED, "85000", "NA");
    assertThat(text.contains("16/04/1955")).isEqualTo(full);
    try (PDDocument document = Loader.loadPDF(pdf)) {
      assertThat(document.getNumberOfPages()).isEqualTo(1);
      assertThat(document.getDocumentCatalog().getMarkInfo().isMarked()).isTrue();
      assertThat(document.getDocumentCatalog().getStructureTreeRoot()).isNotNull();
      assertThat(document.getDocumentCatalog().getLanguage()).startsWith(one.substring(0, 2));
      for (var font : document.getPage(0).getResources().getFontNames()) {
        assertThat(document.getPage(0).getResources().getFont(font).isEmbedded()).isTrue();
      }
    }
  }

  @Test
  void theWholeUinIsInNoByteOfIt() throws Exception {
    byte[] pdf = printer.print(card(List.of("fra", "ara"), true, null, face()), NOW);
    assertThat(new String(pdf, StandardCharsets.ISO_8859_1)).doesNotContain(UIN);
    try (PDDocument document = Loader.loadPDF(pdf)) {
      for (var key : document.getDocument().getXrefTable().keySet()) {
        if (document.getDocument().getObjectFromPool(key).getObject() instanceof COSStream stream) {
          String content =
              new String(stream.createInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
          assertThat(content).doesNotContain(UIN);
        }
      }
    }
    assertThat(text(pdf).replaceAll("\\s", "")).doesNotContain(UIN);
  }

  @ParameterizedTest
  @CsvSource({
    "'<fo:block>&amp;x</fo:block>', '<fo:block>&amp;x</fo:block>'",
    "'a\u202Eb\u2066c\u0007d', 'abcd'",
    "']]>', ']]>'"
  })
  void whatAPersonBringsIsTextAndNothingElse(String name, String printed) throws Exception {
    byte[] pdf = printer.print(card(List.of("fra"), true, name, null), NOW);
    assertThat(text(pdf).replaceAll("[\\s\u200b]", "")).contains(printed.replaceAll("\\s", ""));
  }

  @Test
  void aNameOfAThousandLettersRunsOverNothing() throws Exception {
    byte[] pdf = printer.print(card(List.of("fra", "ara"), true, "W".repeat(155), face()), NOW);
    keep(pdf, "card-long");
    assertThat(text(pdf).replaceAll("[\\s\u200b]", "")).contains("W".repeat(18), MASKED);
  }

  @Test
  void aPictureThatCannotBeShownIsLeftOut() throws Exception {
    for (byte[] broken : List.of(new byte[0], new byte[] {1, 2, 3}, "\u0089PNG\r\n".getBytes())) {
      assertThat(text(printer.print(card(List.of("eng"), true, null, broken), NOW)))
          .contains(MASKED);
    }
  }

  @Test
  void withoutFontsTheOperatorIsToldWhichPackageHasThem(@TempDir Path empty) {
    assertThatThrownBy(
            () -> new CardPrinter(empty, null).print(card(List.of("eng"), true, null, null), NOW))
        .isInstanceOf(CardUnprintable.class)
        .hasMessageContaining("fonts-noto-core");
  }

  private static void keep(byte[] pdf, String name) throws IOException {
    String folder = System.getenv("PICTURES_DIR");
    if (folder != null) {
      try (PDDocument document = Loader.loadPDF(pdf)) {
        ImageIO.write(
            new PDFRenderer(document).renderImageWithDPI(0, 110),
            "png",
            Path.of(folder, name + ".png").toFile());
      }
    }
  }
}
