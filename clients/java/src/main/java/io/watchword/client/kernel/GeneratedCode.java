package io.watchword.client.kernel;

/**
 * A code that the caller passes on to whoever shall prove something by it. {@code toString} does
 * not show it.
 *
 * @param digits the code
 */
public record GeneratedCode(String digits) {

  @Override
  public String toString() {
    return "GeneratedCode";
  }
}
