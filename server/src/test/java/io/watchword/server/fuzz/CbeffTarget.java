package io.watchword.server.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.watchword.server.DemoServer;
import io.watchword.wire.cbeff.Bir;
import io.watchword.wire.cbeff.CbeffException;
import io.watchword.wire.cbeff.CbeffException.Fault;
import io.watchword.wire.cbeff.CbeffReader;
import io.watchword.wire.cbeff.CbeffWriter;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/**
 * CBEFF XML (contract biosdk 7). What is read is XML to another parser too, without document type;
 * and it can be written, but for what the schema allows and the contract does not, so that it reads
 * the same again.
 */
public final class CbeffTarget {

  /** Why a record that was read may not be written. */
  private static final Set<Fault> UNWRITABLE =
      EnumSet.of(Fault.NO_DATA_BLOCK, Fault.NO_TYPE, Fault.FORMAT);

  private static final Pattern XML_OF_CONTRACT =
      Pattern.compile("```xml\n(.*?)```", Pattern.DOTALL);
  private static final String ELDER = "http://docs.oasis-open.org/bias/ns/biaspatronformat-1.0/";

  private CbeffTarget() {}

  /** Called once. */
  public static void fuzzerInitialize() {}

  /** Called for each input. */
  public static void fuzzerTestOneInput(byte[] document) {
    Cost.bound(() -> check(document));
  }

  private static void check(byte[] document) {
    Bir read;
    try {
      read = CbeffReader.read(document);
    } catch (CbeffException e) {
      return;
    }
    Document other = parsed(document);
    if (other.getDoctype() != null
        || !"BIR".equals(other.getDocumentElement().getLocalName())
        || !Set.of("http://standards.iso.org/iso-iec/19785/-3/ed-2/", ELDER)
            .contains(other.getDocumentElement().getNamespaceURI())) {
      throw new AssertionError("read what is no record");
    }
    try {
      byte[] written = CbeffWriter.write(read);
      if (!Arrays.equals(written, CbeffWriter.write(CbeffReader.read(written)))) {
        throw new AssertionError("changes when it is read again");
      }
    } catch (CbeffException e) {
      if (!UNWRITABLE.contains(e.fault())) {
        throw new AssertionError("read, and cannot be written", e);
      }
    }
  }

  private static Document parsed(byte[] document) {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
      factory.setNamespaceAware(true);
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      DocumentBuilder builder = factory.newDocumentBuilder();
      builder.setErrorHandler(new DefaultHandler());
      return builder.parse(new ByteArrayInputStream(document));
    } catch (SAXException e) {
      throw new AssertionError("read what is no XML", e);
    } catch (ParserConfigurationException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The examples of the contract, and what they do not hold. */
  static List<byte[]> seeds() throws IOException {
    String contract =
        Files.readString(DemoServer.projectFolder().resolve("docs/contracts/biosdk.md"));
    Matcher examples = XML_OF_CONTRACT.matcher(contract);
    if (!examples.find()) {
      throw new IllegalStateException("the contract has no example of CBEFF");
    }
    String info = "<BIRInfo><Integrity>false</Integrity></BIRInfo>";
    return List.of(
        examples.group(1).getBytes(UTF_8),
        document("http://standards.iso.org/iso-iec/19785/-3/ed-2/", info),
        document(
            ELDER,
            "<!-- c -->"
                + info
                + "<BDBInfo><FormatOwner>257</FormatOwner><FormatType>7</FormatType>"
                + "<CreationDate>2019-06-27T19:10:06.211+05:30</CreationDate><Type>Finger</Type>"
                + "<Subtype>Right\n Thumb </Subtype><Level>Raw</Level><Purpose>Enroll</Purpose>"
                + "<Quality>95</Quality></BDBInfo><BDB>RklS\n  ADAyMAA=</BDB>"),
        document(
            "http://standards.iso.org/iso-iec/19785/-3/ed-2/",
            "<Version><Major>1</Major><Minor>1</Minor></Version>"
                + "<BIRInfo><Creator>a&#65;&lt;<![CDATA[<&]]></Creator>"
                + "<Index>6f5b1d1c-0c1a-4f6e-9b0e-0123456789ab</Index><Payload>AQID</Payload>"
                + "<Integrity>true</Integrity><NotValidBefore>2026-01-02T03:04:05Z</NotValidBefore>"
                + "<NotValidAfter>2027-01-02T03:04:05Z</NotValidAfter></BIRInfo>"
                + "<BDBInfo><ChallengeResponse>AQID</ChallengeResponse>"
                + "<Format><Organization>257</Organization><Type>2</Type></Format>"
                + "<Encryption>false</Encryption><Type>Finger</Type><Subtype>Left Thumb</Subtype>"
                + "<Level>Processed</Level>"
                + "<Product><Organization>a</Organization><Type>b</Type></Product>"
                + "<CaptureDevice><Organization>a</Organization><Type>b</Type></CaptureDevice>"
                + "<Quality><Algorithm><Organization>a</Organization><Type>b</Type></Algorithm>"
                + "<QualityCalculationFailed>x</QualityCalculationFailed></Quality></BDBInfo>"
                + "<SBInfo><Format><Organization>1</Organization><Type>2</Type></Format></SBInfo>"
                + "<BDB>Rk1SACAyMAA=</BDB><SB>AQID</SB>"
                + "<others><entry key=\"EXCEPTION\">true</entry></others>"));
  }

  private static byte[] document(String namespace, String content) {
    return ("<?xml version=\"1.0\"?><BIR xmlns=\"" + namespace + "\">" + content + "</BIR>")
        .getBytes(UTF_8);
  }
}
