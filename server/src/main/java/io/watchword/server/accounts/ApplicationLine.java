package io.watchword.server.accounts;

import io.watchword.core.account.Application;
import io.watchword.core.delivery.Channel;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An application as it is imported: a line of JSON.
 *
 * @param id as requests name it
 * @param users where its users are on file
 * @param channels on which codes may be sent for it; absent: all
 * @param severalChannels whether one code may go out on more than one; absent: no
 * @param families of letters; absent: {@code auth-otp}
 * @param sendsPerHour codes that may be sent for it; absent: {@code budgets.sends-per-caller-hour}
 * @param captcha whether who asks for a code must show that it is no program; absent: no
 * @param codes what its codes have of their own
 * @param clients with which it logs in itself
 */
public record ApplicationLine(
    @Nullable String id,
    @Nullable Set<Application.Place> users,
    @Nullable Set<Channel> channels,
    @Nullable Boolean severalChannels,
    @Nullable List<String> families,
    @Nullable Integer sendsPerHour,
    @Nullable Boolean captcha,
    @Nullable Terms codes,
    @Nullable List<Credential> clients) {

  /**
   * How its codes live.
   *
   * @param lifetimeSeconds from the request on
   * @param tries the wrong one with this number freezes
   * @param freezeSeconds for how long
   */
  public record Terms(
      @Nullable Integer digits,
      @Nullable Integer lifetimeSeconds,
      @Nullable Integer tries,
      @Nullable Integer freezeSeconds) {}

  /**
   * A client.
   *
   * @param roles that its sessions have
   * @param secret absent: the one that it has stays, and a new client gets a random one
   */
  public record Credential(
      @Nullable String id, @Nullable List<String> roles, @Nullable String secret) {

    /** Without the secret. */
    @Override
    public String toString() {
      return "Credential[" + id + "]";
    }
  }
}
