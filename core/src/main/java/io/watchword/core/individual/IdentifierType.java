package io.watchword.core.individual;

/** The kinds of identifiers a person may have. */
public enum IdentifierType {
  UIN,
  VID,
  HANDLE
}
