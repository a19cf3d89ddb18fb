package io.watchword.core.individual;

/** A part of the body by which a person is told from others. */
public enum Modality {
  FINGER,
  IRIS,
  FACE
}
