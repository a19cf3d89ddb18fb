package io.watchword.core.code;

import io.watchword.core.keys.Keyring;
import io.watchword.core.keys.Mac;
import io.watchword.core.unit.Key;
import java.nio.charset.StandardCharsets;

/**
 * What a code is bound to, besides its digits.
 *
 * @param purpose of the door's codes
 * @param subject whose slot it is; at the IDA door the id exactly as it was sent
 * @param transaction the caller's transaction id; empty: any will do
 * @param caller id of the partner; empty: any will do
 */
public record CodeBinding(String purpose, String subject, String transaction, String caller) {

  /** The slot's row. The subject does not stand in it in clear. */
  public Key<CodeSlot> slot(Keyring keyring) {
    return CodeSlot.TABLE.key(keyring.lookup("slot-" + purpose, subject));
  }

  /** The only form in which a code is stored. */
  public Mac seal(Keyring keyring, String code) {
    return keyring.mac(Keyring.Purpose.CODE, parts(code));
  }

  /** Whether a stored hash is that of the code; constant time. */
  public boolean matches(Keyring keyring, Mac mac, String code) {
    return keyring.verify(Keyring.Purpose.CODE, mac, parts(code));
  }

  private byte[][] parts(String code) {
    return new byte[][] {utf8(purpose), utf8(subject), utf8(transaction), utf8(caller), utf8(code)};
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Without the subject, which is an identifier of a person. */
  @Override
  public String toString() {
    return "CodeBinding[" + purpose + ", " + caller + "]";
  }
}
