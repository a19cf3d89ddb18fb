package io.watchword.bench;

import io.watchword.bench.HttpConnection.Answer;
import io.watchword.bench.Ledger.Entry;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * Callers who ask for codes and give most of them back until the server is gone, and who write down
 * what it has acknowledged. Each person is asked about once in a whole run: a later code would
 * replace the one that is to be checked.
 */
final class CrashLoad {

  /**
   * Every so manieth code is not given back, so that there are codes to give back after a crash.
   */
  private static final int UNUSED = 3;

  private final Site site;
  private final SmtpSink sink;
  private final Ledger ledger;
  private final int callers;
  private final AtomicInteger turns = new AtomicInteger();

  CrashLoad(Site site, SmtpSink sink, Ledger ledger, int callers) {
    this.site = site;
    this.sink = sink;
    this.ledger = ledger;
    this.callers = callers;
  }

  /** People who were not asked about yet. */
  int left() {
    return site.uins().size() - turns.get();
  }

  /** A load under way. */
  static final class Running {
    private final CountDownLatch callers;
    private final ConcurrentLinkedQueue<String> refusals = new ConcurrentLinkedQueue<>();

    private Running(int callers) {
      this.callers = new CountDownLatch(callers);
    }

    /** Whether no caller goes on. */
    boolean ended() {
      return callers.getCount() == 0;
    }

    /**
     * Waits until every caller has lost the server.
     *
     * @throws IOException if the server refused a flow, which none of them deserves
     */
    void end() throws IOException, InterruptedException {
      callers.await();
      if (!refusals.isEmpty()) {
        throw new IOException(refusals.size() + " refused, such as: " + refusals.peek());
      }
    }
  }

  Running start(String url) {
    var running = new Running(callers);
    for (int i = 0; i < callers; i++) {
      Thread.startVirtualThread(() -> {
        try (var connection = new HttpConnection(url)) {
          while (flow(connection, running)) {
            // The next one.
          }
        } catch (IOException e) {
          // The server is gone.
        } finally {
          running.callers.countDown();
        }
      });
    }
    return running;
  }

  private boolean flow(HttpConnection connection, Running running) throws IOException {
    int turn = turns.getAndIncrement();
    if (turn >= site.uins().size()) {
      return false;
    }
    String uin = site.uins().get(turn);
    String transaction = String.format(Locale.ROOT, "%010d", turn);
    Answer sent = connection.exchange(site.party().otp(uin, transaction));
    if (!sent.granted()) {
      running.refusals.add(sent.body());
      return false;
    }
    String code =
        sink.take(Site.mail(uin))
            .orElseThrow(() -> new IllegalStateException("acknowledged, and there is no letter"));
    Entry entry = ledger.sent(uin, transaction, code, sent.requestId());
    if (turn % UNUSED == 0) {
      return true;
    }
    Answer answer = give(connection, entry);
    if (!answer.granted()) {
      running.refusals.add(answer.body());
    }
    return answer.granted();
  }

  /** Gives a code back and writes down what came of it. */
  private Answer give(HttpConnection connection, Entry entry) throws IOException {
    entry.given();
    Answer answer =
        connection.exchange(site.party().auth(entry.uin, entry.transaction, entry.code));
    if (answer.granted()) {
      entry.accepted(answer.requestId());
    }
    return answer;
  }

  /**
   * Gives codes back after a crash, unspent ones once more, others again.
   *
   * @return how many of them the server accepted
   */
  int giveAll(String url, List<Entry> entries) throws IOException, InterruptedException {
    var queue = new ConcurrentLinkedQueue<>(entries);
    var granted = new LongAdder();
    var trouble = new ConcurrentLinkedQueue<IOException>();
    var ended = new CountDownLatch(callers);
    for (int i = 0; i < callers; i++) {
      Thread.startVirtualThread(() -> {
        try (var connection = new HttpConnection(url)) {
          for (Entry entry = queue.poll(); entry != null; entry = queue.poll()) {
            Answer answer = give(connection, entry);
            if (answer.granted()) {
              granted.increment();
            }
          }
        } catch (IOException e) {
          trouble.add(e);
        } finally {
          ended.countDown();
        }
      });
    }
    ended.await();
    if (!trouble.isEmpty()) {
      throw new IOException("the server does not answer after its restart", trouble.peek());
    }
    return granted.intValue();
  }
}
