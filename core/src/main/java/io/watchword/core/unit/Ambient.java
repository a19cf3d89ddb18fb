package io.watchword.core.unit;

import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

/**
 * Time and chance, handed to stories and never asked for by units.
 *
 * @param clock the server's clock
 * @param random a cryptographically strong generator in every running server
 */
public record Ambient(InstantSource clock, RandomGenerator random) {

  public Instant now() {
    return clock.instant();
  }

  /** A new id: 128 random bits as 32 hexadecimal digits. */
  public String newId() {
    byte[] bytes = new byte[16];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /** Random decimal digits, each equally likely; the first may be zero. */
  public String digits(int count) {
    var text = new StringBuilder(count);
    for (int i = 0; i < count; i++) {
      text.append((char) ('0' + random.nextInt(10)));
    }
    return text.toString();
  }
}
