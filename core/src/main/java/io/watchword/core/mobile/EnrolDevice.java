package io.watchword.core.mobile;

import io.watchword.core.audit.AuditRecord;
import io.watchword.core.budget.SendWindows;
import io.watchword.core.delivery.Errand;
import io.watchword.core.delivery.Errands;
import io.watchword.core.individual.Standing;
import io.watchword.core.unit.Key;
import io.watchword.core.unit.Rows;
import io.watchword.core.unit.Unit;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The story of a device that gets a key of its own, and of one that loses it (contract mobile 2.2
 * and 3.5).
 */
public final class EnrolDevice {

  /** How long an offer waits for its key. */
  public static final Duration OFFER_LIFE = Duration.ofMinutes(2);

  /** In which offers of an account are counted. */
  public static final Duration OFFER_WINDOW = Duration.ofMinutes(1);

  private static final int CHALLENGE_BYTES = 32;
  private static final int OFFERS_PER_MINUTE = 10;

  private final Ground ground;
  private final Limits limits;
  private final @Nullable DeviceNotices notices;

  /**
   * @param mode what a second device means
   * @param mostDevices of one account; 0: no limit
   */
  public record Limits(Mode mode, int mostDevices) {}

  /** What becomes of devices when another is enrolled. */
  public enum Mode {
    /** A second device is refused, and the same one again too. */
    SINGLE,
    /** The same device may get another key. */
    OVERRIDE,
    /** Several devices, each of which may get another key. */
    MULTIPLE
  }

  /**
   * @param notices that holders of accounts get of each new key; {@code null}: they get none
   */
  public EnrolDevice(Ground ground, Limits limits, @Nullable DeviceNotices notices) {
    this.ground = ground;
    this.limits = limits;
    this.notices = notices;
  }

  /** What came of a confirmation. */
  public sealed interface Outcome {}

  public record Enrolled(Enrollment enrollment) implements Outcome {}

  /** There is no such offer for this account, or its time is over. */
  public record NoOffer() implements Outcome {}

  /** It was taken with another key already. */
  public record OtherKey() implements Outcome {}

  /** This device has a key, and may not get another. */
  public record AlreadyEnrolled() implements Outcome {}

  /** The account has as many devices as it may have. */
  public record TooManyDevices() implements Outcome {}

  /** The account, or whoever it is linked to, is not served. */
  public record NotServed() implements Outcome {}

  /** An offer and its id. */
  public record Offered(String id, Enrollment.Offer offer) {}

  /**
   * Offers an enrollment; the device proves its new key by signing the challenge.
   *
   * @return empty: the account was offered as many as it may be in a minute
   */
  public Optional<Offered> offer(String account, String profile, String app, Device device) {
    Instant now = ground.ambient().now();
    String id = uuid(ground.ambient().newId());
    var offer =
        new Enrollment.Offer(
            account,
            profile,
            app,
            device,
            ground.random(CHALLENGE_BYTES),
            now.plus(OFFER_LIFE),
            null,
            null);
    return ground.store().commit(new PutOffer(id, offer, now));
  }

  private static String uuid(String hex) {
    return hex.replaceFirst("(.{8})(.{4}).(.{3}).(.{3})(.{12})", "$1-$2-4$3-a$4-$5");
  }

  /** The offer of an id, if it is this account's and its time is not over. */
  public Optional<Enrollment.Offer> offered(String account, String id) {
    return Optional.ofNullable(ground.store().read(Enrollment.Offer.key(id)))
        .filter(offer -> offer.account().equals(account))
        .filter(offer -> ground.ambient().now().isBefore(offer.expiresAt()));
  }

  /**
   * An offer whose signature was verified with the key.
   *
   * @param id of the offer
   * @param keyId RFC 7638 thumbprint
   * @param x coordinate of the key, base64url
   * @param y coordinate of the key, base64url
   */
  public record Proven(String id, Enrollment.Offer offer, String keyId, String x, String y) {}

