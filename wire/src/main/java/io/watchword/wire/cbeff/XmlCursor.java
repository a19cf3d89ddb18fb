package io.watchword.wire.cbeff;

import io.watchword.wire.cbeff.CbeffException.Fault;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import javax.xml.XMLConstants;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Walks over the elements of a document, whose namespace is that of its root. It always stands at a
 * tag. Takes no document type, no entities, no foreign elements, and no more than the limits of
 * {@link CbeffReader}.
 */
final class XmlCursor {

  private static final String SCHEMA_LOCATION = "schemaLocation";
  private static final String DECLARATION = "xmlns";

  private final XMLStreamReader reader;
  private final String namespace;
  private int depth;
  private int elements;

  private XmlCursor(XMLStreamReader reader, Set<String> namespaces) throws CbeffException {
    this.reader = reader;
    int event = event();
    while (event == XMLStreamConstants.COMMENT
        || event == XMLStreamConstants.PROCESSING_INSTRUCTION
        || event == XMLStreamConstants.SPACE) {
      event = event();
    }
    if (event == XMLStreamConstants.DTD) {
      throw new CbeffException(Fault.DOCUMENT_TYPE, "document");
    }
    if (event != XMLStreamConstants.START_ELEMENT) {
      throw new CbeffException(Fault.NOT_XML, "document");
    }
    String found = reader.getNamespaceURI();
    if (found == null || !namespaces.contains(found)) {
      throw new CbeffException(Fault.NAMESPACE, "document");
    }
    this.namespace = found;
    started();
  }

