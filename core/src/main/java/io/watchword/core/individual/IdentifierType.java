package io.watchword.core.individual;

/** The kinds of identifiers that somebody may present. */
public enum IdentifierType {
  UIN,
  VID,
  HANDLE,
  /** The login name of an account; the others belong to individuals. */
  LOGIN_NAME
}