  /**
   * Enrols a key.
   *
   * @param people ids of everybody who must be in good standing
   * @param request the server's id of the request
   */
  public Outcome confirm(List<String> people, Proven proven, String request) {
    Enrollment.Offer offer = proven.offer();
    Instant now = ground.ambient().now();
    var wanted =
        new Enrollment(
            offer.account(),
            offer.profile(),
            offer.app(),
            offer.device(),
            proven.keyId(),
            proven.x(),
            proven.y(),
            now,
            now,
            null);
    Errand notice = notices == null ? null : notices.of(ground.ambient().newId(), wanted);
    Confirmed confirmed =
        ground
            .store()
            .commit(new Confirm(ground, limits, people, proven.id(), wanted, notice, request));
    if (notices != null && notice != null && confirmed.made()) {
      notices.desk().hand(notice);
    }
    return confirmed.outcome();
  }

  /**
   * What a unit did.
   *
   * @param made whether a key was put on file now, and not before
   * @param replaced whether it took the place of another key of that device
   */
  private record Confirmed(Outcome outcome, boolean made, boolean replaced) {

    static Confirmed unchanged(Outcome outcome) {
      return new Confirmed(outcome, false, false);
    }

    /** As the audit has it (contract mobile 1.9). */
    String event() {
      if (outcome instanceof Enrolled) {
        return replaced ? "key_enrollment_success_replaced" : "key_enrollment_success";
      }
      return "key_enrollment_" + outcome.getClass().getSimpleName();
    }
  }

  /** The enrollment of a device, in whatever state. */
  public Optional<Enrollment> find(String account, String device) {
    return Optional.ofNullable(ground.store().read(Enrollment.key(account, device)));
  }

  /** The good enrollments of an account, in the order in which they were made. */
  public List<Enrollment> of(String account) {
    Enrollment.OfAccount devices = ground.store().read(Enrollment.OfAccount.key(account));
    return devices == null
        ? List.of()
        : devices.ids().stream().flatMap(device -> find(account, device).stream()).toList();
  }

  /**
   * Takes a device's key away.
   *
   * @param caller who does
   * @return whether it had one
   */
  public boolean revoke(String account, String device, String caller, String request) {
    return ground
        .store()
        .commit(new Revoke(ground, account, device, caller, ground.ambient().now(), request));
  }

  private record PutOffer(String id, Enrollment.Offer offer, Instant now)
      implements Unit<Optional<Offered>> {

    private SendWindows.Limit limit() {
      return new SendWindows.Limit(
          SendWindows.TABLE.key("offers/" + offer.account()),
          "minute",
          OFFER_WINDOW,
          OFFERS_PER_MINUTE);
    }

    @Override
    public Collection<Key<?>> keys() {
      return List.of(Enrollment.Offer.key(id), limit().key());
    }

    @Override
    public Optional<Offered> apply(Rows rows) {
      if (limit().full(rows, now)) {
        return Optional.empty();
      }
      limit().count(rows, now);
      rows.put(Enrollment.Offer.key(id), offer, offer.expiresAt());
      return Optional.of(new Offered(id, offer));
    }
  }

