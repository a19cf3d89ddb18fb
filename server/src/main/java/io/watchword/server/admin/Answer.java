package io.watchword.server.admin;

/** Where a command says what it has to say: a terminal, or the line to one. */
public interface Answer {

  /** A line of the result. */
  void out(String line);

  /** A line about how it goes, or what went wrong. */
  void err(String line);

  /**
   * A file for whoever has called, readable by them alone.
   *
   * @param name without a folder
   */
  void file(String name, byte[] content);
}
