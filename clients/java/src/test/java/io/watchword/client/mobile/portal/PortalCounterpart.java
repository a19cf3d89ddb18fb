package io.watchword.client.mobile.portal;

import io.watchword.client.mobile.HttpCounterpart;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** The portal API of contract mobile 1 with the replies of each test. */
final class PortalCounterpart extends HttpCounterpart {

  static final String TRANSACTION = "3f2b8c1e-5d47-4a90-9e6b-0c1d2e3f4a5b";
  static final String BASE = "/oauth/api/v4/authenticate";
  static final String START = "POST " + BASE + "/user";
  static final String STATE = "GET " + BASE + "/transaction/" + TRANSACTION;
  static final String REDEEM = "POST " + BASE + "/transaction/" + TRANSACTION + "/redeem";
  static final String CANCEL = "POST " + BASE + "/transaction/" + TRANSACTION + "/cancel";

  private final Map<String, Queue<Reply>> replies = new ConcurrentHashMap<>();

  PortalCounterpart() {
    super(null);
    start();
  }

  /** Replies in this order; the last one goes on. */
  synchronized void answers(String call, Reply... all) {
    replies.put(call, new ArrayDeque<>(Arrays.asList(all)));
  }

  @Override
  protected synchronized Reply answer(Received request) {
    Queue<Reply> queue = replies.get(request.call());
    if (queue == null || queue.isEmpty()) {
      return Reply.of(404, Map.of("error", "not_found", "error_code", "3004"));
    }
    Reply next = queue.size() > 1 ? queue.remove() : queue.element();
    return next;
  }

  /** The form of a request. */
  static Map<String, String> form(Received request) {
    return Arrays.stream(request.body().split("&"))
        .map(pair -> pair.split("=", 2))
        .collect(Collectors.toMap(pair -> decoded(pair[0]), pair -> decoded(pair[1])));
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
