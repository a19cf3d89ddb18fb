package io.watchword.testkit.device;

import java.time.Duration;
import java.util.function.Consumer;
import tools.jackson.databind.node.ObjectNode;

/**
 * One thing that a device captures, and what it does wrong meanwhile. Each bend comes before the
 * step that it spoils, so that everything after it is done as by a real device.
 *
 * @param bioType {@code Finger}, {@code Iris} or {@code Face}
 * @param bioSubType such as {@code Left IndexFinger}, {@code Right}, {@code UNKNOWN}
 * @param sample the record that is captured
 * @param after how long after the beginning of the capture
 * @param digitalId changes the digital id before the trust module signs it
 * @param facts changes the capture's members before the sample is sealed with them
 * @param sealed changes them afterwards, before the device signs
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Shot(
    String bioType,
    String bioSubType,
    byte[] sample,
    Duration after,
    Consumer<ObjectNode> digitalId,
    Consumer<ObjectNode> facts,
    Consumer<ObjectNode> sealed) {

  /** A shot with nothing wrong. */
  public static Shot of(String bioType, String bioSubType, byte[] sample) {
    return new Shot(bioType, bioSubType, sample, Duration.ZERO, node -> {}, node -> {}, node -> {});
  }

  public Shot after(Duration delay) {
    return new Shot(bioType, bioSubType, sample, delay, digitalId, facts, sealed);
  }

  public Shot digitalId(Consumer<ObjectNode> bend) {
    return new Shot(bioType, bioSubType, sample, after, digitalId.andThen(bend), facts, sealed);
  }

  public Shot facts(Consumer<ObjectNode> bend) {
    return new Shot(bioType, bioSubType, sample, after, digitalId, facts.andThen(bend), sealed);
  }

  public Shot sealed(Consumer<ObjectNode> bend) {
    return new Shot(bioType, bioSubType, sample, after, digitalId, facts, sealed.andThen(bend));
  }
}
