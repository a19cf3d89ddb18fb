package io.watchword.server.people;

import io.watchword.core.audit.AuditTrail;
import io.watchword.core.individual.Directory;
import io.watchword.core.individual.Enrolment;
import io.watchword.core.individual.Identifier;
import io.watchword.core.individual.IdentifierFormats;
import io.watchword.core.individual.IdentifierRow;
import io.watchword.core.unit.Key;
import io.watchword.core.unit.Store;
import io.watchword.core.unit.StoreUnavailable;
import io.watchword.core.unit.StoreUnavailable.Reason;
import io.watchword.server.people.JsonLines.Line;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Brings people on file from JSON lines, one person a line ({@link PersonLine}). A bad line is
 * reported and left out, the others are kept; importing a file again changes nothing but what
 * differs. Thread-safe.
 */
public final class Imports {

  /** Bytes of a line: a picture of 512 KiB in base64 and room for the rest. */
  public static final int LONGEST_LINE = 1024 * 1024;

  /** Lines in flight, so that the store commits them in groups. */
  private static final int IN_FLIGHT = 64;

  private static final int TRIES = 6;
  private static final long FIRST_PAUSE_MILLIS = 50;
  private static final int TOKEN_DIGITS = 36;
  private static final int ID_BYTES = 16;

  private final Store store;
  private final Directory directory;
  private final AuditTrail audit;
  private final RandomGenerator random;
  private final InstantSource clock;
  private final PersonForm.Around around;
  private final PersonLines lines = new PersonLines(LONGEST_LINE);

  /**
   * @param taken what is taken and kept
   * @param random cryptographically strong
   */
  public Imports(
      Store store,
      Directory directory,
      AuditTrail audit,
      Taken taken,
      RandomGenerator random,
      InstantSource clock) {
    this.store = store;
    this.directory = directory;
    this.audit = audit;
    this.random = random;
    this.clock = clock;
    this.around =
        new PersonForm.Around(
            taken.formats(), new Fingers(taken.fingerTemplates()), taken.fictitious());
  }

  /**
   * What is taken and kept.
   *
   * @param formats of the identifiers that people may have, at whatever door
   * @param fingerTemplates whether templates are kept of fingers, never images
   * @param fictitious whether people with a fixed code are taken: in the demo profile only
   */
  public record Taken(IdentifierFormats formats, boolean fingerTemplates, boolean fictitious) {}

  /** Hears how an import goes on, from one thread at a time. */
  public interface Observer {

    /**
     * @param line from 1
     * @param reason without any content of the line
     */
    void refused(long line, String reason);

    /**
     * @param lines how many are done with
     */
    default void progress(long lines) {}
  }

  /** How many people were new, known with other data, known with these very data, and left out. */
  public record Summary(long added, long replaced, long unchanged, long refused) {}

  /** What became of one line. */
  private sealed interface Result {}

  private record Done(Enrolment.Outcome outcome) implements Result {}

  private record Refused(String reason) implements Result {}

  private record Waiting(long number, @Nullable PersonForm form, String refusal) {}

