package io.watchword.testkit.prints;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Ridges as the cosine of a phase (Larkin and Fletcher's model of a print as a hologram): a smooth
 * part whose contour lines are arches, loops or rings, plus a spiral at each minutia, around which
 * the phase gains or loses a full turn and so a ridge begins. Knows its minutiae.
 */
public final class PhaseSpirals implements PrintGenerator {

  private static final double SCALE = 2;
  private static final int COLUMNS = (int) (Ridges.WIDTH / SCALE);
  private static final int ROWS = (int) (Ridges.HEIGHT / SCALE);
  private static final double APART = 15;
  private static final double UNIT = 100;

  /** Where a ridge begins or ends, in pixels of 500 dpi on the {@link Ridges}. */
  public record Place(double x, double y) {}

  private record Spiral(double x, double y, int turn) {}

  @Override
  public Ridges grow(long seed) {
    RandomGenerator random = random(seed);
    List<Spiral> spirals = spirals(random);
    // In hundreds of pixels: the product of a hundred distances stays a number.
    double[] xs = spirals.stream().mapToDouble(each -> each.x / UNIT).toArray();
    double[] ys = spirals.stream().mapToDouble(each -> each.y / UNIT).toArray();
    int[] turns = spirals.stream().mapToInt(Spiral::turn).toArray();
    double wavelength = random.nextDouble(8.2, 10.2);
    Smooth smooth = new Smooth(random);
    float[] cells = new float[COLUMNS * ROWS];
    for (int row = 0; row < ROWS; row++) {
      for (int column = 0; column < COLUMNS; column++) {
        double x = column * SCALE / UNIT;
        double y = row * SCALE / UNIT;
        double phase = 2 * Math.PI * smooth.at(column * SCALE, row * SCALE) / wavelength;
        double re = Math.cos(phase);
        double im = Math.sin(phase);
        for (int k = 0; k < turns.length; k++) {
          double dx = x - xs[k];
          double dy = turns[k] * (y - ys[k]);
          double turned = re * dx - im * dy;
          im = re * dy + im * dx;
          re = turned;
        }
        double size = Math.sqrt(re * re + im * im);
        cells[row * COLUMNS + column] = size == 0 ? 0 : (float) (re / size);
      }
    }
    return new Ridges(cells, COLUMNS, ROWS, SCALE);
  }

  /** The minutiae of the finger that {@link #grow} grows. */
  public List<Place> minutiae(long seed) {
    return spirals(random(seed)).stream().map(each -> new Place(each.x, each.y)).toList();
  }

  private static RandomGenerator random(long seed) {
    return new SplittableRandom(seed ^ 0x9A5E_5B1AL);
  }

  private static List<Spiral> spirals(RandomGenerator random) {
    List<Spiral> spirals = new ArrayList<>();
    int count = random.nextInt(65, 100);
    for (int tries = 0; spirals.size() < count && tries < 2_000; tries++) {
      double x = random.nextDouble(0, Ridges.WIDTH);
      double y = random.nextDouble(0, Ridges.HEIGHT);
      if (spirals.stream().allMatch(each -> Math.hypot(each.x - x, each.y - y) > APART)) {
        // Turns that cancel each other keep the ridges as close at the edge as in the middle.
        spirals.add(new Spiral(x, y, spirals.size() % 2 == 0 ? 1 : -1));
      }
    }
    return spirals;
  }

  /** A surface with the slope 1 nearly everywhere; its contour lines are the ridges. */
  private static final class Smooth {

    private final double coreX;
    private final double coreY;
    private final double kind;
    private final double bend;
    private final double lean;
    private final double[] waves = new double[16];

    Smooth(RandomGenerator random) {
      kind = random.nextDouble();
      coreX = Ridges.WIDTH / 2.0 + random.nextDouble(-25, 25);
      coreY = Ridges.HEIGHT * 0.45 + random.nextDouble(-30, 30);
      bend = random.nextDouble(35, 70);
      lean = random.nextDouble(-0.5, 0.5);
      for (int i = 0; i < waves.length; i += 4) {
        waves[i] = random.nextDouble(-0.022, 0.022);
        waves[i + 1] = random.nextDouble(-0.022, 0.022);
        waves[i + 2] = random.nextDouble(2 * Math.PI);
        waves[i + 3] = random.nextDouble(3, 9);
      }
    }

    double at(double x, double y) {
      double dx = x - coreX;
      double dy = y - coreY;
      double wobble = 0;
      for (int i = 0; i < waves.length; i += 4) {
        wobble += waves[i + 3] * Math.sin(waves[i] * x + waves[i + 1] * y + waves[i + 2]);
      }
      if (kind < 0.12) {
        return wobble + dy + bend * Math.exp(-dx * dx / 9_000);
      }
      if (kind < 0.65) {
        // Half rings above the core, legs below it that lean to one side.
        double legs = dx - lean * Math.max(0, dy);
        double above = Math.min(0, dy);
        return wobble + Math.sqrt(legs * legs + above * above);
      }
      return wobble + Math.sqrt(1.3 * dx * dx + 0.8 * dy * dy);
    }
  }
}
