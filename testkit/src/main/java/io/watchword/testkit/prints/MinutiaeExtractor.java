package io.watchword.testkit.prints;

import java.util.ArrayList;
import java.util.List;

/**
 * A plain finder of minutiae: thinned ridges, crossing numbers, and rules against those that dirt
 * makes. Worse than a product and independent of every one.
 */
public final class MinutiaeExtractor {

  /** Pixels that a ridge is followed from a minutia, and must be there. */
  private static final int FOLLOWED = 10;

  private static final int FROM_EDGE = 13;
  private static final int TOO_NEAR = 6;
  private static final int GAP = 11;
  private static final int MOST = 100;

  private final Skeleton skeleton;

  private MinutiaeExtractor(Skeleton skeleton) {
    this.skeleton = skeleton;
  }

  /**
   * A minutia.
   *
   * @param fork whether a ridge forks here; else it ends
   * @param x pixels from the left
   * @param y pixels from above
   * @param direction along the ridge that ends, or into the valley that the fork opens; radians,
   *     counter-clockwise from the right
   */
  public record Minutia(boolean fork, int x, int y, double direction) {
    private double distance(Minutia other) {
      return Math.hypot(x - other.x, y - other.y);
    }
  }

  /** The minutiae of an image, at most {@value #MOST}. */
  public static List<Minutia> of(GreyImage image) {
    return new MinutiaeExtractor(new Skeleton(image)).minutiae();
  }

  private List<Minutia> minutiae() {
    List<Minutia> found = new ArrayList<>();
    int width = skeleton.width;
    for (int y = FROM_EDGE; y < skeleton.height - FROM_EDGE; y++) {
      for (int x = FROM_EDGE; x < width - FROM_EDGE; x++) {
        int i = y * width + x;
        if (skeleton.ridge[i] && inside(i)) {
          int ring = skeleton.ring(i);
          switch (Skeleton.crossings(ring)) {
            case 1 -> ending(i, ring, found);
            case 3 -> fork(i, ring, found);
            default -> {}
          }
        }
      }
    }
    List<Minutia> real = withoutFalse(found);
    return real.size() <= MOST ? real : real.subList(0, MOST);
  }

  /** Whether there is print on all sides. */
  private boolean inside(int i) {
    int width = skeleton.width;
    for (int k = 0; k < 16; k++) {
      double angle = Math.PI * k / 8;
      int dx = (int) Math.round(FROM_EDGE * Math.cos(angle));
      int dy = (int) Math.round(FROM_EDGE * Math.sin(angle));
      int at = i + dy * width + dx;
      if (at < 0 || at >= skeleton.print.length || !skeleton.print[at]) {
        return false;
      }
    }
    return true;
  }

  private void ending(int i, int ring, List<Minutia> found) {
    int end = follow(i, skeleton.next(i, Integer.numberOfTrailingZeros(starts(ring))));
    if (end >= 0) {
      found.add(minutia(false, i, direction(i, end)));
    }
  }

  private void fork(int i, int ring, List<Minutia> found) {
    double[] ways = new double[3];
    int count = 0;
    for (int left = starts(ring); left != 0; left &= left - 1) {
      int end = follow(i, skeleton.next(i, Integer.numberOfTrailingZeros(left)));
      if (end < 0) {
        return;
      }
      ways[count++] = direction(i, end);
    }
    // The valley lies between the two branches that are closest.
    double least = Double.MAX_VALUE;
    double middle = 0;
    for (int k = 0; k < 3; k++) {
      double from = ways[k];
      double between = Math.IEEEremainder(ways[(k + 1) % 3] - from, 2 * Math.PI);
      if (Math.abs(between) < least) {
        least = Math.abs(between);
        middle = from + between / 2;
      }
    }
    found.add(minutia(true, i, middle));
  }

  /** One direction for each branch: where the ring turns dark. */
  private static int starts(int ring) {
    return ring & ~(((ring << 1) | (ring >> 7)) & 255);
  }

  /** Where one comes to along a ridge; -1 if it ends or forks before. */
  private int follow(int from, int first) {
    int before = from;
    int at = first;
    for (int step = 1; step < FOLLOWED; step++) {
      int next = -1;
      int ring = skeleton.ring(at);
      // Straight neighbours first: a diagonal one beside them is the same ridge.
      for (int k : new int[] {0, 2, 4, 6, 1, 3, 5, 7}) {
        int candidate = skeleton.next(at, k);
        if (((ring >> k) & 1) == 1 && candidate != before && !adjacent(candidate, before)) {
          next = candidate;
          break;
        }
      }
      if (next < 0 || (step > 2 && Skeleton.crossings(ring) > 2)) {
        return -1;
      }
      before = at;
      at = next;
    }
    return at;
  }

  private boolean adjacent(int one, int other) {
    int width = skeleton.width;
    return Math.abs(one % width - other % width) <= 1 && Math.abs(one / width - other / width) <= 1;
  }

  private Minutia minutia(boolean fork, int i, double direction) {
    return new Minutia(fork, i % skeleton.width, i / skeleton.width, direction);
  }

  private double direction(int from, int to) {
    int width = skeleton.width;
    return Math.atan2(from / width - to / width, to % width - from % width);
  }

  /** Without clusters, and without the two ends of a broken ridge. */
  private static List<Minutia> withoutFalse(List<Minutia> found) {
    boolean[] dropped = new boolean[found.size()];
    for (int i = 0; i < found.size(); i++) {
      for (int j = i + 1; j < found.size(); j++) {
        Minutia one = found.get(i);
        Minutia other = found.get(j);
        double distance = one.distance(other);
        boolean facing =
            !one.fork
                && !other.fork
                && distance < GAP
                && Math.cos(one.direction - other.direction) < -0.7;
        if (distance < TOO_NEAR || facing) {
          dropped[i] = true;
          dropped[j] = true;
        }
      }
    }
    List<Minutia> kept = new ArrayList<>();
    for (int i = 0; i < dropped.length; i++) {
      if (!dropped[i]) {
        kept.add(found.get(i));
      }
    }
    return kept;
  }
}
