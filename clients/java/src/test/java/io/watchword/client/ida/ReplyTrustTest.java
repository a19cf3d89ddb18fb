package io.watchword.client.ida;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.watchword.client.ida.AuthenticatorException.InvalidSignature;
import io.watchword.client.ida.IdaCounterpart.Reply;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Contract ida 3.8: whose signature a reply must bear, and over what. */
class ReplyTrustTest {

  private final IdaCounterpart server = new IdaCounterpart();

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void aReplyWithOneByteMoreThanWasSignedIsNotLookedAt() {
    for (UnaryOperator<AuthenticatorConfig.Builder> trust : everyTrust()) {
      refused(trust, Reply::altered);
    }
  }

  @Test
  void aReplyWithoutASignatureIsRefusedUnlessTheConfigurationTakesIt() throws Exception {
    refused(UnaryOperator.identity(), Reply::unsigned);
    accepted(AuthenticatorConfig.Builder::acceptUnsignedReplies, Reply::unsigned);
    refused(
        config -> config.acceptUnsignedReplies().responseCertificate(TestKeys.SIGN.certificate()),
        Reply::unsigned);
  }

  @Test
  void anotherSignerThanTheTrustedOneIsRefused() {
    TestKeys.Holder stranger = selfSigned("CN=IDA SIGN", TestKeys.NOW);
    refused(pinned(TestKeys.SIGN.certificate()), reply -> reply.signedBy(stranger));
    refused(pinned(TestKeys.SIGN.certificate()), reply -> reply.signedBy(TestKeys.PARTNER));
    refused(pinned(TestKeys.CA), reply -> reply.signedBy(stranger));
  }

  @Test
  void aTrustedCertificateThatIsNoCaVouchesForItselfOnly() {
    KeyPair keys = TestKeys.rsa();
    TestKeys.Holder leaf = selfSigned("CN=Leaf", TestKeys.NOW);
    KeyPair leafKeys = new KeyPair(leaf.certificate().getPublicKey(), leaf.key());
    TestKeys.Holder child =
        new TestKeys.Holder(
            keys.getPrivate(),
            TestKeys.issue("CN=Child", keys, "CN=Leaf", leafKeys, false, TestKeys.NOW));
    refused(pinned(leaf.certificate()), reply -> reply.signedBy(child));
  }

  @Test
  void aSignersCertificateOutsideItsDatesIsRefused() {
    for (int days : new int[] {-2, 2}) {
      TestKeys.Holder dated = selfSigned("CN=IDA SIGN", TestKeys.NOW.plus(Duration.ofDays(days)));
      refused(UnaryOperator.identity(), reply -> reply.signedBy(dated));
      refused(pinned(dated.certificate()), reply -> reply.signedBy(dated));
    }
  }

  @Test
  void aSignatureThatIsThereMustBeRightEvenWhereNoneIsNeeded() {
    refused(AuthenticatorConfig.Builder::acceptUnsignedReplies, Reply::altered);
  }

  @Test
  void theTrustedSignerOrOneThatTheTrustedCaIssuedIsAccepted() throws Exception {
    for (UnaryOperator<AuthenticatorConfig.Builder> trust : everyTrust()) {
      accepted(trust, UnaryOperator.identity());
    }
  }

  private static List<UnaryOperator<AuthenticatorConfig.Builder>> everyTrust() {
    return List.of(
        UnaryOperator.identity(), pinned(TestKeys.SIGN.certificate()), pinned(TestKeys.CA));
  }

  private static UnaryOperator<AuthenticatorConfig.Builder> pinned(X509Certificate certificate) {
    return config -> config.responseCertificate(certificate);
  }

  private static TestKeys.Holder selfSigned(String name, Instant around) {
    KeyPair keys = TestKeys.rsa();
    return new TestKeys.Holder(
        keys.getPrivate(), TestKeys.issue(name, keys, name, keys, false, around));
  }

  private void refused(
      UnaryOperator<AuthenticatorConfig.Builder> trust, UnaryOperator<Reply> change) {
    assertThatThrownBy(() -> ask(trust, change)).isInstanceOf(InvalidSignature.class);
  }

  private void accepted(
      UnaryOperator<AuthenticatorConfig.Builder> trust, UnaryOperator<Reply> change)
      throws Exception {
    assertThat(ask(trust, change).maskedEmail()).contains("m");
  }

  private OtpSent ask(UnaryOperator<AuthenticatorConfig.Builder> trust, UnaryOperator<Reply> change)
      throws Exception {
    server.answers(request ->
        change.apply(
            Reply.of("{\"transactionID\":\"1234567890\",\"response\":{\"maskedEmail\":\"m\"}}")));
    return new Authenticator(trust.apply(Configs.builder(server.url())).build())
        .genOtp(Individual.uin("2047631038"), "1234567890", Channel.EMAIL);
  }
}
