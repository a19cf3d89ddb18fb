package io.watchword.testkit.laws;

import static io.watchword.testkit.laws.Deployment.BANK;
import static io.watchword.testkit.laws.Deployment.TX;
import static io.watchword.testkit.laws.People.UIN;
import static org.assertj.core.api.Assertions.assertThat;

import io.watchword.core.audit.AuditRecord;
import io.watchword.core.authentication.Authenticate;
import io.watchword.core.code.SendCode;
import io.watchword.core.code.SendRefusal;
import io.watchword.core.delivery.Channel;
import io.watchword.core.delivery.Courier;
import io.watchword.core.delivery.Courier.Failed;
import io.watchword.core.delivery.Courier.Taken;
import io.watchword.core.delivery.Courier.Unsure;
import io.watchword.testkit.store.StoreEngine;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** What a send tells its caller and the audit about letters that may have been taken. */
@ParameterizedClass
@MethodSource("io.watchword.testkit.store.StoreEngines#each")
class DeliveryRecordTest {

  @Parameter StoreEngine engine;

  private Deployment deployment;

  @BeforeEach
  void enrolJames() {
    deployment = Deployment.over(engine);
    People.james(deployment);
  }

  private SendCode.Outcome ask(Map<Channel, Courier.Outcome> outcomes) {
    deployment.courier.from(letter -> outcomes.getOrDefault(letter.channel(), KeptLetters.FAILED));
    return deployment.ask(BANK, UIN, TX, Channel.EMAIL, Channel.PHONE);
  }

  @Test
  void aLetterOfWhichNobodyKnowsIsNotAcknowledgedAndItsCodeDoesNotWork() {
    assertThat(ask(Map.of(Channel.PHONE, new Unsure("a", "a: no answer"))))
        .isEqualTo(new SendCode.Refused(new SendRefusal.NotTaken()));
    assertThat(deployment.lastRecord().outcome()).isEqualTo("NotTaken");
    assertThat(deployment.lastRecord().factors()).containsExactly("email=failed", "phone=unsure:a");
    String code = deployment.courier.lastCode();
    assertThat(deployment.give(BANK, UIN, TX, code)).isNotInstanceOf(Authenticate.Accepted.class);
  }

  @Test
  void aLetterThatMayArriveTwiceIsAcknowledgedAndTheAuditSaysSo() {
    assertThat(ask(Map.of(Channel.PHONE, new Taken("b", "7", List.of("a")))))
        .isInstanceOfSatisfying(
            SendCode.Sent.class,
            sent -> assertThat(sent.addresses().keySet()).containsExactly(Channel.PHONE));
    assertThat(deployment.lastRecord().outcome()).isEqualTo(AuditRecord.ACCEPTED);
    assertThat(deployment.lastRecord().factors())
        .containsExactly("email=failed", "phone=taken:b,unsure:a");
  }

  @Test
  void eachLetterThatWasTakenIsRecordedWithItsProvider() {
    ask(
        Map.of(
            Channel.EMAIL, new Taken("office", "x"),
            Channel.PHONE, new Failed("told to")));
    assertThat(deployment.lastRecord().factors())
        .containsExactly("email=taken:office", "phone=failed");
  }
}