  /**
   * Stands at the root's start.
   *
   * @param namespaces those that the root may be of
   */
  static XmlCursor over(byte[] document, Set<String> namespaces) throws CbeffException {
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(document)).toString();
    } catch (CharacterCodingException e) {
      throw new CbeffException(Fault.NOT_XML, "document");
    }
    boundDeclarations(text);
    String content = text.startsWith("\ufeff") ? text.substring(1) : text;
    try {
      XMLStreamReader reader = factory().createXMLStreamReader(new StringReader(content));
      String encoding = reader.getCharacterEncodingScheme();
      String version = reader.getVersion();
      if ((encoding != null && !encoding.equalsIgnoreCase("UTF-8"))
          || (version != null && !version.equals("1.0"))) {
        throw new CbeffException(Fault.NOT_XML, "document");
      }
      return new XmlCursor(reader, namespaces);
    } catch (XMLStreamException | RuntimeException e) {
      throw new CbeffException(Fault.NOT_XML, "document");
    }
  }

  /**
   * The parser's limit on attributes leaves declarations of namespaces out, and it takes the square
   * of their number: four megabytes of them take it ten seconds before it stands at a tag.
   */
  private static void boundDeclarations(String text) throws CbeffException {
    int found = 0;
    for (int at = text.indexOf(DECLARATION); at >= 0; at = text.indexOf(DECLARATION, at + 1)) {
      found++;
      if (found > CbeffReader.MAX_ELEMENTS) {
        throw new CbeffException(Fault.TOO_MANY_ELEMENTS, "document");
      }
    }
  }

  // The platform's own, whatever else the class path offers: the limits were tried on it.
  private static XMLInputFactory factory() {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
    factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, true);
    factory.setProperty(XMLInputFactory.IS_COALESCING, false);
    factory.setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, "");
    factory.setXMLResolver((publicId, systemId, base, name) -> {
      throw new XMLStreamException("nothing outside is read");
    });
    return factory;
  }

  /** The namespace of all elements. */
  String namespace() {
    return namespace;
  }

  /** Whether it stands at the start of such an element. */
  boolean at(String name) {
    return reader.getEventType() == XMLStreamConstants.START_ELEMENT
        && reader.getLocalName().equals(name);
  }

  /** Goes from the start of such an element, which has no attributes, to the tag after it. */
  void open(String name) throws CbeffException {
    require(name);
    noAttributes(name);
    toTag(name);
  }

  /** Goes from the end of an element, all of whose children were read, to the tag after it. */
  void close(String name) throws CbeffException {
    if (reader.getEventType() != XMLStreamConstants.END_ELEMENT) {
      throw new CbeffException(Fault.UNEXPECTED_ELEMENT, "in " + name);
    }
    afterEnd(name);
  }

  /** The text of such an element, which has no attributes; goes to the tag after it. */
  String text(String name, int limit) throws CbeffException {
    require(name);
    noAttributes(name);
    return content(name, limit);
  }

  /** The only attribute of such an element, at whose start it stays. */
  String attribute(String name, String attribute, int limit) throws CbeffException {
    require(name);
    if (reader.getAttributeCount() != 1
        || reader.getAttributeNamespace(0) != null
        || !reader.getAttributeLocalName(0).equals(attribute)) {
      throw new CbeffException(Fault.ATTRIBUTE, name);
    }
    String value = reader.getAttributeValue(0);
    if (value.length() > limit) {
      throw new CbeffException(Fault.VALUE_TOO_LONG, name);
    }
    return value;
  }

  /** The text of the element at whose start it stands; goes to the tag after it. */
  String content(String name, int limit) throws CbeffException {
    var text = new StringBuilder();
    while (true) {
      switch (event()) {
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE -> {
          if (text.length() + reader.getTextLength() > limit) {
            throw new CbeffException(Fault.VALUE_TOO_LONG, name);
          }
          text.append(reader.getText());
        }
        case XMLStreamConstants.COMMENT, XMLStreamConstants.PROCESSING_INSTRUCTION -> {}
        case XMLStreamConstants.END_ELEMENT -> {
          afterEnd(name);
          return text.toString();
        }
        case XMLStreamConstants.ENTITY_REFERENCE ->
            throw new CbeffException(Fault.DOCUMENT_TYPE, name);
        default -> throw new CbeffException(Fault.UNEXPECTED_ELEMENT, "in " + name);
      }
    }
  }

  /** Ends the walk. */
  void end() throws CbeffException {
    if (reader.getEventType() != XMLStreamConstants.END_DOCUMENT) {
      throw new CbeffException(Fault.NOT_XML, "document");
    }
  }

  private void require(String name) throws CbeffException {
    if (!at(name)) {
      throw new CbeffException(Fault.MISSING_ELEMENT, name);
    }
  }

  private void noAttributes(String name) throws CbeffException {
    for (int i = 0; i < reader.getAttributeCount(); i++) {
      if (!XMLConstants.W3C_XML_SCHEMA_INSTANCE_NS_URI.equals(reader.getAttributeNamespace(i))
          || !reader.getAttributeLocalName(i).equals(SCHEMA_LOCATION)) {
        throw new CbeffException(Fault.ATTRIBUTE, name);
      }
    }
  }

  private void started() throws CbeffException {
    if (!namespace.equals(reader.getNamespaceURI())) {
      throw new CbeffException(Fault.NAMESPACE, "element");
    }
    elements++;
    depth++;
    if (elements > CbeffReader.MAX_ELEMENTS) {
      throw new CbeffException(Fault.TOO_MANY_ELEMENTS, "document");
    }
    if (depth > CbeffReader.MAX_DEPTH) {
      throw new CbeffException(Fault.TOO_DEEP, "document");
    }
  }

  private void afterEnd(String name) throws CbeffException {
    depth--;
    toTag(name);
  }

  private void toTag(String name) throws CbeffException {
    while (true) {
      switch (event()) {
        case XMLStreamConstants.START_ELEMENT -> {
          started();
          return;
        }
        case XMLStreamConstants.END_ELEMENT, XMLStreamConstants.END_DOCUMENT -> {
          return;
        }
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE -> {
          if (!reader.isWhiteSpace()) {
            throw new CbeffException(Fault.UNEXPECTED_TEXT, "near " + name);
          }
        }
        case XMLStreamConstants.COMMENT, XMLStreamConstants.PROCESSING_INSTRUCTION -> {}
        default -> throw new CbeffException(Fault.DOCUMENT_TYPE, "near " + name);
      }
    }
  }

  private int event() throws CbeffException {
    try {
      return reader.next();
    } catch (XMLStreamException | RuntimeException e) { // the parser throws both at bad input
      throw new CbeffException(Fault.NOT_XML, "document");
    }
  }
}
