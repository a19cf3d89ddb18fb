package io.watchword.matching.finger;

/** Reads big-endian numbers from bytes and refuses to read past their end. */
final class Cursor {

  private final byte[] bytes;
  private final int end;
  private int at;

  Cursor(byte[] bytes, int from, int end) {
    this.bytes = bytes;
    this.at = from;
    this.end = end;
  }

  int at() {
    return at;
  }

  int left() {
    return end - at;
  }

  void skip(long count) throws Refused {
    if (count < 0 || count > left()) {
      throw Refused.malformed("ends early");
    }
    at += (int) count;
  }

  int u8() throws Refused {
    skip(1);
    return Byte.toUnsignedInt(bytes[at - 1]);
  }

  int u16() throws Refused {
    int high = u8();
    return (high << 8) | u8();
  }

  long u32() throws Refused {
    long high = u16();
    return (high << 16) | u16();
  }

  boolean startsWith(byte[] expected) {
    for (int i = 0; i < expected.length; i++) {
      if (i >= left() || bytes[at + i] != expected[i]) {
        return false;
      }
    }
    return true;
  }
}
