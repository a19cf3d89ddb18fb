package io.watchword.wire.mobile;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.watchword.wire.protection.Base64Url;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What is signed (contract mobile 3.2): a line that says for which use, then {@code name:value}
 * lines in a fixed order, ASCII, each ended by one line feed. It is never sent; each side writes it
 * from what it knows itself.
 */
public sealed interface SignedText {

  /**
   * The bytes.
   *
   * @throws IllegalArgumentException if a value has not 1 to 300 characters of 0x21 to 0x7E, or is
   *     the dash that stands for an absent one
   */
  byte[] bytes();

  /** How free text and codes enter: base64url of the SHA-256 of their UTF-8. */
  static String hash(String text) {
    return hash(text.getBytes(UTF_8));
  }

  /** Base64url of the SHA-256 of bytes. */
  static String hash(byte[] bytes) {
    try {
      return Base64Url.encode(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java has it
    }
  }

  /**
   * A new key, signed by itself.
   *
   * @param server address of the server, as pinned
   * @param key RFC 7638 thumbprint of the new key
   */
  record Enroll(
      String server,
      String enrollment,
      String app,
      String profile,
      String device,
      String key,
      String challenge)
      implements SignedText {

    @Override
    public byte[] bytes() {
      return new Lines("MAUTH-ENROLL-V1")
          .line("server", server)
          .line("enrollment", enrollment)
          .line("app", app)
          .line("profile", profile)
          .line("device", device)
          .line("key", key)
          .line("challenge", challenge)
          .bytes();
    }

    /** Without what is secret. */
    @Override
    public String toString() {
      return "Enroll[" + enrollment + "]";
    }
  }

  /**
   * A scan, signed by the device.
   *
   * @param code {@link #hash} of the code as sent
   * @param source {@code camera} or {@code link}
   */
  record Claim(
      String server,
      String transaction,
      String device,
      String key,
      String profile,
      String code,
      String source,
      String nonce)
      implements SignedText {

    @Override
    public byte[] bytes() {
      return new Lines("MAUTH-CLAIM-V1")
          .line("server", server)
          .line("transaction", transaction)
          .line("device", device)
          .line("key", key)
          .line("profile", profile)
          .line("code", code)
          .line("source", source)
          .line("nonce", nonce)
          .bytes();
    }

    /** Without what is secret. */
    @Override
    public String toString() {
      return "Claim[" + transaction + "]";
    }
  }

  /**
   * What the server asks the person, signed by the server.
   *
   * @param nonce of the claim that this answers
   * @param message {@link #hash} of the text that is shown
   * @param confirm {@code tap}, {@code choose} or {@code enter}
   * @param numbers to choose from
   * @param expires Unix seconds
   */
  record Challenge(
      String server,
      String transaction,
      String device,
      String key,
      String profile,
      String nonce,
      String challenge,
      String type,
      @Nullable String origin,
      String message,
      String confirm,
      List<String> numbers,
      long expires)
      implements SignedText {

    public Challenge {
      numbers = List.copyOf(numbers);
    }

    @Override
    public byte[] bytes() {
      return new Lines("MAUTH-CHALLENGE-V1")
          .line("server", server)
          .line("transaction", transaction)
          .line("device", device)
          .line("key", key)
          .line("profile", profile)
          .line("nonce", nonce)
          .line("challenge", challenge)
          .line("type", type)
          .line("origin", origin)
          .line("message", message)
          .line("confirm", confirm)
          .line("numbers", numbers.isEmpty() ? null : String.join(",", numbers))
          .line("expires", Long.toString(expires))
          .bytes();
    }

    /** Without what is secret. */
    @Override
    public String toString() {
      return "Challenge[" + transaction + "]";
    }
  }

  /**
   * What the person said, signed by the device.
   *
   * @param message {@link #hash} of the text that was shown
   * @param decision {@code accept} or {@code deny}
   * @param number that was chosen or entered
   * @param reason {@code not_me} or {@code cancelled}
   * @param expires copied from the challenge
   */
  record Answer(
      String server,
      String transaction,
      String device,
      String key,
      String profile,
      String challenge,
      String type,
      @Nullable String origin,
      String message,
      String decision,
      @Nullable String number,
      @Nullable String reason,
      long expires)
      implements SignedText {

    @Override
    public byte[] bytes() {
      return new Lines("MAUTH-ANSWER-V1")
          .line("server", server)
          .line("transaction", transaction)
          .line("device", device)
          .line("key", key)
          .line("profile", profile)
          .line("challenge", challenge)
          .line("type", type)
          .line("origin", origin)
          .line("message", message)
          .line("decision", decision)
          .line("number", number)
          .line("reason", reason)
          .line("expires", Long.toString(expires))
          .bytes();
    }

    /** Without what is secret. */
    @Override
    public String toString() {
      return "Answer[" + transaction + "]";
    }
  }

  /** Writes the lines. */
  final class Lines {

    private static final String ABSENT = "-";
    private static final Pattern VALUE = Pattern.compile("[!-~]{1,300}");

    private final StringBuilder text;

    private Lines(String tag) {
      text = new StringBuilder(tag).append('\n');
    }

    private Lines line(String name, @Nullable String value) {
      String written = value == null ? ABSENT : value;
      if (!VALUE.matcher(written).matches() || ABSENT.equals(value)) {
        throw new IllegalArgumentException(name + " cannot be signed");
      }
      text.append(name).append(':').append(written).append('\n');
      return this;
    }

    private byte[] bytes() {
      return text.toString().getBytes(US_ASCII);
    }
  }
}