  private record Confirm(
      Ground ground,
      Limits limits,
      List<String> people,
      String id,
      Enrollment wanted,
      @Nullable Errand notice,
      String request)
      implements Unit<Confirmed> {

    private Key<Enrollment> key() {
      return Enrollment.key(wanted.account(), wanted.device().id());
    }

    @Override
    public Collection<Key<?>> keys() {
      Set<Key<?>> keys = new LinkedHashSet<>();
      keys.add(Enrollment.Offer.key(id));
      keys.add(key());
      keys.add(Enrollment.OfAccount.key(wanted.account()));
      people.forEach(person -> keys.add(Standing.key(person)));
      keys.add(ground.audit().head());
      if (notice != null) {
        keys.add(Errands.key(notice));
      }
      return keys;
    }

    @Override
    public Confirmed apply(Rows rows) {
      Confirmed confirmed = decide(rows);
      if (notice != null && confirmed.made()) {
        Errands.put(rows, notice);
      }
      ground
          .audit()
          .append(
              rows,
              Ground.record(
                  AuditRecord.Event.MOBILE_ENROLMENT,
                  wanted.enrolledAt(),
                  wanted.app(),
                  wanted.account(),
                  wanted.device().id(),
                  confirmed.event(),
                  request));
      return confirmed;
    }

    private Confirmed decide(Rows rows) {
      Instant now = wanted.enrolledAt();
      Enrollment.Offer offer = rows.get(Enrollment.Offer.key(id));
      if (offer == null
          || !offer.account().equals(wanted.account())
          || !now.isBefore(offer.expiresAt())) {
        return Confirmed.unchanged(new NoOffer());
      }
      if (Standing.anyDeactivated(rows, people, now)) {
        return Confirmed.unchanged(new NotServed());
      }
      Enrollment before = rows.get(key());
      if (offer.confirmedKey() != null) {
        return Confirmed.unchanged(
            before != null
                    && before.has(wanted.keyId())
                    && offer.confirmedKey().equals(wanted.keyId())
                ? new Enrolled(before)
                : new OtherKey());
      }
      return enrol(rows, offer, before);
    }

    private Confirmed enrol(Rows rows, Enrollment.Offer offer, @Nullable Enrollment before) {
      Enrollment.OfAccount row = rows.get(Enrollment.OfAccount.key(wanted.account()));
      Instant cleared = row == null ? null : row.clearedAt();
      if (cleared != null && offer.expiresAt().minus(OFFER_LIFE).isBefore(cleared)) {
        return Confirmed.unchanged(new NoOffer());
      }
      List<String> devices = new ArrayList<>(row == null ? List.of() : row.ids());
      String device = wanted.device().id();
      boolean known = devices.contains(device);
      if (known) {
        if (limits.mode() == Mode.SINGLE) {
          return Confirmed.unchanged(new AlreadyEnrolled());
        }
      } else if (isFull(devices.size())) {
        return Confirmed.unchanged(new TooManyDevices());
      } else {
        devices.add(device);
        rows.put(
            Enrollment.OfAccount.key(wanted.account()), new Enrollment.OfAccount(devices, cleared));
      }
      rows.put(key(), wanted);
      rows.put(
          Enrollment.Offer.key(id),
          offer.confirmed(wanted.keyId(), wanted.enrolledAt()),
          offer.expiresAt());
      boolean replaced = known && before != null && !before.has(wanted.keyId());
      return new Confirmed(new Enrolled(wanted), true, replaced);
    }

    private boolean isFull(int devices) {
      boolean alone = limits.mode() != Mode.MULTIPLE;
      return (alone && devices > 0)
          || (limits.mostDevices() > 0 && devices >= limits.mostDevices());
    }
  }

  private record Revoke(
      Ground ground, String account, String device, String caller, Instant now, String request)
      implements Unit<Boolean> {

    @Override
    public Collection<Key<?>> keys() {
      return List.of(
          Enrollment.key(account, device),
          Enrollment.OfAccount.key(account),
          ground.audit().head());
    }

    @Override
    public Boolean apply(Rows rows) {
      Enrollment known = rows.get(Enrollment.key(account, device));
      if (known == null || known.revokedAt() != null) {
        return false;
      }
      rows.put(Enrollment.key(account, device), known.revoked(now));
      Enrollment.OfAccount row = rows.get(Enrollment.OfAccount.key(account));
      List<String> left = new ArrayList<>(row == null ? List.of() : row.ids());
      left.remove(device);
      rows.put(Enrollment.OfAccount.key(account), new Enrollment.OfAccount(left, now));
      ground
          .audit()
          .append(
              rows,
              Ground.record(
                  AuditRecord.Event.MOBILE_ENROLMENT,
                  now,
                  caller,
                  account,
                  device,
                  "user_client_keys_revoked",
                  request));
      return true;
    }
  }
}
