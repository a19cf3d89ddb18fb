package io.watchword.server.http;

import io.helidon.webserver.http.ServerRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the bodies of requests within limits of size, time, memory and number. */
public final class Bodies {

  private static final Logger LOG = LoggerFactory.getLogger(Bodies.class);
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
    try {
      return readWhole(request, limit);
    } catch (BodyTooLarge e) {
      spoil();
      throw e;
    } catch (Traffic.TooMuch e) {
      spoil();
      if (e.memory()) {
        throw new Overloaded("no memory for bodies");
      }
      throw new BodyTooLarge(limit);
    } catch (IOException | RuntimeException e) {
      // The web server has many exceptions for a client that is slow, gone or talks nonsense.
      spoil();
      throw new BodyUnreadable("the body did not arrive whole", e);
    }
  }

  /** The stream is not closed: closing would read all that is announced. */
  private static byte[] readWhole(ServerRequest request, int limit)
      throws IOException, BodyTooLarge {
    OptionalLong announced = request.headers().contentLength();
    InputStream in = request.content().inputStream();
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
  }

  /** What follows on this connection cannot be told from the rest of the body. */
  private static void spoil() {
    Traffic.Connection.current().ifPresent(Traffic.Connection::spoil);
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
      LOG.debug("the client stopped in the middle of a body that was too large");
    }
  }
}
