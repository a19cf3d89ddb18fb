package io.watchword.client.mobile;

import static org.assertj.core.api.Assertions.assertThat;

import io.watchword.client.mobile.HttpCounterpart.Received;
import io.watchword.client.mobile.HttpCounterpart.Reply;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Contract mobile 3.13, check 20: no code, key, secret or number in any log at any level. */
@Timeout(60)
class MobileSecrecyTest {

  private final MobileCounterpart server = new MobileCounterpart();
  private final AppUnderTest app = new AppUnderTest();
  private final MobileAuthClient client = app.client(server);
  private final List<String> texts = Collections.synchronizedList(new ArrayList<>());
  private final Logger logger = Logger.getLogger("io.watchword.client");
  private final Handler recording =
      new Handler() {
        @Override
        public void publish(LogRecord log) {
          texts.add(log.getMessage() + Arrays.toString(log.getParameters()) + log.getThrown());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  @BeforeEach
  void record() {
    recording.setLevel(Level.ALL);
    logger.setLevel(Level.ALL);
    logger.setUseParentHandlers(false);
    logger.addHandler(recording);
  }

  @AfterEach
  void close() {
    logger.removeHandler(recording);
    logger.setUseParentHandlers(true);
    client.close();
    app.close();
    server.close();
  }

  private void tell(Object value) {
    texts.add(String.valueOf(value));
  }

  @Test
  void nothingSecretIsLoggedOrShown() throws Exception {
    client.enrollUserForMobileAuth().get(10, TimeUnit.SECONDS);
    server.asksFor("choose");
    client.handleMobileAuthWithOtp(server.code(), app);
    AppUnderTest.Shown shown = app.next();
    tell(shown.request());
    tell(shown.callback());
    shown.callback().acceptAuthenticationRequest();
    shown.callback().acceptAuthenticationRequest("43");
    shown.callback().acceptAuthenticationRequest("42");
    shown.callback().denyAuthenticationRequest();
    app.untilTheEnd();
    assertThat(texts).as("the warnings").hasSizeGreaterThanOrEqualTo(5);
    server.refuseNext(MobileCounterpart.CLAIM, Reply.error(418, server.code()));
    client.handleMobileAuthWithOtp(server.code(), app);
    app.untilTheEnd();
    tell(app.nextError());
    tell(app.session);
    tell(app.config(server.url()).build());
    tell(client);
    tell(Optional.of(app.memory));
    tell(server.received(MobileCounterpart.ANSWER).size());
    assertNothingSecret(shown);
  }

  private void assertNothingSecret(AppUnderTest.Shown shown) {
    Received claim = server.received(MobileCounterpart.CLAIM).get(0);
    Received answer = server.received(MobileCounterpart.ANSWER).get(0);
    Received confirm = server.received(MobileCounterpart.CONFIRM).get(0);
    for (String secret :
        List.of(
            server.code(),
            server.shortCode(),
            server.challenge(),
            MobileCounterpart.TOKEN,
            shown.request().message(),
            claim.json().path("nonce").stringValue(),
            claim.json().path("signature").stringValue(),
            answer.json().path("signature").stringValue(),
            confirm.json().path("signature").stringValue())) {
      assertThat(secret).isNotEmpty();
      assertThat(texts).noneMatch(text -> text.contains(secret));
    }
    String transaction = server.transaction();
    assertThat(texts)
        .noneMatch(text -> text.replace(transaction, "").matches("(?s).*\\b(17|42|43|83)\\b.*"));
  }
}
