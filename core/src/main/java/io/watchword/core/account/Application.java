package io.watchword.core.account;

import io.watchword.core.delivery.Channel;
import io.watchword.core.unit.Table;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A program or portal whose users log in here, and the terms on which codes are sent for it.
 * Anybody may claim to be it: what makes it trusted is a {@link Client}.
 *
 * @param id as requests name it, with regard to case
 * @param places where its users are looked for
 * @param channels on which codes may be sent for it
 * @param severalChannels whether one code may go out on more than one channel
 * @param families of letters that it may ask for
 * @param sendsPerHour codes that may be sent for it; {@code null}: as many as any caller may
 * @param captcha whether who asks for a code must show that it is no program
 * @param codes what its codes have of their own; {@code null}: nothing
 */
public record Application(
    String id,
    Status status,
    Set<Place> places,
    Set<Channel> channels,
    boolean severalChannels,
    List<String> families,
    @Nullable Integer sendsPerHour,
    boolean captcha,
    @Nullable CodeTerms codes) {

  /** Keyed by application id. */
  public static final Table<Application> TABLE = Table.clear("applications", Application.class);

  public Application {
    places = Set.copyOf(places);
    channels = Set.copyOf(channels);
    families = List.copyOf(families);
  }

  /** Whether it, or a client, is served. */
  public enum Status {
    ACTIVE,
    DISABLED
  }

  /** Where a user may be on file. */
  public enum Place {
    /** Among the individuals, by UIN. */
    INDIVIDUALS,
    /** Among the accounts, by login name. */
    ACCOUNTS,
    /** Nowhere yet: the name is the address, and an account is opened when it is first used. */
    ADDRESSES
  }

  /**
   * How the codes of one application live, where that is other than in the deployment.
   *
   * @param digits 4 to 10
   * @param tries the wrong one with this number freezes
   */
  public record CodeTerms(
      @Nullable Integer digits,
      @Nullable Duration lifetime,
      @Nullable Integer tries,
      @Nullable Duration freeze) {}

  /** As whom its requests are counted; no partner's id has a slash. */
  public static String caller(String id) {
    return "app/" + id;
  }

  public boolean active() {
    return status == Status.ACTIVE;
  }

  /** The same, served or not. */
  public Application with(Status other) {
    return new Application(
        id, other, places, channels, severalChannels, families, sendsPerHour, captcha, codes);
  }
}
