package io.watchword.wire.cbeff;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import io.watchword.wire.cbeff.CbeffException.Fault;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Contract biosdk 7. */
class CbeffXmlTest {

  private static final String NS = "http://standards.iso.org/iso-iec/19785/-3/ed-2/";
  private static final String ELDER = "http://docs.oasis-open.org/bias/ns/biaspatronformat-1.0/";
  private static final String INFO = "<BIRInfo><Integrity>false</Integrity></BIRInfo>";
  private static final String FORMAT =
      "<Format><Organization>257</Organization><Type>7</Type></Format>";

  /** The example of the contract, word for word. */
  private static final String EXAMPLE =
      """
      <?xml version="1.0" encoding="UTF-8" standalone="yes"?>
      <BIR xmlns="http://standards.iso.org/iso-iec/19785/-3/ed-2/">
        <BIRInfo><Integrity>false</Integrity></BIRInfo>
        <BIR>
          <Version><Major>1</Major><Minor>1</Minor></Version>
          <CBEFFVersion><Major>1</Major><Minor>1</Minor></CBEFFVersion>
          <BIRInfo><Integrity>false</Integrity></BIRInfo>
          <BDBInfo>
            <Format><Organization>257</Organization><Type>8</Type></Format>
            <CreationDate>2026-01-02T03:04:05.678Z</CreationDate>
            <Type>Face</Type><Subtype></Subtype><Level>Raw</Level><Purpose>Enroll</Purpose>
            <Quality><Algorithm><Organization>HMAC</Organization><Type>SHA-256</Type></Algorithm><Score>80</Score></Quality>
          </BDBInfo>
          <BDB>RkFDADAzMAA=</BDB><SB>AQID</SB>
          <others><entry key="EXCEPTION">false</entry><entry key="SDK_SCORE">80.0</entry></others>
        </BIR>
        <BIR><BIRInfo><Integrity>false</Integrity></BIRInfo>
          <BDBInfo><Format><Organization>257</Organization><Type>9</Type></Format><CreationDate>2026-01-02T03:04:05.678Z</CreationDate>
            <Type>Iris</Type><Subtype>Left</Subtype><Level>Raw</Level><Purpose>Enroll</Purpose></BDBInfo>
          <BDB>SUlSADAyMAA=</BDB></BIR>
        <BIR><BIRInfo><Integrity>false</Integrity></BIRInfo>
          <BDBInfo><Format><Organization>257</Organization><Type>7</Type></Format><CreationDate>2026-01-02T03:04:05.678Z</CreationDate>
            <Type>Finger</Type><Subtype>Left IndexFinger</Subtype><Level>Raw</Level><Purpose>Enroll</Purpose></BDBInfo>
          <BDB>RklSADAyMAA=</BDB></BIR>
      </BIR>
      """;

  private static Bir read(String xml) throws CbeffException {
    return CbeffReader.read(xml.getBytes(UTF_8));
  }

  private static String written(Bir bir) throws CbeffException {
    return new String(CbeffWriter.write(bir), UTF_8);
  }

  private static void refused(Fault fault, String xml) {
    refused(fault, xml.getBytes(UTF_8));
  }

  private static void refused(Fault fault, byte[] xml) {
    assertThatThrownBy(() -> CbeffReader.read(xml))
        .isInstanceOfSatisfying(CbeffException.class, e -> assertThat(e.fault()).isEqualTo(fault));
  }

  private static void unwritable(Fault fault, Bir bir) {
    assertThatThrownBy(() -> CbeffWriter.write(bir))
        .isInstanceOfSatisfying(CbeffException.class, e -> assertThat(e.fault()).isEqualTo(fault));
  }

  private static String root(String content) {
    return "<BIR xmlns=\"" + NS + "\">" + content + "</BIR>";
  }

  private static String bdbInfo(String content) {
    return root(INFO + "<BDBInfo>" + content + "</BDBInfo>");
  }

  @Test
  @DisplayName("a billion laughs are refused before the first one")
  void laughs() {
    var dtd = new StringBuilder("<!DOCTYPE BIR [<!ENTITY l0 \"ha\">");
    for (int i = 1; i < 10; i++) {
      dtd.append("<!ENTITY l").append(i).append(" \"").append(("&l" + (i - 1) + ";").repeat(10));
      dtd.append("\">");
    }
    String body = root("<BIRInfo><Creator>&l9;</Creator><Integrity>false</Integrity></BIRInfo>");
    refused(Fault.DOCUMENT_TYPE, dtd + "]>" + body);
    refused(Fault.DOCUMENT_TYPE, "<?xml version=\"1.0\"?>" + dtd + "]>" + body);
  }

