package io.watchword.server.http;

import io.watchword.server.settings.values.ByteSize;
import io.watchword.server.settings.values.Form;
import io.watchword.server.settings.values.Network;
import io.watchword.server.settings.values.Range;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The settings group {@code server}.
 *
 * @param host the address to listen on
 * @param port 0 takes any free one
 * @param trustedProxies only from these are forwarded addresses and request ids believed
 * @param publicUrl how clients reach the server; {@code null}: by host and port
 * @param tls with which it speaks TLS itself, and nothing else on its port
 * @param limits of HTTP
 * @param log what is written down of the running server
 */
public record ServerSettings(
    String host,
    @Range(min = "0", max = "65535") int port,
    List<Network> trustedProxies,
    @Form(value = "https?://[^/?#@]+", says = "is not a base address such as https://id.example")
        @Nullable String publicUrl,
    Tls tls,
    Limits limits,
    Log log) {

  /** The base address of this server at a port, without a slash at the end. */
  public String address(int boundPort) {
    String name = host.contains(":") ? "[" + host + "]" : host;
    return (tls.isOn() ? "https://" : "http://") + name + ":" + boundPort;
  }

  /**
   * PEM files, both or none.
   *
   * @param certificate of this server, followed by those that signed it; {@code null}: plain HTTP
   * @param key of the certificate, without a password
   */
  public record Tls(@Nullable Path certificate, @Nullable Path key) {

    public Tls {
      if ((certificate == null) != (key == null)) {
        throw new IllegalArgumentException("certificate and key go together");
      }
    }

    public boolean isOn() {
      return certificate != null;
    }
  }

  /**
   * @param connections open at the same time; more wait in the kernel's queue
   * @param requests worked on at the same time; more get 503
   * @param turnTime how long a request waits for its turn before it gets 503
   * @param bodyMemory bytes of bodies held at the same time; what is more gets 503
   * @param head largest request line and headers
   * @param headTime from the first byte of a request to the end of its headers
   * @param bodyTime from there to the end of its body
   * @param answerTime from there to the last byte of the answer, taken by the client
   * @param idle how long a connection may wait for its next request
   * @param shutdownGrace how long requests may go on after the order to stop
   */
  public record Limits(
      @Range(min = "1", max = "100000") int connections,
      @Range(min = "1", max = "10000") int requests,
      @Range(min = "0s", max = "1m") Duration turnTime,
      @Range(min = "16MiB", max = "1024GiB") ByteSize bodyMemory,
      @Range(min = "16KiB", max = "1MiB") ByteSize head,
      @Range(min = "100ms", max = "10m") Duration headTime,
      @Range(min = "100ms", max = "10m") Duration bodyTime,
      @Range(min = "100ms", max = "10m") Duration answerTime,
      @Range(min = "100ms", max = "1h") Duration idle,
      @Range(min = "0s", max = "10m") Duration shutdownGrace) {}

  /** The shape and amount of the log. */
  public record Log(Shape shape, Level level) {

    /** {@code JSON} for machines, {@code TEXT} for people at a terminal. */
    public enum Shape {
      JSON,
      TEXT
    }

    /** What is the least that is worth a line. */
    public enum Level {
      ERROR,
      WARN,
      INFO,
      DEBUG,
      TRACE
    }
  }
}
