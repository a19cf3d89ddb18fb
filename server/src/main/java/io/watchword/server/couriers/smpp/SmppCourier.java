package io.watchword.server.couriers.smpp;

import static java.nio.charset.StandardCharsets.US_ASCII;

import ch.qos.logback.classic.Level;
import io.watchword.core.delivery.Courier;
import io.watchword.core.delivery.Letter;
import io.watchword.server.couriers.connection.Deadline;
import io.watchword.server.couriers.connection.Handover;
import io.watchword.server.couriers.smpp.SmppSettings.LongTexts;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.jsmpp.InvalidResponseException;
import org.jsmpp.PDUException;
import org.jsmpp.bean.ESMClass;
import org.jsmpp.bean.OptionalParameter;
import org.jsmpp.bean.RawDataCoding;
import org.jsmpp.bean.RegisteredDelivery;
import org.jsmpp.bean.SMSCDeliveryReceipt;
import org.jsmpp.extra.NegativeResponseException;
import org.jsmpp.extra.ResponseTimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Hands texts to one SMSC by {@code submit_sm} (SMPP 3.4, 4.4). A long text goes in parts, one
 * after another; if one of them is refused after another was taken, nobody knows what the phone
 * will show, and the letter counts as {@link Courier.Unsure}.
 */
public final class SmppCourier implements Courier, AutoCloseable {

  static {
    // Its traces show whole messages, so it stays silent at whatever level the log stands.
    if (LoggerFactory.getLogger("org.jsmpp") instanceof ch.qos.logback.classic.Logger trace) {
      trace.setLevel(Level.OFF);
    }
  }

  private static final Pattern PUNCTUATION = Pattern.compile("[ ()./-]");
  private static final Pattern NUMBER = Pattern.compile("\\+?[0-9]{4,15}");
  private static final int MOST_PARTS = 30;
  private static final byte HAS_HEADER = 0x40;
  private static final byte PLAIN = 0;

  private final SmppSettings settings;
  private final Duration connect;
  private final Duration total;
  private final Receipts receipts = new Receipts();
  private final List<SmppLink> links;
  private final SmppAddress from;
  private final @Nullable String validity;
  private final List<OptionalParameter> tlvs;
  private final AtomicInteger turn = new AtomicInteger();
  private final AtomicInteger reference;

  /**
   * Starts to connect in the background.
   *
   * @param connect until a connection stands
   * @param total for one letter
   * @param random spreads pauses and chooses where the numbers of long texts begin
   * @throws IllegalArgumentException if the settings have {@link SmppSettings#problems}
   */
  public SmppCourier(
      SmppSettings settings, Duration connect, Duration total, RandomGenerator random) {
    if (!settings.problems().isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", settings.problems()));
    }
    this.settings = settings;
    this.connect = connect;
    this.total = total;
    this.from = SmppAddress.sender(settings);
    this.validity = settings.validity().map(SmppCourier::relative).orElse(null);
    this.tlvs =
        settings.tlvs().entrySet().stream()
            .map(each -> tlv(Integer.decode(each.getKey()), each.getValue()))
            .toList();
    this.reference = new AtomicInteger(random.nextInt(256));
    List<SmppLink> started = new ArrayList<>();
    for (int i = 0; i < settings.sessions(); i++) {
      started.add(new SmppLink(settings, connect, total, receipts, random));
    }
    this.links = List.copyOf(started);
  }

  /** What the SMSC has reported since the start. */
  public Receipts receipts() {
    return receipts;
  }

  @Override
  public Outcome carry(Letter letter) {
    String to = PUNCTUATION.matcher(letter.to()).replaceAll("");
    if (!NUMBER.matcher(to).matches()) {
      return new Failed(Fault.LETTER, "not a phone number");
    }
    List<Message> messages = messages(ShortMessageText.of(letter.text()));
    if (messages.size() > MOST_PARTS) {
      return new Failed(Fault.LETTER, "a text of more than " + MOST_PARTS + " parts");
    }
    var handover = new Handover();
    try {
      return Deadline.within(total, () -> send(SmppAddress.of(to), messages, handover));
    } catch (TimeoutException e) {
      return ended(handover, "no answer within " + total.toMillis() + " ms");
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      return ended(handover, cause == null ? "failed" : cause.getClass().getSimpleName());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return ended(handover, "interrupted");
    }
  }

  private Outcome ended(Handover handover, String reason) {
    return handover.giveUp() ? new Failed(reason) : new Unsure(settings.name(), reason);
  }

  /** What one {@code submit_sm} carries. */
  private static final class Message {
    final byte esmClass;
    final byte dataCoding;
    final byte[] octets;
    final boolean payload;

    Message(byte esmClass, byte dataCoding, byte[] octets, boolean payload) {
      this.esmClass = esmClass;
      this.dataCoding = dataCoding;
      this.octets = octets;
      this.payload = payload;
    }
  }

