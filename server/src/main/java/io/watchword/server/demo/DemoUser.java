package io.watchword.server.demo;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.watchword.server.people.PersonLine;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A person of the demo as integrators see them in {@code GET /demo/people} and {@code
 * credentials.json}; what does not apply is left out.
 *
 * @param kind what is special, such as {@code plain} or {@code vid-expired}
 * @param vid of several the first that can still be used
 * @param vids all of them, where there are several
 * @param name in English
 * @param dob {@code yyyy/MM/dd}
 * @param pin static PIN
 * @param impressions of fingers that are on file from other ones, to be presented
 * @param userId login name of their account
 * @param profileId of their account, in apps
 * @param password of their account
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DemoUser(
    String kind,
    @Nullable String uin,
    @Nullable String vid,
    @Nullable List<String> vids,
    @Nullable String handle,
    @Nullable String name,
    @Nullable String dob,
    @Nullable String email,
    @Nullable String phone,
    @Nullable String pin,
    @Nullable List<PersonLine.Finger> impressions,
    @Nullable String userId,
    @Nullable String profileId,
    @Nullable String password) {

  /** Somebody who is known by an account alone. */
  static DemoUser account(
      String userId,
      @Nullable String name,
      @Nullable String email,
      @Nullable String phone,
      String profileId,
      String password) {
    return new DemoUser(
        "account", null, null, null, null, name, null, email, phone, null, null, userId, profileId,
        password);
  }

  /** Without any of it. */
  @Override
  public String toString() {
    return "DemoUser[" + kind + "]";
  }
}
