package io.watchword.server.kernel;

/**
 * What a call is named in replies of dialect {@code seed} (contract kernel 1.2).
 *
 * @param success {@code id} of a success
 * @param failure {@code id} of a failure
 */
public record Names(String success, String failure) {

  /** Both the same. */
  public static Names of(String id) {
    return new Names(id, id);
  }
}
