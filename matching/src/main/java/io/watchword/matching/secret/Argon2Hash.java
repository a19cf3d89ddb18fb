package io.watchword.matching.secret;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.watchword.core.secret.SlowHash;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.jspecify.annotations.Nullable;

/**
 * Argon2id (RFC 9106), stored in the PHC string format: {@code
 * $argon2id$v=19$m=KIB,t=PASSES,p=LANES$SALT$HASH}. A hash names its own costs, so that they can be
 * raised while old hashes stay valid; no more than {@value #MOST_KIB} KiB are ever believed.
 *
 * <p>Only so many run at once, and only so many wait for their turn, for only so long.
 */
public final class Argon2Hash implements SlowHash {

  private static final int SALT_BYTES = 16;
  private static final int HASH_BYTES = 32;
  private static final int MOST_KIB = 256 * 1024;
  private static final int MOST_PASSES = 16;
  private static final int MOST_LANES = 16;
  private static final Pattern PHC =
      Pattern.compile(
          "\\$argon2id\\$v=19\\$m=(\\d{1,7}),t=(\\d{1,3}),p=(\\d{1,3})"
              + "\\$([A-Za-z0-9+/]{11,86})\\$([A-Za-z0-9+/]{22,86})");

  private final Costs costs;
  private final RandomGenerator random;
  private final Semaphore places;
  private final int queue;
  private final Duration patience;
  private final AtomicInteger waiting = new AtomicInteger();
  private final String nobody;

  /**
   * What a hash costs.
   *
   * @param kib memory
   * @param passes over it
   * @param lanes that a computer with many cores may use
   */
  public record Costs(int kib, int passes, int lanes) {

    /** OWASP's advice for password storage: 19 MiB, two passes. */
    public static final Costs DEFAULT = new Costs(19 * 1024, 2, 1);

    public Costs {
      if (kib < 8
          || kib > MOST_KIB
          || passes < 1
          || passes > MOST_PASSES
          || lanes < 1
          || lanes > MOST_LANES) {
        throw new IllegalArgumentException("costs of Argon2 out of range");
      }
    }
  }

  /**
   * How many at the same time.
   *
   * @param places that work
   * @param queue that wait
   * @param patience for how long
   */
  public record Room(int places, int queue, Duration patience) {

    /** Half of the cores, and a queue of which everybody is served in time. */
    public static Room ofCores(int cores) {
      return new Room(Math.max(1, cores / 2), 16, Duration.ofSeconds(2));
    }
  }

  /**
   * @param random cryptographically strong: makes salts
   */
  public Argon2Hash(Costs costs, Room room, RandomGenerator random) {
    this.costs = costs;
    this.random = random;
    this.places = new Semaphore(room.places(), true);
    this.queue = room.queue();
    this.patience = room.patience();
    this.nobody = phc(costs, new byte[SALT_BYTES], new byte[HASH_BYTES]);
  }

  @Override
  public String of(String secret) throws Busy {
    byte[] salt = new byte[SALT_BYTES];
    random.nextBytes(salt);
    enter();
    try {
      return phc(costs, salt, hash(costs, salt, HASH_BYTES, secret));
    } finally {
      places.release();
    }
  }

  @Override
  public boolean matches(@Nullable String hash, String secret) throws Busy {
    Matcher phc = PHC.matcher(hash == null ? nobody : hash);
    if (!phc.matches()) {
      throw new IllegalStateException("a stored hash is none of ours");
    }
    var stored =
        new Costs(
            Integer.parseInt(phc.group(1)),
            Integer.parseInt(phc.group(2)),
            Integer.parseInt(phc.group(3)));
    byte[] expected = Base64.getDecoder().decode(phc.group(5));
    enter();
    try {
      byte[] actual =
          hash(stored, Base64.getDecoder().decode(phc.group(4)), expected.length, secret);
      return MessageDigest.isEqual(expected, actual) && hash != null;
    } finally {
      places.release();
    }
  }

  private void enter() throws Busy {
    if (places.tryAcquire()) {
      return;
    }
    if (waiting.incrementAndGet() > queue) {
      waiting.decrementAndGet();
      throw new Busy();
    }
    try {
      if (!places.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new Busy();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Busy();
    } finally {
      waiting.decrementAndGet();
    }
  }

  private static byte[] hash(Costs costs, byte[] salt, int length, String secret) {
    var generator = new Argon2BytesGenerator();
    generator.init(
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
            .withMemoryAsKB(costs.kib())
            .withIterations(costs.passes())
            .withParallelism(costs.lanes())
            .withSalt(salt)
            .build());
    byte[] hash = new byte[length];
    generator.generateBytes(secret.getBytes(UTF_8), hash);
    return hash;
  }

  private static String phc(Costs costs, byte[] salt, byte[] hash) {
    Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
    return "$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s"
        .formatted(
            costs.kib(),
            costs.passes(),
            costs.lanes(),
            base64.encodeToString(salt),
            base64.encodeToString(hash));
  }
}
