package io.watchword.client.http;

import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * There was no whole reply: no connection, a timeout, an interruption or a reply above the limit.
 * The text holds nothing of request or reply.
 */
public final class Unanswered extends Exception {

  private static final long serialVersionUID = 1L;

  Unanswered(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /** Whether it is certain that the server never saw the request. */
  public boolean isNeverSent() {
    for (Throwable each = getCause(); each != null; each = each.getCause()) {
      if (each instanceof ConnectException || each instanceof HttpConnectTimeoutException) {
        return true;
      }
    }
    return false;
  }
}