  @Test
  @DisplayName("no file and no address outside is read, however it is named")
  void external() {
    for (String address : List.of("file:///etc/passwd", "http://127.0.0.1:9/x", "/etc/passwd")) {
      refused(
          Fault.DOCUMENT_TYPE,
          "<!DOCTYPE BIR [<!ENTITY x SYSTEM \"" + address + "\">]>" + root("&x;" + INFO));
      refused(Fault.DOCUMENT_TYPE, "<!DOCTYPE BIR SYSTEM \"" + address + "\">" + root(INFO));
      refused(
          Fault.DOCUMENT_TYPE,
          "<!DOCTYPE BIR [<!ENTITY % x SYSTEM \"" + address + "\">%x;]>" + root(INFO));
      refused(
          Fault.UNEXPECTED_ELEMENT,
          root(INFO + "<xi:include xmlns:xi=\"" + NS + "\" href=\"" + address + "\"/>"));
      refused(
          Fault.NAMESPACE,
          root(
              INFO
                  + "<xi:include xmlns:xi=\"http://www.w3.org/2001/XInclude\" href=\""
                  + address
                  + "\"/>"));
    }
  }

  @Test
  @DisplayName("an entity that nobody declared is refused, a character reference is read")
  void references() throws CbeffException {
    String info = "<BIRInfo><Creator>%s</Creator><Integrity>false</Integrity></BIRInfo>";
    assertThatThrownBy(() -> read(root(info.formatted("&x;")))).isInstanceOf(CbeffException.class);
    assertThat(read(root(info.formatted("a&#65;&lt;&amp;&gt;<![CDATA[<&]]>"))).birInfo().creator())
        .isEqualTo("aA<&><&");
    refused(Fault.NOT_XML, root(info.formatted("&#0;")));
  }

  @Test
  @DisplayName("levels have an end, of records and of anything else")
  void depth() throws CbeffException {
    String start = "<BIR>" + INFO;
    int most = CbeffReader.MAX_DEPTH - 2; // the root, and Integrity inside the innermost
    assertThat(read(root(INFO + start.repeat(most - 1) + "</BIR>".repeat(most - 1)))).isNotNull();
    refused(Fault.TOO_DEEP, root(INFO + start.repeat(most) + "</BIR>".repeat(most)));
    refused(Fault.TOO_DEEP, root(INFO + start.repeat(300_000)));
    refused(Fault.UNEXPECTED_ELEMENT, root(INFO + "<a>".repeat(300_000)));
  }

  @Test
  @DisplayName("elements have a greatest number")
  void many() throws CbeffException {
    String segment = "<BIR>" + INFO + "</BIR>"; // three elements
    int most = (CbeffReader.MAX_ELEMENTS - 3) / 3;
    assertThat(read(root(INFO + segment.repeat(most))).birs()).hasSize(most);
    refused(Fault.TOO_MANY_ELEMENTS, root(INFO + segment.repeat(most + 1)));
    String entries =
        java.util.stream.IntStream.rangeClosed(0, CbeffReader.MAX_OTHERS)
            .mapToObj(i -> "<entry key=\"" + i + "\"/>")
            .collect(java.util.stream.Collectors.joining());
    refused(Fault.TOO_MANY_ELEMENTS, root(INFO + "<others>" + entries + "</others>"));
  }

  /** The parser takes the square of their number, and a document of the greatest size minutes. */
  @Test
  @DisplayName("declarations of namespaces have a greatest number")
  void declarations() throws CbeffException {
    assertThat(read(declaring(CbeffReader.MAX_ELEMENTS - 1)).birs()).isEmpty();
    refused(Fault.TOO_MANY_ELEMENTS, declaring(CbeffReader.MAX_ELEMENTS));
  }

  /** With so many declarations besides that of the root. */
  private static String declaring(int number) {
    var declarations = new StringBuilder();
    for (int i = 0; i < number; i++) {
      declarations.append(" xmlns:p").append(i).append("=\"u\"");
    }
    return root(INFO.replace("<BIRInfo>", "<BIRInfo" + declarations + ">"));
  }

