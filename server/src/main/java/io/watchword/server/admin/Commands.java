package io.watchword.server.admin;

import java.io.InputStream;
import java.util.List;

/** Runs commands inside the server. */
public interface Commands {

  /**
   * Never throws for what a command refuses; that is told and gives another exit code than 0.
   *
   * @param arguments as typed, the command's name first
   * @param operator who has typed them
   * @param in the file that the command reads, or nothing
   * @return the exit code
   */
  int run(List<String> arguments, String operator, InputStream in, Answer answer);
}
