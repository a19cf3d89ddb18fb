package io.watchword.server.http;

import io.helidon.http.RequestException;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.OptionalLong;

/** Reads the bodies of requests within limits of size, time, memory and number. */
public final class Bodies {

  private static final int CHUNK = 16 * 1024;

  /**
   * How much of a body that is too large is read and thrown away, so that a client that sends first
   * and listens afterwards gets to see the answer.
   */
  private static final long PATIENCE = 16L << 20;

  private Bodies() {}

  /**
   * The exact bytes of the body; none if there is no body. After this the request is worked on, so
   * it takes one of the places of {@code server.limits.requests} and keeps it until it is answered.
   *
   * @param limit most bytes
   * @throws BodyTooLarge if there are more
   * @throws BodyUnreadable if they do not arrive
   * @throws Overloaded if there is no memory or no place now; let it pass
   */
  public static byte[] read(ServerRequest request, int limit) throws BodyTooLarge, BodyUnreadable {
    byte[] body = request.content().hasEntity() ? readEntity(request, limit) : new byte[0];
    Traffic.Connection.current().ifPresent(Traffic.Connection::takePlace);
    return body;
  }

  private static byte[] readEntity(ServerRequest request, int limit)
      throws BodyTooLarge, BodyUnreadable {
    OptionalLong announced = request.headers().contentLength();
    try (InputStream in = request.content().inputStream()) {
      if (announced.isPresent() && announced.getAsLong() > limit) {
        discard(in, announced.getAsLong());
        throw new BodyTooLarge(limit);
      }
      var body = new ByteArrayOutputStream((int) Math.min(limit, announced.orElse(CHUNK)));
      byte[] chunk = new byte[CHUNK];
      int read;
      while ((read = in.read(chunk)) >= 0) {
        if (body.size() + read > limit) {
          discard(in, PATIENCE);
          throw new BodyTooLarge(limit);
        }
        body.write(chunk, 0, read);
      }
      return body.toByteArray();
    } catch (Traffic.TooMuch e) {
      if (e.memory()) {
        throw new Overloaded("no memory for bodies");
      }
      throw new BodyTooLarge(limit);
    } catch (IOException | UncheckedIOException | IllegalStateException e) {
      throw new BodyUnreadable("the body broke off", e);
    } catch (RequestException | CloseConnectionException e) {
      throw new BodyUnreadable("the body was too slow or malformed", e);
    }
  }

  /** Reads on as long as that is little, and never throws: the answer is decided already. */
  private static void discard(InputStream in, long announced) {
    if (announced > PATIENCE) {
      return;
    }
    byte[] chunk = new byte[CHUNK];
    long left = PATIENCE;
    try {
      int read;
      while (left > 0 && (read = in.read(chunk)) >= 0) {
        left -= read;
      }
    } catch (IOException | RuntimeException e) {
      Arrays.fill(chunk, (byte) 0); // the client has gone or dawdles; so be it
    }
  }
}
