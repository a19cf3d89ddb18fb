package io.watchword.client.mobile.portal;

import io.watchword.wire.mobile.SignedText;
import io.watchword.wire.protection.Base64Url;
import java.security.SecureRandom;
import java.util.regex.Pattern;

/**
 * What ties a login to the browser that started it (contract mobile 3.3): it lives in a cookie, and
 * the server gets its hash. {@code toString} does not show it.
 */
public final class BrowserSecret {

  /** Name of the cookie. */
  public static final String COOKIE = "__Host-mlogin";

  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{43}");
  private static final SecureRandom RANDOM = new SecureRandom();

  private final String value;
  private final String binding;

  private BrowserSecret(String value) {
    this.value = value;
    this.binding = SignedText.hash(Base64Url.decode(value));
  }

  /** A new one; each login has its own. */
  public static BrowserSecret random() {
    byte[] bytes = new byte[32];
    RANDOM.nextBytes(bytes);
    return new BrowserSecret(Base64Url.encode(bytes));
  }

  /**
   * The one that a browser sent.
   *
   * @throws IllegalArgumentException if it has not the form of one; the message does not quote it
   */
  public static BrowserSecret of(String cookieValue) {
    if (!FORM.matcher(cookieValue).matches()) {
      throw new IllegalArgumentException("this is not the form of a browser's secret");
    }
    return new BrowserSecret(cookieValue);
  }

  /** The cookie's value; for the browser only. */
  public String value() {
    return value;
  }

  /** The header {@code Set-Cookie} that gives it to the browser. */
  public String setCookie() {
    return COOKIE + "=" + value + "; Path=/; Secure; HttpOnly; SameSite=Lax";
  }

  /** The header {@code Set-Cookie} that takes it back. */
  public static String dropCookie() {
    return COOKIE + "=; Path=/; Max-Age=0; Secure; HttpOnly; SameSite=Lax";
  }

  /** Its hash: what the server keeps, and the key under which a portal can keep the attempt. */
  public String binding() {
    return binding;
  }

  @Override
  public String toString() {
    return "BrowserSecret";
  }
}
