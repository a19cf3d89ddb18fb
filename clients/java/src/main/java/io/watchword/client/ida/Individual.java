package io.watchword.client.ida;

import org.jspecify.annotations.Nullable;

/**
 * The person in question, by one of their identifiers. {@code toString} does not show it.
 *
 * @param id UIN, VID or handle
 * @param type what the id is; null leaves it to the server to find out
 */
public record Individual(String id, @Nullable IdType type) {

  /** The kinds of identifier. */
  public enum IdType {
    /** Unique identification number, one for a lifetime. */
    UIN,
    /** Virtual id, many to a person, revocable. */
    VID,
    /** A chosen name such as a phone number with the suffix {@code @phone}. */
    HANDLE
  }

  /** A person by UIN. */
  public static Individual uin(String uin) {
    return new Individual(uin, IdType.UIN);
  }

  /** A person by VID. */
  public static Individual vid(String vid) {
    return new Individual(vid, IdType.VID);
  }

  /** A person by handle. */
  public static Individual handle(String handle) {
    return new Individual(handle, IdType.HANDLE);
  }

  @Override
  public String toString() {
    return "Individual[" + (type == null ? "id" : type) + "]";
  }
}
