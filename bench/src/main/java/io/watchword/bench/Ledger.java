package io.watchword.bench;

import java.util.ArrayList;
import java.util.List;

/**
 * What the server has acknowledged, as its clients remember it. Each code is one entry; what
 * becomes of it is the business of one client at a time.
 */
final class Ledger {

  private final List<Entry> entries = new ArrayList<>();

  /** How far a code came. */
  enum State {
    /** Its send was acknowledged. */
    SENT,
    /** Given back, and the answer never came: it may be spent or not. */
    UNKNOWN,
    /** Given back, and the answer was yes. */
    ACCEPTED
  }

  /** One code whose send was acknowledged. */
  static final class Entry {
    final String uin;
    final String transaction;
    final String code;
    final String sendRequest;
    private State state = State.SENT;
    private String acceptRequest = "";

    private Entry(String uin, String transaction, String code, String sendRequest) {
      this.uin = uin;
      this.transaction = transaction;
      this.code = code;
      this.sendRequest = sendRequest;
    }

    synchronized State state() {
      return state;
    }

    /** The server's id of the request that was answered yes; empty: none was. */
    synchronized String acceptRequest() {
      return acceptRequest;
    }

    /** To be called before the code leaves. */
    synchronized void given() {
      if (state == State.SENT) {
        state = State.UNKNOWN;
      }
    }

    /** The first time counts; any other is what must not be. */
    synchronized void accepted(String request) {
      if (state != State.ACCEPTED) {
        state = State.ACCEPTED;
        acceptRequest = request;
      }
    }
  }

  /** The server said that it had sent the code. */
  synchronized Entry sent(String uin, String transaction, String code, String request) {
    var entry = new Entry(uin, transaction, code, request);
    entries.add(entry);
    return entry;
  }

  synchronized List<Entry> all() {
    return List.copyOf(entries);
  }

  /** Those that were added after the first so many. */
  synchronized List<Entry> after(int count) {
    return List.copyOf(entries.subList(count, entries.size()));
  }

  synchronized int size() {
    return entries.size();
  }
}
