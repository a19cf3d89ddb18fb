package io.watchword.testkit.prints;

/** A finger of nobody. The same kind and seed are the same finger, on every machine. */
public final class SyntheticFinger {

  private final Ridges ridges;
  private final long seed;

  /**
   * Grows it, which takes some 20 to 300 ms.
   *
   * @param seed any
   */
  public SyntheticFinger(PrintGenerator generator, long seed) {
    this.ridges = generator.grow(seed);
    this.seed = seed;
  }

  /** A usual impression; the same number is the same impression. */
  public GreyImage image(int number) {
    return Impression.usual(seed * 1_000 + number).of(ridges);
  }

  /** Another than the usual impressions. */
  public GreyImage image(Impression impression) {
    return impression.of(ridges);
  }

  /**
   * A usual impression as a template of ISO/IEC 19794-2:2005.
   *
   * @param position code of the finger, 0 (unknown) to 10
   */
  public byte[] template(int number, int position) {
    return template(image(number), position);
  }

  /** The minutiae of an image as a template of ISO/IEC 19794-2:2005. */
  public static byte[] template(GreyImage image, int position) {
    return MinutiaeRecord.edition2005(
        position, image.width(), image.height(), MinutiaeExtractor.of(image));
  }
}
