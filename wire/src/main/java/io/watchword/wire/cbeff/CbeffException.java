package io.watchword.wire.cbeff;

/**
 * A document that is not read, or a record that is not written (contract biosdk 7). The message
 * names the element in question and quotes nothing of what it holds.
 */
public final class CbeffException extends Exception {

  private static final long serialVersionUID = 1L;

  /** Why. */
  public enum Fault {
    /** The document is larger than {@link CbeffReader#MAX_DOCUMENT}. */
    TOO_LARGE,
    /** More levels than {@link CbeffReader#MAX_DEPTH}. */
    TOO_DEEP,
    /** More elements, or declarations of namespaces, than {@link CbeffReader#MAX_ELEMENTS}. */
    TOO_MANY_ELEMENTS,
    /** A value is longer than its limit. */
    VALUE_TOO_LONG,
    /** Not well-formed XML 1.0 in UTF-8. */
    NOT_XML,
    /** There is a document type declaration, or a reference to an entity. */
    DOCUMENT_TYPE,
    /** An element of a namespace other than the root's, or the root's is neither of the two. */
    NAMESPACE,
    /** An element that is not known where it stands, or is out of the order of the schema. */
    UNEXPECTED_ELEMENT,
    /** An element that the schema demands is absent. */
    MISSING_ELEMENT,
    /** Text between elements. */
    UNEXPECTED_TEXT,
    /** An attribute that is not known, or a key that is absent or there twice. */
    ATTRIBUTE,
    /** A word, number, date or identifier that the schema does not allow. */
    VALUE,
    /** Not base64 of the standard alphabet with padding. */
    BASE64,
    /** A segment to be written has no data block and is no exception. */
    NO_DATA_BLOCK,
    /** A segment to be written has no type. */
    NO_TYPE,
    /** A segment to be written has a format that is not one of its type. */
    FORMAT
  }

  private final Fault fault;

  CbeffException(Fault fault, String where) {
    super(fault + ": " + where, null, false, false);
    this.fault = fault;
  }

  public Fault fault() {
    return fault;
  }
}
