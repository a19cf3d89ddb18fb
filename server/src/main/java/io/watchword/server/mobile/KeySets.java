package io.watchword.server.mobile;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.util.Resource;
import com.nimbusds.jose.util.ResourceRetriever;
import io.watchword.server.couriers.connection.Deadline;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gets key sets (RFC 7517) from their addresses or files, of {@value #LARGEST} bytes at most.
 * Redirects are not followed.
 */
final class KeySets implements ResourceRetriever {

  static final int LARGEST = 256 * 1024;

  private static final Logger LOG = LoggerFactory.getLogger(KeySets.class);

  private final Duration most;
  private final HttpClient client;

  /**
   * @param most time for the whole answer
   */
  KeySets(Duration most) {
    this.most = most;
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(most)
            .build();
  }

  @Override
  public Resource retrieveResource(URL address) throws IOException {
    try {
      URI uri = URI.create(address.toString());
      return new Resource(
          address.getProtocol().equals("file") ? file(Path.of(uri)) : fetched(uri),
          "application/json");
    } catch (IOException e) {
      LOG.warn("the key set {} cannot be had: {}", address, e.getMessage());
      throw e;
    }
  }

  private static String file(Path path) throws IOException {
    try (InputStream in = Files.newInputStream(path)) {
      byte[] content = in.readNBytes(LARGEST + 1);
      if (content.length > LARGEST) {
        throw new IOException("it is too large");
      }
      return new String(content, UTF_8);
    }
  }

  private String fetched(URI address) throws IOException {
    HttpRequest request =
        HttpRequest.newBuilder(address).header("Accept", "application/json").GET().build();
    try {
      // The client's own limit ends with the answer's head; this one covers its body too.
      HttpResponse<byte[]> answer =
          Deadline.within(
              most,
              () ->
                  client.send(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), LARGEST)));
      if (answer.statusCode() != 200) {
        throw new IOException("HTTP " + answer.statusCode());
      }
      return new String(answer.body(), UTF_8);
    } catch (TimeoutException e) {
      throw new IOException("no answer in time", e);
    } catch (ExecutionException e) {
      throw new IOException(String.valueOf(e.getCause()), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
