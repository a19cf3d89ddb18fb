package io.watchword.testkit.prints;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * How a finger is put on a reader.
 *
 * @param turn radians
 * @param shiftX pixels of 500 dpi
 * @param shiftY pixels of 500 dpi
 * @param pressure added to the height of the ridges: negative is a dry finger with thin ridges,
 *     positive a wet one with thick ridges; -0.5 to 0.5
 * @param stretch by how many pixels the skin is drawn at most
 * @param noise of skin and sensor, 0 to 1
 * @param contact how much of the image the finger covers in each direction, up to 1
 * @param seed of the noise, the stretch and the place of the contact
 */
public record Impression(
    double turn,
    double shiftX,
    double shiftY,
    double pressure,
    double stretch,
    double noise,
    double contact,
    long seed) {

  /** Pixels. */
  public static final int WIDTH = 288;

  /** Pixels. */
  public static final int HEIGHT = 384;

  /** Straight, in the middle, whole and clean. */
  public static final Impression IDEAL = new Impression(0, 0, 0, 0, 0, 0, 2, 0);

  /** A usual one. */
  public static Impression usual(long seed) {
    RandomGenerator random = new SplittableRandom(seed ^ 0x10F5_EE7L);
    return new Impression(
        random.nextGaussian() * 0.12,
        random.nextGaussian() * 8,
        random.nextGaussian() * 10,
        random.nextDouble(-0.2, 0.2),
        random.nextDouble(1, 4),
        random.nextDouble(0.1, 0.3),
        random.nextDouble(0.85, 1.1),
        seed);
  }

  /** What the reader sees. */
  public GreyImage of(Ridges ridges) {
    RandomGenerator random = new SplittableRandom(seed);
    float[] skin = clouds(random, 9);
    float[] dirt = clouds(random, 3);
    double phaseX = random.nextDouble(2 * Math.PI);
    double phaseY = random.nextDouble(2 * Math.PI);
    double middleX = WIDTH / 2.0 + random.nextGaussian() * 8;
    double middleY = HEIGHT / 2.0 + random.nextGaussian() * 10;
    double cos = Math.cos(turn);
    double sin = Math.sin(turn);
    byte[] pixels = new byte[WIDTH * HEIGHT];
    for (int y = 0; y < HEIGHT; y++) {
      double drawn = stretch * Math.sin(2 * Math.PI * y / HEIGHT + phaseY);
      for (int x = 0; x < WIDTH; x++) {
        int i = y * WIDTH + x;
        double awayX = (x - middleX) / (contact * WIDTH / 2);
        double awayY = (y - middleY) / (contact * HEIGHT / 2);
        double touch = (1.02 - Math.sqrt(awayX * awayX + awayY * awayY)) * 12;
        double ink = 0;
        if (touch > 0) {
          double pulled = stretch * Math.sin(2 * Math.PI * x / WIDTH + phaseX);
          double px = x - WIDTH / 2.0 + drawn - shiftX;
          double py = y - HEIGHT / 2.0 + pulled - shiftY;
          double height =
              ridges.at(
                  Ridges.WIDTH / 2.0 + cos * px - sin * py,
                  Ridges.HEIGHT / 2.0 + sin * px + cos * py);
          height += pressure + noise * (0.7 * skin[i] + 0.5 * dirt[i]);
          ink = Math.min(touch, 1) / (1 + Math.exp(-5 * height));
        }
        double grey = 235 - 190 * ink + noise * random.nextDouble(-32, 32);
        pixels[i] = (byte) Math.clamp(Math.round(grey), 0, 255);
      }
    }
    return new GreyImage(WIDTH, HEIGHT, pixels);
  }

  /** Smooth noise between about -1 and 1. */
  private static float[] clouds(RandomGenerator random, int size) {
    int columns = WIDTH / size + 2;
    int rows = HEIGHT / size + 2;
    float[] lattice = new float[columns * rows];
    for (int i = 0; i < lattice.length; i++) {
      lattice[i] = (float) Math.clamp(random.nextGaussian() * 0.6, -1.5, 1.5);
    }
    float[] clouds = new float[WIDTH * HEIGHT];
    for (int y = 0; y < HEIGHT; y++) {
      float down = (float) (y % size) / size;
      for (int x = 0; x < WIDTH; x++) {
        float right = (float) (x % size) / size;
        int i = y / size * columns + x / size;
        float upper = lattice[i] * (1 - right) + lattice[i + 1] * right;
        float lower = lattice[i + columns] * (1 - right) + lattice[i + columns + 1] * right;
        clouds[y * WIDTH + x] = upper * (1 - down) + lower * down;
      }
    }
    return clouds;
  }
}