  /**
   * Imports a stream to its end.
   *
   * @param operator who acts, for the audit
   * @param files the folder where files of faces and fingers are; {@code null}: lines may not name
   *     files
   * @throws IOException if the stream breaks; what was read before is imported
   * @throws StoreUnavailable if the store does not work; the lines before are imported
   */
  public Summary run(String operator, InputStream in, @Nullable Path files, Observer observer)
      throws IOException {
    var source = new JsonLines(in, LONGEST_LINE);
    var tally = new Tally(observer);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Waiting> batch = new ArrayList<>(IN_FLIGHT);
      Set<Identifier> people = new HashSet<>();
      for (Line line = source.next(); line != null; line = source.next()) {
        if (line.blank()) {
          continue;
        }
        Waiting waiting = read(line, new SideFiles(files));
        // Two lines about one person keep their order.
        boolean again = waiting.form() != null && !people.add(waiting.form().uin());
        if (again || batch.size() == IN_FLIGHT) {
          finish(operator, batch, threads, tally);
          people.clear();
          if (waiting.form() != null) {
            people.add(waiting.form().uin());
          }
        }
        batch.add(waiting);
      }
      finish(operator, batch, threads, tally);
    }
    return tally.summary();
  }

  /**
   * Imports one person.
   *
   * @param operator who acts, for the audit
   * @return the reason why not; {@code null} if it was done
   * @throws StoreUnavailable if the store does not work
   */
  public @Nullable String one(String operator, PersonLine line) {
    try {
      PersonForm form = PersonForm.of(line, around, new SideFiles(null));
      return enrol(operator, form) instanceof Refused(String reason) ? reason : null;
    } catch (LineRefused e) {
      return e.reason();
    }
  }

  private Waiting read(Line line, SideFiles files) {
    byte[] bytes = line.bytes();
    if (bytes == null) {
      return new Waiting(line.number(), null, "longer than 1 MiB");
    }
    try {
      PersonLine person = lines.read(bytes, PersonLine.class);
      return new Waiting(line.number(), PersonForm.of(person, around, files), "");
    } catch (LineRefused e) {
      return new Waiting(line.number(), null, e.reason());
    }
  }

  private void finish(String operator, List<Waiting> batch, ExecutorService threads, Tally tally) {
    List<Future<Result>> results = new ArrayList<>(batch.size());
    for (Waiting waiting : batch) {
      PersonForm form = waiting.form();
      results.add(
          threads.submit(
              () -> form == null ? new Refused(waiting.refusal()) : enrol(operator, form)));
    }
    RuntimeException broken = null;
    for (int i = 0; i < results.size(); i++) {
      try {
        tally.count(batch.get(i).number(), results.get(i).get());
      } catch (ExecutionException e) {
        broken = e.getCause() instanceof RuntimeException cause ? cause : new RuntimeException(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new StoreUnavailable(Reason.CLOSED, "the import was interrupted", e);
      }
    }
    if (broken != null) {
      throw broken;
    }
    tally.batchDone();
    batch.clear();
  }

  private Result enrol(String operator, PersonForm form) {
    Key<IdentifierRow> uin = directory.key(form.uin());
    IdentifierRow known = store.read(uin);
    String person = known == null ? newId() : known.person();
    String token = newToken();
    var entry = new Enrolment.Entry(audit, operator, clock.instant());
    while (true) {
      Enrolment.Outcome outcome = committed(enrolment(form, uin, person, token, entry));
      switch (outcome) {
        case Enrolment.Added _, Enrolment.Replaced _, Enrolment.Unchanged _ -> {
          return new Done(outcome);
        }
        case Enrolment.Taken taken -> {
          return new Refused("a " + taken.type() + " belongs to another person");
        }
        case Enrolment.Known other -> person = other.person();
      }
    }
  }

  private Enrolment enrolment(
      PersonForm form, Key<IdentifierRow> uin, String person, String token, Enrolment.Entry entry) {
    Map<Key<IdentifierRow>, IdentifierRow> rows = new HashMap<>();
    form.identifiers()
        .forEach((id, validity) -> rows.put(directory.key(id), validity.row(person, id.type())));
    return new Enrolment(
        person,
        form.individual(token),
        uin,
        rows,
        new Enrolment.StandingChange(form.deactivated(), form.locks()),
        form.portrait(),
        form.biometrics(),
        entry);
  }

  /** Enrolling twice does what enrolling once does, so every fault is worth another try. */
  private Enrolment.Outcome committed(Enrolment enrolment) {
    long pause = FIRST_PAUSE_MILLIS;
    for (int attempt = 1; ; attempt++) {
      try {
        return store.commit(enrolment);
      } catch (StoreUnavailable e) {
        if (attempt == TRIES || e.reason() == Reason.CLOSED) {
          throw e;
        }
      }
      try {
        Thread.sleep(pause);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new StoreUnavailable(Reason.CLOSED, "the import was interrupted", e);
      }
      pause *= 2;
    }
  }

  private String newId() {
    byte[] id = new byte[ID_BYTES];
    random.nextBytes(id);
    return HexFormat.of().formatHex(id);
  }

  private String newToken() {
    var token = new StringBuilder(TOKEN_DIGITS);
    for (int i = 0; i < TOKEN_DIGITS; i++) {
      token.append((char) ('0' + random.nextInt(10)));
    }
    return token.toString();
  }

  /** Counts results and tells the observer, from the importing thread alone. */
  private static final class Tally {

    private final Observer observer;
    private long added;
    private long replaced;
    private long unchanged;
    private long refused;

    Tally(Observer observer) {
      this.observer = observer;
    }

    void count(long line, Result result) {
      switch (result) {
        case Done(Enrolment.Added _) -> added++;
        case Done(Enrolment.Unchanged _) -> unchanged++;
        case Done _ -> replaced++;
        case Refused(String reason) -> {
          refused++;
          observer.refused(line, reason);
        }
      }
    }

    void batchDone() {
      observer.progress(added + replaced + unchanged + refused);
    }

    Summary summary() {
      return new Summary(added, replaced, unchanged, refused);
    }
  }
}
