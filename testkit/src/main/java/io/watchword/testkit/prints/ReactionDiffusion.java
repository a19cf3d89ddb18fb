package io.watchword.testkit.prints;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Ridges as a pattern that forms by itself: the equation of Swift and Hohenberg, whose stripes have
 * one width, with diffusion along an {@link OrientationField} that straightens them. Started from
 * noise, its defects are the minutiae.
 */
public final class ReactionDiffusion implements PrintGenerator {

  private static final double SCALE = 1.5;
  private static final int COLUMNS = (int) (Ridges.WIDTH / SCALE) + 2;
  private static final int ROWS = (int) (Ridges.HEIGHT / SCALE) + 2;
  private static final int STEPS = 280;
  private static final float TIME = 0.06f;
  private static final float DRIVE = 0.7f;
  private static final float ALONG = 0.8f;

  @Override
  public Ridges grow(long seed) {
    RandomGenerator random = new SplittableRandom(seed ^ 0x5417_0BE6L);
    var field = new OrientationField(random);
    double wave = 2 * Math.PI / random.nextDouble(5.6, 6.6);
    float square = (float) (wave * wave);
    float[] cells = new float[COLUMNS * ROWS];
    float[] xx = new float[cells.length];
    float[] xy = new float[cells.length];
    for (int i = 0; i < cells.length; i++) {
      int row = i / COLUMNS;
      double angle = field.at(i % COLUMNS * SCALE, row * SCALE);
      xx[i] = (float) (Math.cos(angle) * Math.cos(angle));
      xy[i] = (float) (Math.cos(angle) * Math.sin(angle));
      cells[i] = (float) (random.nextGaussian() * 0.1);
    }
    float[] curved = new float[cells.length];
    float[] next = new float[cells.length];
    for (int step = 0; step < STEPS; step++) {
      laplacian(cells, curved, square);
      advance(cells, curved, next, xx, xy, square);
      float[] old = cells;
      cells = next;
      next = old;
    }
    for (int i = 0; i < cells.length; i++) {
      cells[i] = Math.clamp(cells[i] * 1.4f, -1, 1);
    }
    return new Ridges(cells, COLUMNS, ROWS, SCALE);
  }

  /** {@code u + laplace(u) / k^2}, in which waves of the wanted length vanish. */
  private static void laplacian(float[] u, float[] out, float square) {
    for (int row = 1; row < ROWS - 1; row++) {
      for (int column = 1; column < COLUMNS - 1; column++) {
        int i = row * COLUMNS + column;
        out[i] = u[i] + nine(u, i) / square;
      }
    }
  }

  private static float nine(float[] u, int i) {
    float sides = u[i - 1] + u[i + 1] + u[i - COLUMNS] + u[i + COLUMNS];
    float corners =
        u[i - COLUMNS - 1] + u[i - COLUMNS + 1] + u[i + COLUMNS - 1] + u[i + COLUMNS + 1];
    return (4 * sides + corners - 20 * u[i]) / 6;
  }

  private static void advance(
      float[] u, float[] curved, float[] next, float[] xx, float[] xy, float square) {
    for (int row = 1; row < ROWS - 1; row++) {
      for (int column = 1; column < COLUMNS - 1; column++) {
        int i = row * COLUMNS + column;
        float straight = curved[i] + nine(curved, i) / square;
        float uxx = u[i - 1] + u[i + 1] - 2 * u[i];
        float uyy = u[i - COLUMNS] + u[i + COLUMNS] - 2 * u[i];
        float uxy =
            (u[i - COLUMNS - 1] + u[i + COLUMNS + 1] - u[i - COLUMNS + 1] - u[i + COLUMNS - 1]) / 4;
        float along = xx[i] * uxx + (1 - xx[i]) * uyy + 2 * xy[i] * uxy;
        float change = DRIVE * u[i] - straight - u[i] * u[i] * u[i] + ALONG * along / square;
        next[i] = u[i] + TIME * change;
      }
    }
  }
}
