package io.watchword.core.delivery;

/** How a letter travels. */
public enum Channel {
  EMAIL,
  PHONE
}
