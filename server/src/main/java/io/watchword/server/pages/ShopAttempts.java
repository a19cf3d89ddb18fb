package io.watchword.server.pages;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import io.watchword.server.demo.PrivateFiles;
import io.watchword.wire.ida.Json;
import io.watchword.wire.mobile.ScannedCode;
import io.watchword.wire.protection.Base64Url;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the demo's shop remembers of logins that are under way, by the hash of the browser's cookie.
 * Each lies in a file of its own, mode 0600, so that a login goes on after a restart. Thread-safe.
 */
public final class ShopAttempts {

  private static final Logger LOG = LoggerFactory.getLogger(ShopAttempts.class);

  /** Longer than a login may take (contract mobile 1.1: 600 s, and 300 s to redeem). */
  private static final Duration KEPT = Duration.ofMinutes(15);

  private static final int MOST = 10_000;

  private final Path folder;
  private final InstantSource clock;
  private final Cache<String, Attempt> known =
      Caffeine.newBuilder()
          .maximumSize(MOST)
          .expireAfterWrite(KEPT)
          .removalListener(this::removed)
          .build();

  /**
   * @param folder of the files; made when it is first needed
   */
  public ShopAttempts(Path folder, InstantSource clock) {
    this.folder = folder;
    this.clock = clock;
    forgetOld();
  }

  /**
   * A login that this shop has started.
   *
   * @param key of the frames; {@code null}: the code stays the same
   * @param startedNanos when the server's answer arrived, by {@link System#nanoTime}, since frames
   *     must not jump with the wall clock
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Attempt(
      String transaction,
      String otp,
      byte @Nullable [] key,
      long stepMillis,
      Instant startedAt,
      long startedNanos) {

    /** What the page shows now. */
    String shown() {
      if (key == null) {
        return otp;
      }
      long step = (System.nanoTime() - startedNanos) / 1_000_000 / stepMillis;
      return ScannedCode.Frame.of(key, UUID.fromString(transaction), step).text();
    }

    /** Without the code. */
    @Override
    public String toString() {
      return "Attempt[" + transaction + "]";
    }
  }

  /** A login whose start was answered just now. */
  Attempt started(String transaction, String otp, byte @Nullable [] key, long stepMillis) {
    return new Attempt(transaction, otp, key, stepMillis, clock.instant(), System.nanoTime());
  }

  /**
   * @param browser hash of its cookie, base64url
   */
  void put(String browser, Attempt attempt) {
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("transaction", attempt.transaction());
    content.put("otp", attempt.otp());
    if (attempt.key() != null) {
      content.put("key", Base64Url.encode(attempt.key()));
    }
    content.put("step_ms", attempt.stepMillis());
    content.put("started_at", attempt.startedAt().toEpochMilli());
    try {
      PrivateFiles.write(file(browser), Json.write(content));
    } catch (IOException e) {
      throw new UncheckedIOException(folder + " cannot be written", e);
    }
    known.put(browser, attempt);
  }

  /** The login of a browser, if it is under way. */
  Optional<Attempt> find(String browser) {
    Attempt found = known.getIfPresent(browser);
    if (found == null) {
      found = read(browser);
      if (found != null) {
        known.put(browser, found);
      }
    }
    return Optional.ofNullable(found);
  }

  /** It is over. */
  void remove(String browser) {
    known.invalidate(browser);
    delete(file(browser));
  }

  private Path file(String browser) {
    return folder.resolve(browser + ".json");
  }

  private @Nullable Attempt read(String browser) {
    Path file = file(browser);
    if (!Files.isRegularFile(file)) {
      return null;
    }
    try {
      ObjectNode content = Json.readObject(Files.readAllBytes(file)).orElse(null);
      return content == null ? null : attempt(content);
    } catch (IOException | IllegalArgumentException e) {
      LOG.warn("a login of the demo's shop cannot be read: {}", e.getClass().getSimpleName());
      return null;
    }
  }

  private @Nullable Attempt attempt(ObjectNode content) {
    Instant startedAt = Instant.ofEpochMilli(content.path("started_at").longValue(0));
    Duration age = Duration.between(startedAt, clock.instant());
    if (age.compareTo(KEPT) > 0) {
      return null;
    }
    String key = content.path("key").stringValue("");
    return new Attempt(
        content.path("transaction").stringValue(""),
        content.path("otp").stringValue(""),
        key.isEmpty() ? null : Base64Url.decode(key),
        content.path("step_ms").longValue(1_000),
        startedAt,
        System.nanoTime() - age.toNanos());
  }

  private void removed(@Nullable String browser, @Nullable Attempt attempt, RemovalCause cause) {
    if (browser != null && cause.wasEvicted()) {
      delete(file(browser));
    }
  }

  private void forgetOld() {
    if (!Files.isDirectory(folder)) {
      return;
    }
    Instant oldest = clock.instant().minus(KEPT);
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.json")) {
      for (Path file : files) {
        if (Files.getLastModifiedTime(file).toInstant().isBefore(oldest)) {
          delete(file);
        }
      }
    } catch (IOException e) {
      LOG.warn("old logins of the demo's shop stay in {}: {}", folder, e.getMessage());
    }
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      LOG.warn("{} cannot be deleted: {}", file, e.getMessage());
    }
  }
}
