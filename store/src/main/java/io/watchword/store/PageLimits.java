package io.watchword.store;

/** How many rows one call may ask for. */
public final class PageLimits {

  private static final int LARGEST = 10_000;

  private PageLimits() {}

  /**
   * @throws IllegalArgumentException unless the limit is 1 to 10,000
   */
  public static void require(int limit) {
    if (limit < 1 || limit > LARGEST) {
      throw new IllegalArgumentException("a limit is 1 to 10,000, not " + limit);
    }
  }
}
