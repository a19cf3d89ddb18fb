package io.watchword.wire.protection;

import java.security.SecureRandom;

/** Hands out given bytes, one array a call, so that a vector's key and IV can be used. */
final class GivenRandom extends SecureRandom {

  private static final long serialVersionUID = 1L;

  private final byte[][] answers;
  private int next;

  GivenRandom(byte[]... answers) {
    this.answers = answers;
  }

  @Override
  public void nextBytes(byte[] bytes) {
    byte[] answer = answers[next++];
    if (answer.length != bytes.length) {
      throw new IllegalStateException("asked for " + bytes.length + " bytes");
    }
    System.arraycopy(answer, 0, bytes, 0, bytes.length);
  }
}
