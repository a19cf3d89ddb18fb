package io.watchword.client.mobile;

import static org.assertj.core.api.Assertions.assertThat;

import io.watchword.wire.mobile.SignedText.Challenge;
import io.watchword.wire.protection.Base64Url;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.ObjectNode;

/** Contract mobile 3.6: nothing is shown that the server did not sign for this very claim. */
@Timeout(60)
class ChallengeTrustTest {

  private final MobileCounterpart server = new MobileCounterpart();
  private final AppUnderTest app = new AppUnderTest();
  private final MobileAuthClient client = app.client(server);

  @BeforeEach
  void enroll() throws Exception {
    client.enrollUserForMobileAuth().get(10, TimeUnit.SECONDS);
    server.asksFor("choose");
  }

  @AfterEach
  void close() {
    client.close();
    app.close();
    server.close();
  }

  private void isRefused(int code) throws Exception {
    client.handleMobileAuthWithOtp(server.code(), app);
    assertThat(app.untilTheEnd()).containsExactly("error " + code);
    assertThat(app.shown).isEmpty();
    assertThat(server.received(MobileCounterpart.ANSWER)).isEmpty();
  }

  @Test
  void whatIsSignedIsShown() throws Exception {
    client.handleMobileAuthWithOtp(server.code(), app);
    assertThat(app.next().request().numbers()).hasSize(3);
  }

  static Stream<UnaryOperator<ObjectNode>> altered() {
    return Stream.of(
        reply -> reply.put("message", "Log in to Example Shop?"),
        reply -> reply.put("message", MobileCounterpart.MESSAGE + " "),
        reply -> reply.put("origin", "https://shop.example.org"),
        reply -> reply.putNull("origin"),
        reply -> reply.put("origin", "-"),
        reply -> reply.put("origin", "two words"),
        reply -> reply.put("type", "other"),
        reply -> reply.put("challenge", Base64Url.encode(new byte[32])),
        reply -> reply.put("transaction_id", "3f2b8c1e-5d47-4a90-9e6b-0c1d2e3f4a5b"),
        reply -> reply.put("expires", 1_767_225_721),
        reply -> {
          reply.putArray("numbers").add("17").add("83").add("42");
          return reply;
        },
        reply -> {
          reply.remove("numbers");
          return reply.put("confirm", "tap");
        },
        reply -> {
          reply.remove("numbers");
          return reply.put("confirm", "enter");
        },
        reply -> reply.put("server_key_id", "DOvxvJiAdIqVWIkFt5hDtCunXLF0BV4-JGv4f-ALSm0"),
        reply -> reply.putNull("server_key_id"),
        reply -> reply.put("server_signature", Base64Url.encode(new byte[64])),
        reply -> reply.put("server_signature", ""),
        reply -> reply.put("server_signature", "no base64"),
        reply -> reply.putNull("server_signature"));
  }

  @ParameterizedTest
  @MethodSource("altered")
  void whatWasChangedAfterItWasSignedIsNotShown(UnaryOperator<ObjectNode> change) throws Exception {
    server.sends(change);
    isRefused(10_001);
    assertThat(app.nextError().reason()).hasValue("server_signature");
  }

  static Stream<UnaryOperator<ObjectNode>> unreadable() {
    return Stream.of(
        reply -> reply.put("message", 7),
        reply -> reply.put("message", "x".repeat(4_001)),
        reply -> reply.put("confirm", "pin"),
        reply -> reply.put("numbers", "17,42,83"),
        reply -> reply.put("confirm", "tap"),
        reply -> reply.put("expires", "1767225720"),
        reply -> reply.put("expires", 1.5),
        reply -> reply.put("expires_in", 0),
        reply -> reply.put("expires_in", -1),
        reply -> reply.put("expires_in", 4_000_000_000L),
        reply -> reply.put("expires_in", "120"),
        reply -> {
          reply.remove("challenge");
          return reply;
        },
        reply -> {
          // The same text under the signature as the three numbers.
          reply.putArray("numbers").add("17,42").add("83");
          return reply;
        },
        reply -> {
          reply.putArray("numbers").add("42");
          return reply;
        },
        reply -> {
          reply.putArray("numbers").add("42").add("42");
          return reply;
        },
        reply -> {
          reply.putArray("numbers").add(17).add(42).add(83);
          return reply;
        });
  }

  @ParameterizedTest
  @MethodSource("unreadable")
  void whatIsNotOfTheFormatIsNotShown(UnaryOperator<ObjectNode> change) throws Exception {
    server.sends(change);
    isRefused(10_000);
  }

  static Stream<UnaryOperator<Challenge>> otherwiseSigned() {
    return Stream.of(
        c -> signedFor(c, "https://login.example.org", c.profile(), c.device(), c.nonce()),
        c -> signedFor(c, c.server(), "ANOTHER", c.device(), c.nonce()),
        c -> signedFor(c, c.server(), c.profile(), "ANOTHER", c.nonce()),
        c -> signedFor(c, c.server(), c.profile(), c.device(), "YGFiY2RlZmdoaWprbG1ubw"));
  }

  private static Challenge signedFor(
      Challenge c, String host, String profile, String device, String nonce) {
    return new Challenge(
        host,
        c.transaction(),
        device,
        c.key(),
        profile,
        nonce,
        c.challenge(),
        c.type(),
        c.origin(),
        c.message(),
        c.confirm(),
        List.copyOf(c.numbers()),
        c.expires());
  }

  @ParameterizedTest
  @MethodSource("otherwiseSigned")
  void whatWasSignedForAnotherClaimIsNotShown(UnaryOperator<Challenge> change) throws Exception {
    server.signs(change);
    isRefused(10_001);
  }
}
