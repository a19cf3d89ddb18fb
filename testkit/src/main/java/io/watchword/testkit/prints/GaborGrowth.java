package io.watchword.testkit.prints;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Noise that is filtered along the ridges of an {@link OrientationField} again and again, until it
 * is nothing but ridges. Minutiae appear where ridges that grew from different spots do not meet.
 */
public final class GaborGrowth implements PrintGenerator {

  private static final double SCALE = 2;
  private static final int COLUMNS = (int) (Ridges.WIDTH / SCALE);
  private static final int ROWS = (int) (Ridges.HEIGHT / SCALE);
  private static final int DIRECTIONS = 32;
  private static final int RADIUS = 6;
  private static final int SIDE = 2 * RADIUS + 1;
  private static final int ROUNDS = 9;

  @Override
  public Ridges grow(long seed) {
    RandomGenerator random = new SplittableRandom(seed ^ 0x6AB0_4B10L);
    var field = new OrientationField(random);
    float[][] bank = bank(random.nextDouble(4.1, 5.1));
    byte[] filter = new byte[COLUMNS * ROWS];
    float[] cells = new float[COLUMNS * ROWS];
    for (int row = 0; row < ROWS; row++) {
      for (int column = 0; column < COLUMNS; column++) {
        double angle = field.at(column * SCALE, row * SCALE);
        long step = Math.round(angle / Math.PI * DIRECTIONS);
        filter[row * COLUMNS + column] = (byte) Math.floorMod(step, (long) DIRECTIONS);
        cells[row * COLUMNS + column] = (float) (random.nextGaussian() * 0.3);
      }
    }
    for (int round = 0; round < ROUNDS; round++) {
      cells = filtered(cells, filter, bank, round < ROUNDS - 2 ? 6 : 2);
    }
    return new Ridges(cells, COLUMNS, ROWS, SCALE);
  }

  /** For each direction of a ridge a filter that lets such ridges pass. */
  private static float[][] bank(double wavelength) {
    float[][] bank = new float[DIRECTIONS][SIDE * SIDE];
    double spread = wavelength * 0.55;
    for (int direction = 0; direction < DIRECTIONS; direction++) {
      double angle = Math.PI * direction / DIRECTIONS;
      double sum = 0;
      double size = 0;
      for (int i = 0; i < SIDE * SIDE; i++) {
        double x = i % SIDE - RADIUS;
        double y = i / SIDE - RADIUS;
        double across = -x * Math.sin(angle) + y * Math.cos(angle);
        double fade = Math.exp(-(x * x + y * y) / (2 * spread * spread));
        bank[direction][i] = (float) (Math.cos(2 * Math.PI * across / wavelength) * fade);
        sum += bank[direction][i];
        size += fade;
      }
      double power = 0;
      for (int i = 0; i < SIDE * SIDE; i++) {
        double x = i % SIDE - RADIUS;
        double y = i / SIDE - RADIUS;
        double fade = Math.exp(-(x * x + y * y) / (2 * spread * spread));
        bank[direction][i] -= (float) (sum * fade / size);
        power += Math.abs(bank[direction][i]);
      }
      for (int i = 0; i < SIDE * SIDE; i++) {
        bank[direction][i] /= (float) power;
      }
    }
    return bank;
  }

  private static float[] filtered(float[] cells, byte[] filter, float[][] bank, float gain) {
    int wide = COLUMNS + 2 * RADIUS;
    float[] padded = new float[wide * (ROWS + 2 * RADIUS)];
    for (int row = 0; row < ROWS; row++) {
      System.arraycopy(cells, row * COLUMNS, padded, (row + RADIUS) * wide + RADIUS, COLUMNS);
    }
    float[] next = new float[cells.length];
    for (int row = 0; row < ROWS; row++) {
      for (int column = 0; column < COLUMNS; column++) {
        float[] kernel = bank[filter[row * COLUMNS + column]];
        float sum = 0;
        int tap = 0;
        for (int line = 0; line < SIDE; line++) {
          int at = (row + line) * wide + column;
          for (int i = 0; i < SIDE; i++) {
            sum += kernel[tap++] * padded[at + i];
          }
        }
        float grown = gain * sum;
        next[row * COLUMNS + column] = grown / (float) Math.sqrt(1 + grown * grown);
      }
    }
    return next;
  }
}
