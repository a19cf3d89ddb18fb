package io.watchword.testkit.prints;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Which way the ridges run, by the zero-pole model of Sherlock and Monro: around a core the
 * direction turns by half a turn, around a delta by half a turn the other way.
 */
final class OrientationField {

  private record Point(double x, double y) {}

  private final List<Point> cores = new ArrayList<>();
  private final List<Point> deltas = new ArrayList<>();
  private final double arch;
  private final double tilt;

  /** An arch, a left or right loop, or a whorl, about as often as among people. */
  OrientationField(RandomGenerator random) {
    double x = Ridges.WIDTH / 2.0 + random.nextDouble(-25, 25);
    double y = Ridges.HEIGHT * 0.45 + random.nextDouble(-30, 30);
    double kind = random.nextDouble();
    tilt = random.nextDouble(-0.12, 0.12);
    if (kind < 0.1) {
      arch = random.nextDouble(0.5, 1.1);
      return;
    }
    arch = 0;
    if (kind < 0.68) {
      double side = kind < 0.39 ? 1 : -1;
      cores.add(new Point(x, y));
      deltas.add(new Point(x + side * random.nextDouble(80, 130), y + random.nextDouble(90, 160)));
    } else {
      double apart = random.nextDouble(10, 50);
      cores.add(new Point(x, y - apart / 2));
      cores.add(new Point(x + random.nextDouble(-12, 12), y + apart / 2));
      deltas.add(new Point(x - random.nextDouble(90, 140), y + random.nextDouble(80, 150)));
      deltas.add(new Point(x + random.nextDouble(90, 140), y + random.nextDouble(80, 150)));
    }
  }

  /** Direction of the ridge, radians, y downwards; the same as half a turn on. */
  double at(double x, double y) {
    if (arch > 0) {
      double across = (x - Ridges.WIDTH / 2.0) / Ridges.WIDTH;
      double down = Math.exp(-Math.pow((y / Ridges.HEIGHT - 0.55) / 0.4, 2));
      return tilt + Math.atan(arch * down * Math.sin(2 * Math.PI * across));
    }
    double angle = 0;
    for (Point core : cores) {
      angle += Math.atan2(y - core.y, x - core.x);
    }
    for (Point delta : deltas) {
      angle -= Math.atan2(y - delta.y, x - delta.x);
    }
    // The legs of a loop run down, away from its delta.
    return tilt + angle / 2 + (cores.size() == 1 ? legs() : 0);
  }

  private double legs() {
    Point core = cores.get(0);
    Point delta = deltas.get(0);
    double opening = Math.PI / 2 + Math.signum(delta.x - core.x) * 0.45;
    return (opening + Math.atan2(core.y - delta.y, core.x - delta.x)) / 2;
  }
}
