package io.watchword.client.mobile.portal;

import static io.watchword.client.mobile.portal.PortalCounterpart.TRANSACTION;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

/** Contract mobile 1.4 and 1.6, from the side that is called. */
class PortalCallbackTest {

  private static final String SECRET = "callback-secret";
  private static final long NOW = 1_767_225_661;
  private static final byte[] BODY =
      "{\"callback_uri\":\"https://shop.example.com/cb\",\"transaction_id\":\"%s\"}"
          .formatted(TRANSACTION)
          .getBytes(StandardCharsets.UTF_8);

  private final PortalClient client = new PortalClient(config().callbackSecret(SECRET).build());

  private static PortalConfig.Builder config() {
    return PortalConfig.builder()
        .serverUrl(URI.create("https://login.example.com"))
        .client("shop", "secret")
        .time(InstantSource.fixed(Instant.ofEpochSecond(NOW)));
  }

  private static String signature(String secret, long time, byte[] body) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    mac.update((time + ".").getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(mac.doFinal(body));
  }

  private static String header(String secret, long time, byte[] body) throws Exception {
    return "t=" + time + ",v1=" + signature(secret, time, body);
  }

  private Optional<Callback> verify(String header) {
    return client.verifyCallback(Map.of("mauth-signature", List.of(header)), BODY);
  }

  @Test
  void whatTheServerDidNotSignIsNotItsOwn() throws Exception {
    String good = header(SECRET, NOW, BODY);
    for (String wrong :
        List.of(
            "",
            "t=" + NOW,
            good.substring(good.indexOf("v1=")),
            good.replace("v1=", "v0="),
            good.replace("t=" + NOW, "t=" + (NOW + 1)),
            good.replace("t=" + NOW, "t=-1"),
            good.replace("t=" + NOW, "t=9999999999999"),
            good.replace("t=" + NOW, "t=" + NOW + ",t=" + (NOW + 1)),
            good.substring(0, good.length() - 1),
            header("another", NOW, BODY),
            header(SECRET, NOW, "{}".getBytes(StandardCharsets.UTF_8)),
            header(SECRET, NOW - 301, BODY),
            header(SECRET, NOW + 301, BODY))) {
      assertThat(verify(wrong)).as(wrong).isEmpty();
    }
    assertThat(client.verifyCallback(Map.of(), BODY)).isEmpty();
    assertThat(client.verifyCallback(Map.of("Mauth-Signature", List.of(good, good)), BODY))
        .isEmpty();
  }

  @Test
  void whatTheServerSignedNamesTheLogin() throws Exception {
    assertThat(verify(header(SECRET, NOW, BODY)))
        .hasValue(new Callback(TRANSACTION, Optional.empty()));
    assertThat(verify(header(SECRET, NOW - 299, BODY))).isPresent();
    assertThat(
            verify(
                "t="
                    + NOW
                    + ", v1="
                    + signature("former", NOW, BODY)
                    + ", v1="
                    + signature(SECRET, NOW, BODY)))
        .isPresent();
    byte[] scanned =
        "{\"transaction_id\":\"%s\",\"event\":\"scanned\"}"
            .formatted(TRANSACTION)
            .getBytes(StandardCharsets.UTF_8);
    assertThat(
            client.verifyCallback(
                Map.of("Mauth-Signature", List.of(header(SECRET, NOW, scanned))), scanned))
        .hasValue(new Callback(TRANSACTION, Optional.of("scanned")));
  }

  @Test
  void aBodyThatNamesNoLoginIsNone() {
    PortalClient unsigned = new PortalClient(config().build());
    assertThat(unsigned.verifyCallback(Map.of(), BODY)).isPresent();
    for (String body :
        List.of("", "[]", "{}", "{\"transaction_id\":7}", "{\"transaction_id\":\"../x\"}")) {
      assertThat(unsigned.verifyCallback(Map.of(), body.getBytes(StandardCharsets.UTF_8)))
          .isEmpty();
    }
  }

  @Test
  void whoMustLogInDoes() {
    PortalClient basic = new PortalClient(config().callbackUser("server", "p:w").build());
    assertThat(basic.verifyCallback(Map.of(), BODY)).isEmpty();
    assertThat(basic.verifyCallback(Map.of("Authorization", List.of("Basic c2VydmVyOng=")), BODY))
        .isEmpty();
    assertThat(
            basic.verifyCallback(Map.of("authorization", List.of("Basic c2VydmVyOnA6dw==")), BODY))
        .isPresent();
  }
}
