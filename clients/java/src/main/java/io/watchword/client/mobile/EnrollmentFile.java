package io.watchword.client.mobile;

import io.watchword.wire.ida.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** Enrollments in a file of their own, which only its owner can read. */
public final class EnrollmentFile implements EnrollmentStore {

  private final Path file;

  /** The file need not exist yet; its folder must. */
  public EnrollmentFile(Path file) {
    this.file = file;
  }

  @Override
  public synchronized Optional<String> read(String profileId) throws IOException {
    return Optional.ofNullable(all().get(profileId)).map(node -> node.stringValue(""));
  }

  @Override
  public synchronized void write(String profileId, String json) throws IOException {
    ObjectNode all = all();
    all.put(profileId, json);
    OwnFile.replace(file, Json.write(all));
  }

  @Override
  public synchronized void forget(String profileId) throws IOException {
    ObjectNode all = all();
    if (all.remove(profileId) != null) {
      OwnFile.replace(file, Json.write(all));
    }
  }

  @Override
  public synchronized Set<String> profiles() throws IOException {
    return new LinkedHashSet<>(all().propertyNames());
  }

  private ObjectNode all() throws IOException {
    if (!Files.exists(file)) {
      return Json.mapper().createObjectNode();
    }
    return Json.readObject(Files.readAllBytes(file))
        .orElseThrow(() -> new IOException("the file of enrollments is damaged"));
  }
}