  @Test
  @DisplayName("attributes, texts, blocks and documents have a greatest size")
  void sizes() throws CbeffException {
    String huge = "A".repeat(10 * 1024 * 1024);
    refused(Fault.VALUE_TOO_LONG, root(INFO + "<others><entry key=\"" + huge + "\"/></others>"));
    refused(Fault.ATTRIBUTE, root("<BIRInfo x=\"" + huge + "\"/>"));
    refused(
        Fault.VALUE_TOO_LONG,
        root("<BIRInfo><Creator>" + huge + "</Creator><Integrity>0</Integrity></BIRInfo>"));
    refused(Fault.VALUE_TOO_LONG, root(INFO + "<BDB>" + huge + "</BDB>"));
    refused(Fault.VALUE_TOO_LONG, root(INFO + "<BDB>" + " ".repeat(9_000_000) + "</BDB>"));
    refused(Fault.UNEXPECTED_TEXT, root(huge));
    refused(Fault.TOO_LARGE, new byte[CbeffReader.MAX_DOCUMENT + 1]);
    String most = "A".repeat(CbeffReader.MAX_BLOCK / 3 * 4);
    assertThat(read(root(INFO + "<BDB>" + most + "</BDB>")).bdb()).hasSize(CbeffReader.MAX_BLOCK);
    refused(Fault.VALUE_TOO_LONG, root(INFO + "<BDB>" + most + "AAAA</BDB>"));
    unwritable(
        Fault.VALUE_TOO_LONG,
        Bir.person(List.of(finger(new byte[CbeffReader.MAX_BLOCK + 1], Map.of()))));
    var large = new ArrayList<Bir>();
    for (int i = 0; i < 4; i++) {
      large.add(finger(new byte[CbeffReader.MAX_BLOCK], Map.of()));
    }
    unwritable(Fault.TOO_LARGE, Bir.person(large));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "BIR",
        "<BIR",
        "<BIR/><BIR/>",
        "<BIR xmlns=\"urn:x\"",
        "</BIR>",
        "<?xml version=\"1.1\"?><BIR/>",
        "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><BIR/>",
        "<x:BIR/>"
      })
  @DisplayName("what is no XML 1.0 in UTF-8 is refused")
  void noXml(String text) {
    refused(Fault.NOT_XML, text.replace("<BIR/>", root(INFO)));
  }

  @Test
  @DisplayName("another encoding is refused, a byte order mark is not")
  void encodings() throws CbeffException {
    refused(Fault.NOT_XML, root(INFO).getBytes(StandardCharsets.UTF_16));
    refused(
        Fault.NOT_XML,
        root(INFO + "<others><entry key=\"é\"/></others>").getBytes(StandardCharsets.ISO_8859_1));
    assertThat(read("\ufeff" + EXAMPLE).birs()).hasSize(3);
  }

  @Test
  @DisplayName("no prefix of the example is read, and no end of it is missed")
  void prefixes() throws CbeffException {
    byte[] whole = EXAMPLE.strip().getBytes(UTF_8);
    for (int i = 0; i < whole.length; i++) {
      byte[] part = Arrays.copyOf(whole, i);
      assertThatThrownBy(() -> CbeffReader.read(part)).isInstanceOf(CbeffException.class);
    }
    refused(Fault.NOT_XML, EXAMPLE + "<BIR/>");
    refused(Fault.NOT_XML, EXAMPLE + "x");
    assertThat(read(EXAMPLE + "<!-- end -->\n").birs()).hasSize(3);
  }

  @Test
  @DisplayName("whatever a byte is changed to, there is a record or a refusal")
  void bentBytes() {
    byte[] whole = EXAMPLE.getBytes(UTF_8);
    var random = new Random(7);
    int refusals = 0;
    for (int i = 0; i < 5_000; i++) {
      byte[] bent = whole.clone();
      for (int j = 0; j <= i % 3; j++) {
        bent[random.nextInt(bent.length)] = (byte) random.nextInt(256);
      }
      try {
        CbeffReader.read(bent);
      } catch (CbeffException e) {
        refusals++;
      } catch (RuntimeException e) {
        fail("at " + new String(bent, StandardCharsets.ISO_8859_1), e);
      }
    }
    assertThat(refusals).isBetween(2_500, 4_999);
  }

  @ParameterizedTest
  @CsvSource({
    "UNEXPECTED_ELEMENT, <BIRInfo><Integrity>false</Integrity></BIRInfo><Version/>",
    "MISSING_ELEMENT, ''",
    "MISSING_ELEMENT, <BIRInfo/>",
    "MISSING_ELEMENT, <BDBInfo/>",
    "MISSING_ELEMENT, <Version><Minor>1</Minor><Major>1</Major></Version>",
    "UNEXPECTED_ELEMENT, <BIRInfo><Integrity>0</Integrity><Creator>a</Creator></BIRInfo>",
    "UNEXPECTED_ELEMENT, <BIRInfo><Integrity>0</Integrity><Integrity>0</Integrity></BIRInfo>",
    "UNEXPECTED_ELEMENT, <BIRInfo><Integrity>0</Integrity><New/></BIRInfo>",
    "UNEXPECTED_ELEMENT, <BIRInfo><Integrity>0<b/></Integrity></BIRInfo>",
    "UNEXPECTED_TEXT, <BIRInfo>a<Integrity>0</Integrity></BIRInfo>",
    "ATTRIBUTE, <BIRInfo a='b'><Integrity>0</Integrity></BIRInfo>",
    "VALUE, <BIRInfo><Integrity>yes</Integrity></BIRInfo>",
    "VALUE, <BIRInfo><Index>12</Index><Integrity>0</Integrity></BIRInfo>",
    "VALUE, <Version><Major>-1</Major><Minor>1</Minor></Version>",
    "VALUE, <Version><Major>99999999999</Major><Minor>1</Minor></Version>",
  })
  @DisplayName("the order, the names and the values are those of the schema")
  void schema(Fault fault, String content) {
    refused(fault, root(content));
  }

  @ParameterizedTest
  @CsvSource({
    "UNEXPECTED_ELEMENT, <Subtype/><Type>Face</Type>",
    "UNEXPECTED_ELEMENT, <FormatOwner>257</FormatOwner><FormatType>7</FormatType>",
    "UNEXPECTED_ELEMENT, <type>Face</type>",
    "VALUE, <Type>FACE</Type>",
    "VALUE, <Type>face</Type>",
    "VALUE, <Type>Face Fist</Type>",
    "VALUE, <Subtype>UNKNOWN</Subtype>",
    "VALUE, <Subtype>Face</Subtype>",
    "VALUE, <Subtype>Left LeftIndexFinger</Subtype>",
    "VALUE, <Level>RAW</Level>",
    "VALUE, <Level/>",
    "VALUE, <Purpose>ENROLL</Purpose>",
    "VALUE, <CreationDate>2026-01-02T03:04:05</CreationDate>",
    "VALUE, <CreationDate>2026-13-02T03:04:05Z</CreationDate>",
    "VALUE, <CreationDate>2026-01-02T03:04:05+99:99</CreationDate>",
    "VALUE, <CreationDate>9999-12-31T23:59:59-10:00</CreationDate>",
    "VALUE, <CreationDate>+1000000000-01-02T03:04:05Z</CreationDate>",
    "MISSING_ELEMENT, <Quality><Score>80</Score></Quality>",
    "MISSING_ELEMENT, <Quality><Algorithm><Organization>a</Organization></Algorithm></Quality>",
    "BASE64, <ChallengeResponse>A</ChallengeResponse>",
    "BASE64, <ChallengeResponse>AA</ChallengeResponse>",
    "BASE64, <ChallengeResponse>AB==</ChallengeResponse>",
    "BASE64, <ChallengeResponse>AAA=AAAA</ChallengeResponse>",
    "BASE64, <ChallengeResponse>AA-_</ChallengeResponse>",
    "BASE64, <ChallengeResponse>AAAA====</ChallengeResponse>",
  })
  @DisplayName("of a data block, too, nothing is told in other words")
  void block(Fault fault, String content) {
    refused(fault, bdbInfo(content));
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "101", "80.0", "", "٨٠"})
  void aScoreIsAWholeNumberTo100(String score) {
    String quality =
        "<Quality><Algorithm><Organization>a</Organization><Type>b</Type></Algorithm><Score>"
            + score
            + "</Score></Quality>";
    refused(Fault.VALUE, bdbInfo(quality));
  }

  @Test
  @DisplayName("all elements are of the root's namespace, and that is one of two")
  void namespaces() {
    refused(Fault.NAMESPACE, root(INFO).replace(NS, "urn:x"));
    refused(Fault.NAMESPACE, root(INFO).replace(" xmlns=\"" + NS + "\"", ""));
    refused(Fault.NAMESPACE, root(INFO.replace("<BIRInfo>", "<BIRInfo xmlns=\"urn:x\">")));
    refused(Fault.NAMESPACE, root(INFO + "<others xmlns=\"\"/>"));
    refused(Fault.NAMESPACE, root(INFO + "<BIR xmlns=\"" + ELDER + "\">" + INFO + "</BIR>"));
  }

  @Test
  @DisplayName("an entry has one key, which stands once")
  void keys() {
    refused(Fault.ATTRIBUTE, root(INFO + "<others><entry>a</entry></others>"));
    refused(Fault.ATTRIBUTE, root(INFO + "<others><entry key='a' b='c'/></others>"));
    refused(Fault.ATTRIBUTE, root(INFO + "<others><entry name='a'/></others>"));
    refused(
        Fault.ATTRIBUTE,
        root(INFO + "<others><entry key='a'>1</entry></others><others><entry key='a'/></others>"));
  }

  @Test
  @DisplayName("the example of the contract is read")
  void example() throws CbeffException {
    Bir person = read(EXAMPLE);
    assertThat(person.birs()).hasSize(3);
    Bir face = person.birs().get(0);
    assertThat(face.version()).isEqualTo(new FormatVersion(1, 1));
    assertThat(face.cbeffVersion()).isEqualTo(new FormatVersion(1, 1));
    assertThat(face.bdbInfo().format()).isEqualTo(RegistryId.FACE_IMAGE);
    assertThat(face.bdbInfo().creationDate()).isEqualTo(Instant.parse("2026-01-02T03:04:05.678Z"));
    assertThat(face.bdbInfo().types()).containsExactly(BiometricType.FACE);
    assertThat(face.bdbInfo().subtypes()).isEmpty();
    assertThat(face.bdbInfo().level()).isEqualTo(ProcessedLevel.RAW);
    assertThat(face.bdbInfo().purpose()).isEqualTo(Purpose.ENROLL);
    assertThat(face.bdbInfo().quality())
        .isEqualTo(new Quality(new RegistryId("HMAC", "SHA-256"), 80, null));
    assertThat(face.bdb()).isEqualTo("FAC\u0000030\0".getBytes(UTF_8));
    assertThat(face.sb()).containsExactly(1, 2, 3);
    assertThat(face.others())
        .containsExactly(Map.entry("EXCEPTION", "false"), Map.entry("SDK_SCORE", "80.0"));
    assertThat(person.birs().get(1).bdbInfo().subtypes()).containsExactly("Left");
    assertThat(person.birs().get(2).bdbInfo().subtypes()).containsExactly("Left", "IndexFinger");
  }

  @Test
  @DisplayName("the example of the contract is written as it stands there, but for white space")
  void exampleWritten() throws CbeffException {
    assertThat(written(read(EXAMPLE)).replaceAll(">\\s+<", "><"))
        .isEqualTo(EXAMPLE.strip().replaceAll(">\\s+<", "><"));
  }

  @Test
  @DisplayName("data of the elder namespace is read, and written in the present one")
  void elder() throws CbeffException {
    String elder =
        "<BIR xmlns=\""
            + ELDER
            + "\">"
            + INFO
            + "<BIR>"
            + INFO
            + "<BDBInfo><FormatOwner>257</FormatOwner><FormatType>7</FormatType>"
            + "<CreationDate>2019-06-27T19:10:06.211+05:30</CreationDate><Type>Finger</Type>"
            + "<Subtype>Right\n Thumb </Subtype><Level>Raw</Level><Purpose>Enroll</Purpose>"
            + "<Quality>95</Quality></BDBInfo><BDB>RklS\n  ADAyMAA=</BDB></BIR></BIR>";
    Bir finger = read(elder).birs().get(0);
    assertThat(finger.bdbInfo().format()).isEqualTo(RegistryId.FINGER_IMAGE);
    assertThat(finger.bdbInfo().subtypes()).containsExactly("Right", "Thumb");
    assertThat(finger.bdbInfo().quality()).isEqualTo(new Quality(null, 95, null));
    assertThat(finger.bdbInfo().creationDate())
        .isEqualTo(Instant.parse("2019-06-27T13:40:06.211Z"));
    String written = written(read(elder));
    assertThat(written)
        .contains("<BIR xmlns=\"" + NS + "\">", FORMAT, "<BDB>RklSADAyMAA=</BDB>")
        .doesNotContain(ELDER, "FormatOwner", "Quality");
    assertThat(written(read(written))).isEqualTo(written);
    refused(Fault.UNEXPECTED_ELEMENT, elder.replaceAll("<FormatO.*?</FormatType>", FORMAT));
  }

  private static Bir finger(byte[] bdb, Map<String, String> others) {
    return segment(BiometricType.FINGER, RegistryId.FINGER_IMAGE, bdb, others);
  }

  private static Bir segment(
      BiometricType type, RegistryId format, byte[] bdb, Map<String, String> others) {
    var info = BdbInfo.of(format, type, List.of(), ProcessedLevel.RAW, Purpose.ENROLL);
    return new Bir(null, null, null, info, null, List.of(), bdb, null, others);
  }

  @Test
  @DisplayName("a segment without block, without type or with a format of another is not written")
  void unwritable() throws CbeffException {
    unwritable(Fault.NO_DATA_BLOCK, Bir.person(List.of(finger(null, Map.of()))));
    unwritable(
        Fault.NO_DATA_BLOCK, Bir.person(List.of(finger(null, Map.of("EXCEPTION", "false")))));
    assertThat(written(Bir.person(List.of(finger(null, Map.of("EXCEPTION", "true"))))))
        .contains("<entry key=\"EXCEPTION\">true</entry>");
    unwritable(Fault.NO_TYPE, Bir.person(List.of(Bir.person(List.of()))));
    byte[] bdb = {1};
    unwritable(Fault.FORMAT, Bir.person(List.of(segment(BiometricType.IRIS, null, bdb, Map.of()))));
    Map<RegistryId, List<BiometricType>> fitting =
        Map.of(
            RegistryId.FINGER_MINUTIAE,
            List.of(BiometricType.FINGER),
            RegistryId.FINGER_IMAGE,
            List.of(BiometricType.FINGER),
            RegistryId.FACE_IMAGE,
            List.of(BiometricType.FACE, BiometricType.EXCEPTION_PHOTO),
            RegistryId.IRIS_IMAGE,
            List.of(BiometricType.IRIS),
            new RegistryId("Vendor", "77"),
            List.of(BiometricType.values()));
    for (RegistryId format : fitting.keySet()) {
      for (BiometricType type : BiometricType.values()) {
        Bir person = Bir.person(List.of(segment(type, format, bdb, Map.of())));
        if (fitting.get(format).contains(type)) {
          assertThat(written(person)).contains("<Type>" + type.word() + "</Type>");
        } else {
          unwritable(Fault.FORMAT, person);
        }
      }
    }
  }

  @Test
  @DisplayName("a word of JSON that XML has not, and a character that it cannot say, is refused")
  void unsayable() throws CbeffException {
    for (String word : List.of("UNKNOWN", "Face", "Left Thumb")) {
      var info =
          BdbInfo.of(
              RegistryId.FINGER_IMAGE,
              BiometricType.FINGER,
              List.of(word),
              ProcessedLevel.RAW,
              Purpose.ENROLL);
      unwritable(Fault.VALUE, Bir.person(List.of(Bir.segment(info, new byte[] {1}))));
    }
    for (String text : List.of("\0", "\u0008", "\ud800", "\uffff")) {
      unwritable(Fault.VALUE, Bir.person(List.of(finger(new byte[] {1}, Map.of("a", text)))));
    }
    unwritable(Fault.VALUE, Bir.person(List.of(dated(Instant.parse("+10000-01-01T00:00:00Z")))));
    unwritable(Fault.VALUE, Bir.person(List.of(dated(Instant.MAX))));
  }

  private static Bir dated(Instant date) {
    Bir finger = finger(new byte[] {1}, Map.of());
    var info = new BirInfo(null, null, null, false, date, null, null);
    return new Bir(
        null, null, info, finger.bdbInfo(), null, List.of(), finger.bdb(), null, Map.of());
  }

  @Test
  @DisplayName("every text comes back as it was, markup, line ends and all")
  void texts() throws CbeffException {
    var others = new LinkedHashMap<String, String>();
    String nasty = " <a b=\"c\">&amp;]]>\t\r\n'é\ud83d\ude00 &#65; ";
    others.put(nasty, nasty);
    others.put("", "");
    Bir again = read(written(Bir.person(List.of(finger(new byte[] {1}, others)))));
    assertThat(again.birs().get(0).others()).containsExactlyEntriesOf(others);
  }

  @Test
  @DisplayName("what was read is written so that it is read and written as the same again")
  void stable() throws CbeffException {
    var random = new Random(11);
    for (int i = 0; i < 500; i++) {
      var segments = new ArrayList<Bir>();
      for (int j = random.nextInt(6); j >= 0; j--) {
        segments.add(any(random));
      }
      Bir person = Bir.person(segments);
      String once = written(person);
      Bir back = read(once);
      assertThat(back).usingRecursiveComparison().isEqualTo(withInfo(person));
      assertThat(written(back)).isEqualTo(once);
    }
  }

  /** As the schema wants it: each with its {@code BIRInfo}. */
  private static Bir withInfo(Bir bir) {
    return new Bir(
        bir.version(),
        bir.cbeffVersion(),
        bir.birInfo() == null ? BirInfo.PLAIN : bir.birInfo(),
        bir.bdbInfo(),
        bir.sbInfo(),
        bir.birs().stream().map(CbeffXmlTest::withInfo).toList(),
        bir.bdb(),
        bir.sb(),
        bir.others());
  }

  private static Bir any(Random random) {
    var kinds =
        Map.of(
            BiometricType.FINGER, RegistryId.FINGER_IMAGE,
            BiometricType.FACE, RegistryId.FACE_IMAGE,
            BiometricType.IRIS, RegistryId.IRIS_IMAGE,
            BiometricType.VOICE, new RegistryId("V & Co", "<1>"));
    BiometricType type =
        List.of(BiometricType.FINGER, BiometricType.FACE, BiometricType.IRIS, BiometricType.VOICE)
            .get(random.nextInt(4));
    var words = List.of("Left", "Right", "Thumb", "IndexFinger", "LittleFinger");
    var info =
        new BdbInfo(
            maybe(random, bytes(random)),
            maybe(random, new java.util.UUID(random.nextLong(), random.nextLong()).toString()),
            kinds.get(type),
            maybe(random, random.nextBoolean()),
            date(random),
            date(random),
            date(random),
            List.of(type),
            words.subList(0, random.nextInt(words.size())),
            maybe(random, ProcessedLevel.values()[random.nextInt(3)]),
            maybe(random, new RegistryId("a", "b")),
            maybe(random, new RegistryId("c", "d")),
            maybe(random, new RegistryId("e", "f")),
            maybe(random, new RegistryId("g", "h")),
            maybe(random, new RegistryId("i", "j")),
            maybe(random, Purpose.values()[random.nextInt(6)]),
            maybe(
                random,
                random.nextBoolean()
                    ? new Quality(new RegistryId("k", "l"), random.nextInt(101), null)
                    : new Quality(new RegistryId("k", "l"), null, "failed")));
    var birInfo =
        new BirInfo(
            maybe(random, "A & B"),
            maybe(random, new java.util.UUID(random.nextLong(), random.nextLong()).toString()),
            maybe(random, bytes(random)),
            random.nextBoolean(),
            date(random),
            date(random),
            date(random));
    return new Bir(
        maybe(random, new FormatVersion(random.nextInt(5), random.nextInt(5))),
        maybe(random, new FormatVersion(random.nextInt(5), random.nextInt(5))),
        maybe(random, birInfo),
        info,
        maybe(random, new SbInfo(maybe(random, new RegistryId("m", "n")))),
        List.of(),
        bytes(random),
        maybe(random, bytes(random)),
        random.nextBoolean() ? Map.of() : Map.of("SDK_SCORE", "8\n0 "));
  }

  private static <T> T maybe(Random random, T value) {
    return random.nextBoolean() ? value : null;
  }

  private static Instant date(Random random) {
    return maybe(random, Instant.ofEpochSecond(random.nextInt(), random.nextInt(3) * 1_000_001L));
  }

  private static byte[] bytes(Random random) {
    byte[] bytes = new byte[random.nextInt(100)];
    random.nextBytes(bytes);
    return bytes;
  }

  @Test
  @DisplayName("neither a record nor a refusal tells anything of the person")
  void silent() throws CbeffException {
    Bir person = read(EXAMPLE);
    assertThat(person.birs().get(0).toString() + person.birs().get(0).bdbInfo())
        .doesNotContain("80", "257");
    assertThatThrownBy(() -> read(EXAMPLE.replace("RkFDADAzMAA=", "secret")))
        .hasMessage("BASE64: BDB");
  }
}
