package io.watchword.server.keys;

import io.watchword.wire.protection.Algorithms;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The one secret that is not in the store: 32 bytes that wrap every key that is. It comes from a
 * file or an environment variable and is never written, printed or logged.
 */
public final class MasterKey {

  private static final int BYTES = 32;
  private static final int LONGEST_FILE = 1024;
  private static final int WRAPPING_VERSION = 1;
  private static final Pattern HEX = Pattern.compile("[0-9A-Fa-f]{64}");
  private static final Set<PosixFilePermission> OTHERS =
      Set.of(
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE,
          PosixFilePermission.OTHERS_EXECUTE,
          PosixFilePermission.GROUP_WRITE);

  private final byte[] key;
  private final String origin;

  private MasterKey(byte[] key, String origin) {
    this.key = key;
    this.origin = origin;
  }

  /**
   * Reads the key from a file: 32 raw bytes, or their base64 or hexadecimal text.
   *
   * @throws KeyFault if there is no such file, others may read it, or it holds no such key; the
   *     message tells how to make one
   */
  public static MasterKey fromFile(Path file) {
    try {
      if (!Files.exists(file)) {
        throw new KeyFault("there is no master key file " + file + "; " + howToMake(file));
      }
      requirePrivate(file);
      if (Files.size(file) > LONGEST_FILE) {
        throw new KeyFault("the master key file " + file + " is too long to hold a key");
      }
      byte[] content = Files.readAllBytes(file);
      byte[] key =
          content.length == BYTES
              ? content
              : parse(new String(content, StandardCharsets.US_ASCII).strip())
                  .orElseThrow(() ->
                      new KeyFault(
                          "the master key file " + file + " holds no key; " + howToMake(file)));
      return new MasterKey(key, "the file " + file);
    } catch (IOException e) {
      throw new KeyFault("the master key file " + file + " cannot be read", e);
    }
  }

  /**
   * Reads the key from a text.
   *
   * @param origin where the text comes from, for messages, such as {@code the environment variable
   *     WATCHWORD_MASTER_KEY}
   * @param text base64 or hexadecimal of 32 bytes
   * @throws KeyFault if the text is no such key
   */
  public static MasterKey fromText(String origin, String text) {
    return new MasterKey(
        parse(text.strip())
            .orElseThrow(() ->
                new KeyFault(
                    origin
                        + " does not hold 32 bytes in base64 or hexadecimal; make them with:"
                        + " openssl rand -base64 32")),
        origin);
  }

  /**
   * Reads the file, or makes it with a new random key if there is none; when this returns, a new
   * file survives a loss of power.
   */
  public static MasterKey fromFileOrNew(Path file, SecureRandom random) {
    if (!Files.exists(file)) {
      create(file, random);
    }
    return fromFile(file);
  }

  private static void create(Path file, SecureRandom random) {
    byte[] key = new byte[BYTES];
    random.nextBytes(key);
    byte[] text = (Base64.getEncoder().encodeToString(key) + "\n").getBytes(StandardCharsets.UTF_8);
    Path folder = file.toAbsolutePath().getParent();
    try {
      Files.createDirectories(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      Path draft = Files.createTempFile(folder, ".master", ".draft"); // made with mode 0600
      try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
        ByteBuffer left = ByteBuffer.wrap(text);
        while (left.hasRemaining()) {
          channel.write(left);
        }
        channel.force(true);
      }
      // Fails if another process has just made the file; the data folder's lock forbids that.
      Files.move(draft, file);
      try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
        channel.force(true);
      }
    } catch (IOException e) {
      throw new KeyFault("the master key file " + file + " cannot be made", e);
    }
  }

  private static void requirePrivate(Path file) throws IOException {
    if (!file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      return;
    }
    Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
    if (permissions.stream().anyMatch(OTHERS::contains)) {
      throw new KeyFault(
          "the master key file "
              + file
              + " is open to others ("
              + PosixFilePermissions.toString(permissions)
              + "); close it with: chmod 600 "
              + file);
    }
  }

  private static Optional<byte[]> parse(String text) {
    if (HEX.matcher(text).matches()) {
      return Optional.of(HexFormat.of().parseHex(text));
    }
    try {
      byte[] key = Base64.getDecoder().decode(text);
      return key.length == BYTES ? Optional.of(key) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static String howToMake(Path file) {
    return "make one with: (umask 077; openssl rand -base64 32 > "
        + file
        + ") and keep a copy of it apart from the data, which cannot be read without it";
  }

  /** Where the key was read from, for messages. */
  public String origin() {
    return origin;
  }

  /** Tells master keys apart without telling them: 16 hexadecimal digits. */
  String id() {
    byte[] hash =
        Algorithms.hmacSha256(key)
            .doFinal("watchword master key id".getBytes(StandardCharsets.US_ASCII));
    return HexFormat.of().formatHex(hash, 0, 8);
  }

  byte[] wrap(SealedBytes sealing, byte[] secret, String label) {
    return sealing.seal(key, WRAPPING_VERSION, secret, label);
  }

  /**
   * @param master id of the key that wrapped
   * @throws KeyFault if that is another master key, or the bytes were altered or moved
   */
  byte[] unwrap(SealedBytes sealing, String master, byte[] wrapped, String label) {
    if (!master.equals(id())) {
      throw new KeyFault(
          "the master key from "
              + origin
              + " is not the one that wrapped the keys in this store; start with the key that the"
              + " store was made with");
    }
    byte[] secret = sealing.open(key, wrapped, label);
    if (secret == null) {
      throw new KeyFault(
          "the wrapped key " + label + " was altered; restore the store from a backup");
    }
    return secret;
  }

  /** Fixed text. */
  @Override
  public String toString() {
    return "MasterKey[secret]";
  }
}
