package io.watchword.server.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The file {@code credentials.json} of the demo's data folder, mode 0600: whom and what one may
 * try. Members that are there already are kept, since their secrets are those of the folder.
 */
public final class DemoCredentials {

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private final Path file;

  /**
   * @param data the demo's data folder
   */
  public DemoCredentials(Path data) {
    this.file = data.toAbsolutePath().normalize().resolve("credentials.json");
  }

  /**
   * Writes the people; the file is touched only if that changes it.
   *
   * @throws IllegalStateException if there is such a file and it is not a JSON object
   */
  public void write(List<DemoUser> users) {
    try {
      ObjectNode content = read();
      JsonNode before = content.deepCopy();
      content.set("demoUsers", JSON.valueToTree(users));
      if (!content.equals(before)) {
        PrivateFiles.write(file, JSON.writeValueAsBytes(content));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(file + " cannot be read or written", e);
    }
  }

  /** The secret of the kernel client, if it stands in the file. */
  public Optional<String> clientSecret(String client) {
    JsonNode known = content().path("kernelClient");
    return client.equals(known.path("clientId").stringValue(""))
        ? Optional.of(known.path("secretKey").stringValue("")).filter(text -> !text.isEmpty())
        : Optional.empty();
  }

  /** Writes down the kernel client. */
  public void writeClient(String client, String secret, String application) {
    ObjectNode content = content();
    content
        .putObject("kernelClient")
        .put("clientId", client)
        .put("secretKey", secret)
        .put("appId", application);
    write(content);
  }

  /** Whether the licence keys of the identity v1 door stand in the file. */
  public boolean knowsTsps() {
    JsonNode content = content();
    return !content.path("tsp").path("licenseKey").stringValue("").isEmpty()
        && !content.path("tsps").isEmpty();
  }

  /** Writes down the relying parties of the identity v1 door, the usual one first. */
  public void writeTsps(List<DemoTsp.Known> tsps) {
    ObjectNode content = content();
    content
        .putObject("tsp")
        .put("tspId", tsps.getFirst().tspId())
        .put("licenseKey", tsps.getFirst().licenseKey());
    content.set("tsps", JSON.valueToTree(tsps));
    write(content);
  }

  /** The secret of the portal, if it stands in the file. */
  public Optional<String> portalSecret(String client) {
    JsonNode known = content().path("portal");
    return client.equals(known.path("clientId").stringValue(""))
        ? Optional.of(known.path("clientSecret").stringValue("")).filter(text -> !text.isEmpty())
        : Optional.empty();
  }

  /** Writes down the portal. */
  public void writePortal(DemoMobile.Portal portal) {
    ObjectNode content = content();
    content
        .putObject("portal")
        .put("clientId", portal.clientId())
        .put("clientSecret", portal.clientSecret())
        .put("type", portal.type())
        .put("origin", portal.origin());
    write(content);
  }

  /** The password of an account, if it stands in the file. */
  public Optional<String> password(String userId) {
    for (JsonNode user : content().path("demoUsers")) {
      if (userId.equals(user.path("userId").stringValue(""))) {
        return Optional.of(user.path("password").stringValue("")).filter(text -> !text.isEmpty());
      }
    }
    return Optional.empty();
  }

  private void write(ObjectNode content) {
    try {
      PrivateFiles.write(file, JSON.writeValueAsBytes(content));
    } catch (IOException e) {
      throw new UncheckedIOException(file + " cannot be written", e);
    }
  }

  private ObjectNode content() {
    try {
      return read();
    } catch (IOException e) {
      throw new UncheckedIOException(file + " cannot be read", e);
    }
  }

  private ObjectNode read() throws IOException {
    if (!Files.exists(file)) {
      return JSON.createObjectNode();
    }
    try {
      if (JSON.readTree(Files.readAllBytes(file)) instanceof ObjectNode content) {
        return content;
      }
    } catch (JacksonException e) {
      // Not quoted: the file holds secrets.
    }
    throw new IllegalStateException(file + " is not a JSON object; remove it to have a new one");
  }
}
