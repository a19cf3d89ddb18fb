package io.watchword.server.pages;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/**
 * The last requests and how they ended, in memory only. Doors tell it expected and received values,
 * never a secret. Thread-safe.
 */
public final class RequestLog {

  private static final int MOST = 500;

  private final Deque<Trace> traces = new ArrayDeque<>();

  /**
   * A request and its end.
   *
   * @param request the server's id of it, as in the log
   * @param door wire format
   * @param operation of the door
   * @param partner empty if the caller was not let in
   * @param transaction the caller's id, or empty
   * @param step that refused, or empty
   * @param codes that were answered; empty: accepted
   * @param detail what was expected and what was received
   */
  public record Trace(
      Instant at,
      String request,
      String door,
      String operation,
      String partner,
      String transaction,
      String step,
      List<String> codes,
      Map<String, String> detail) {}

  public synchronized void add(Trace trace) {
    traces.addFirst(trace);
    if (traces.size() > MOST) {
      traces.removeLast();
    }
  }

  /** Newest first. */
  public synchronized List<Trace> newest(int most) {
    return traces.stream().limit(most).toList();
  }
}
