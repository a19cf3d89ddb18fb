package io.watchword.store.group;

/**
 * How many units may wait and how many commit together.
 *
 * @param waiting units in the queue; one more is refused as busy
 * @param group units in one transaction at most
 */
public record GroupLimits(int waiting, int group) {

  /** 4,096 waiting, 256 a group. */
  public static final GroupLimits DEFAULT = new GroupLimits(4096, 256);

  public GroupLimits {
    if (waiting < 1 || group < 1) {
      throw new IllegalArgumentException("at least one unit must be able to wait and to commit");
    }
  }
}