  private List<Message> messages(ShortMessageText text) {
    if (text.isShort()) {
      return List.of(new Message(PLAIN, text.dataCoding(), text.whole(), false));
    }
    if (settings.longTexts() == LongTexts.PAYLOAD) {
      return List.of(new Message(PLAIN, text.dataCoding(), text.whole(), true));
    }
    return text.parts(reference.getAndIncrement() & 0xff).stream()
        .map(part -> new Message(HAS_HEADER, text.dataCoding(), part, false))
        .toList();
  }

  private Outcome send(SmppAddress to, List<Message> messages, Handover handover) throws Exception {
    Optional<BoundSession> session = session();
    if (session.isEmpty()) {
      return new Failed("not bound");
    }
    if (!session.get().window().tryAcquire(connect.toMillis(), TimeUnit.MILLISECONDS)) {
      return new Failed("too many messages without an answer");
    }
    try {
      String id = "";
      for (int i = 0; i < messages.size(); i++) {
        handover.make();
        switch (submit(session.get(), to, messages.get(i))) {
          case Taken taken -> id = i == 0 ? taken.reference() : id;
          case Unsure unsure -> {
            return unsure;
          }
          case Failed failed -> {
            return i == 0 ? failed : partly(i, failed.reason());
          }
        }
      }
      return new Taken(settings.name(), id);
    } finally {
      session.get().window().release();
    }
  }

  private Unsure partly(int taken, String reason) {
    return new Unsure(settings.name(), "taken only up to part " + taken + ": " + reason);
  }

  /** A session that is bound, in turn; if none is, waits for one that is being made. */
  private Optional<BoundSession> session() throws InterruptedException {
    int first = Math.floorMod(turn.getAndIncrement(), links.size());
    for (int i = 0; i < links.size(); i++) {
      var bound = links.get((first + i) % links.size()).session(Duration.ZERO);
      if (bound.isPresent() && !bound.get().hasEnded()) {
        return bound;
      }
    }
    return links.get(first).session(connect);
  }

  private Outcome submit(BoundSession bound, SmppAddress to, Message message) throws Exception {
    try {
      String id =
          bound.exchange(session ->
              session
                  .submitShortMessage(
                      settings.serviceType(),
                      from.type(),
                      from.plan(),
                      from.digits(),
                      to.type(),
                      to.plan(),
                      to.digits(),
                      new ESMClass(message.esmClass),
                      (byte) 0,
                      (byte) 0,
                      null,
                      validity,
                      registeredDelivery(),
                      (byte) 0,
                      new RawDataCoding(message.dataCoding),
                      (byte) 0,
                      message.payload ? new byte[0] : message.octets,
                      parameters(message))
                  .getMessageId());
      return new Taken(settings.name(), id == null ? "" : id);
    } catch (NegativeResponseException e) {
      return new Failed(
          SmppTrouble.fault(e.getCommandStatus()),
          "refused with " + SmppTrouble.status(e.getCommandStatus()));
    } catch (PDUException e) {
      return new Failed(Fault.LETTER, "cannot be written as a message");
    } catch (ResponseTimeoutException e) {
      return new Unsure(
          settings.name(),
          bound.hasEnded() ? "connection lost before the answer" : "no answer in time");
    } catch (InvalidResponseException e) {
      return new Unsure(settings.name(), "an answer that cannot be read");
    } catch (IOException e) {
      // Thrown only where the message was not written as a whole, so nobody can have taken it.
      return new Failed("connection lost");
    }
  }

  private RegisteredDelivery registeredDelivery() {
    return new RegisteredDelivery(
        settings.receipts() ? SMSCDeliveryReceipt.SUCCESS_FAILURE : SMSCDeliveryReceipt.DEFAULT);
  }

  private OptionalParameter[] parameters(Message message) {
    List<OptionalParameter> all = new ArrayList<>(tlvs);
    if (message.payload) {
      all.add(new OptionalParameter.Message_payload(message.octets));
    }
    return all.toArray(OptionalParameter[]::new);
  }

  private static OptionalParameter tlv(int tag, String value) {
    return new OptionalParameter.OctetString((short) tag, value.getBytes(US_ASCII));
  }

  /** {@code YYMMDDhhmmss000R} (SMPP 3.4, 7.1.1). */
  private static String relative(Duration validity) {
    return "0000%02d%02d%02d%02d000R"
        .formatted(
            validity.toDays(),
            validity.toHoursPart(),
            validity.toMinutesPart(),
            validity.toSecondsPart());
  }

  @Override
  public void close() {
    try (ExecutorService all = Executors.newVirtualThreadPerTaskExecutor()) {
      links.forEach(link -> all.execute(link::close));
    }
  }
}
