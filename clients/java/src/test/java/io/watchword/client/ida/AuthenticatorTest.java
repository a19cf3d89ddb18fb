package io.watchword.client.ida;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.watchword.client.ida.AuthenticatorException.DecryptionFailure;
import io.watchword.client.ida.AuthenticatorException.Refusal;
import io.watchword.client.ida.AuthenticatorException.TransportFailure;
import io.watchword.client.ida.IdaCounterpart.Received;
import io.watchword.client.ida.IdaCounterpart.Reply;
import io.watchword.wire.ida.AuthReply;
import io.watchword.wire.ida.Demographics;
import io.watchword.wire.ida.IdaError;
import io.watchword.wire.ida.Json;
import io.watchword.wire.ida.KycReply;
import io.watchword.wire.ida.OtpReply;
import io.watchword.wire.protection.Algorithms;
import io.watchword.wire.protection.KycEnvelope;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The client against a server that checks every request by the contract. */
class AuthenticatorTest {

  private static final Individual JAMES = Individual.uin("2047631038");
  private static final String TOKEN = "257988270191056778127490615141298322";

  private final IdaCounterpart server = new IdaCounterpart();
  private final Authenticator authenticator =
      new Authenticator(Configs.builder(server.url()).build());

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void aRequestThatIsRefusedThrowsEveryErrorInOrder() {
    server.answers(request ->
        kyc(
            null,
            List.of(
                new IdaError("IDA-MLC-007", "Request could not be processed"),
                new IdaError("IDA-MPA-009", "Partner is not registered")),
            new KycReply.Response(false, null, null, null, null)));
    Refusal refusal =
        catchThrowableOfType(Refusal.class, () -> authenticator.kyc(withCode("111111")));
    assertThat(refusal.errors())
        .extracting(IdaError::errorCode)
        .containsExactly("IDA-MLC-007", "IDA-MPA-009");
    assertThat(refusal.isMismatch()).isFalse();
    assertThat(refusal.has("IDA-MPA-009")).isTrue();
    assertThat(refusal.has("IDA-MPA-00")).isFalse();
    assertThat(refusal).hasMessageContaining("IDA-MPA-009 Partner is not registered");
    assertThat(server.received()).hasSize(1);
  }

  @Test
  void aWrongCodeIsAMismatchWithWhatThePersonMayDo() {
    server.answers(request ->
        auth(
            request,
            List.of(
                new IdaError("IDA-OTA-004", "OTP is invalid", "Please provide correct OTP value")),
            new AuthReply.Response(false, TOKEN)));
    Refusal refusal =
        catchThrowableOfType(Refusal.class, () -> authenticator.auth(withCode("222222")));
    assertThat(refusal.isMismatch()).isTrue();
    assertThat(refusal.errors().get(0).actionMessage())
        .isEqualTo("Please provide correct OTP value");
    assertThat(refusal.getMessage()).doesNotContain("222222", JAMES.id());
  }

  @Test
  void anythingButAStatusOfTrueIsARefusal() {
    server.answers(request -> auth(request, null, new AuthReply.Response(false, TOKEN)));
    assertThatThrownBy(() -> authenticator.auth(withCode("1"))).isInstanceOf(Refusal.class);
    server.answers(request -> auth(request, null, null));
    assertThatThrownBy(() -> authenticator.auth(withCode("1"))).isInstanceOf(Refusal.class);
    server.answers(request ->
        auth(
            request,
            List.of(new IdaError("IDA-MLC-007", "m")),
            new AuthReply.Response(true, TOKEN)));
    assertThatThrownBy(() -> authenticator.auth(withCode("1"))).isInstanceOf(Refusal.class);
    server.answers(request -> Reply.of("{\"transactionID\":\"1234567890\"}"));
    assertThatThrownBy(() -> authenticator.kyc(withCode("1"))).isInstanceOf(Refusal.class);
    assertThatThrownBy(() -> authenticator.genOtp(JAMES, Channel.EMAIL))
        .isInstanceOf(TransportFailure.class);
  }

  @Test
  void aReplyToAnotherTransactionIsNoSuccess() {
    server.answers(request ->
        Reply.of(
            text(
                new AuthReply(
                    "9999999999", "1.0", "i", null, "t", new AuthReply.Response(true, TOKEN)))));
    assertThatThrownBy(() -> authenticator.auth(withCode("111111")))
        .isInstanceOf(TransportFailure.class)
        .hasMessageContaining("another transaction");
  }

  @Test
  void aTransactionIdOfAnotherFormIsRefusedBeforeAnythingIsSent() {
    for (String bad : new String[] {"", "123456789", "12345678901", "123456789-", "12345 7890"}) {
      assertThatThrownBy(() -> authenticator.genOtp(JAMES, bad, Channel.EMAIL))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> AuthenticationRequest.of(JAMES).withCode(bad, "111111"))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(server.received()).isEmpty();
  }

  @Test
  void aCodeIsAskedForAsTheContractHasIt() throws Exception {
    server.answers(request -> otp(request, "XXXXXX0607", "XXmXX@test.io"));
    OtpSent sent = authenticator.genOtp(JAMES, "Ab34567890", Channel.PHONE, Channel.EMAIL);
    assertThat(sent)
        .isEqualTo(
            new OtpSent("Ab34567890", Optional.of("XXXXXX0607"), Optional.of("XXmXX@test.io")));
    assertThat(text(server.last().body()))
        .isEqualTo(
            "{\"id\":\"mosip.identity.otp\",\"version\":\"1.0\",\"individualId\":\"2047631038\","
                + "\"individualIdType\":\"UIN\",\"transactionID\":\"Ab34567890\","
                + "\"requestTime\":\"2025-01-16T11:02:15.123Z\","
                + "\"otpChannel\":[\"email\",\"phone\"],\"metadata\":{}}");
    assertThat(server.last().path())
        .isEqualTo("/idauthentication/v1/otp/lk%2F1/partner%20%C3%A9/key%2B1%3F");
    String header =
        new String(
            java.util.Base64.getUrlDecoder()
                .decode(server.last().signatureHeader().split("\\.")[0]),
            StandardCharsets.UTF_8);
    assertThat(header).matches("\\{\"alg\":\"RS256\",\"x5c\":\\[\"[A-Za-z0-9+/]+=*\"]}");
  }

  @Test
  void aCodeForOneChannelLeavesTheOtherMaskEmpty() throws Exception {
    server.answers(request -> otp(request, null, "XXmXX@test.io"));
    OtpSent sent = authenticator.genOtp(new Individual("x", null), Channel.EMAIL);
    assertThat(sent.maskedMobile()).isEmpty();
    assertThat(sent.transactionId()).matches("[0-9]{10}");
    assertThat(server.last().body().get("individualIdType").isNull()).isTrue();
    assertThat(server.last().body().get("otpChannel").toString()).isEqualTo("[\"email\"]");
  }

  @Test
  void aCodeAloneIsSealedWithItsTransaction() throws Exception {
    server.answers(request -> auth(request, null, new AuthReply.Response(true, TOKEN)));
    AuthResult result = authenticator.auth(withCode("111111"));
    assertThat(result).isEqualTo(new AuthResult("1929353076", Optional.of(TOKEN)));
    assertThat(text(server.last().inner()))
        .isEqualTo(
            "{\"biometrics\":[],\"demographics\":null,\"otp\":\"111111\","
                + "\"timestamp\":\"2025-01-16T11:02:15.123Z\"}");
    assertThat(server.last().body().get("id").stringValue()).isEqualTo("mosip.identity.auth");
    assertThat(server.last().body().get("consentObtained").booleanValue()).isTrue();
    assertThat(server.last().body().get("env").stringValue()).isEqualTo("Staging");
    assertThat(server.last().body().get("domainUri").stringValue()).isEqualTo("https://host");
    assertThat(server.last().body().get("requestTime"))
        .isEqualTo(server.last().inner().get("timestamp"));
  }

  @Test
  void demographicsAloneUseARandomTransactionAndNoCode() throws Exception {
    server.answers(request -> auth(request, null, new AuthReply.Response(true, null)));
    AuthResult result =
        authenticator.auth(
            AuthenticationRequest.of(Individual.vid("4370296312658178"))
                .withConsent()
                .withDemographics(
                    Demographics.builder()
                        .name("eng", "James Rodrigious")
                        .dateOfBirth(LocalDate.of(1992, 4, 29))
                        .build()));
    assertThat(result.token()).isEmpty();
    assertThat(result.transactionId()).matches("[0-9]{10}");
    assertThat(server.last().inner().get("otp").stringValue()).isEmpty();
    assertThat(server.last().inner().get("demographics").toString())
        .isEqualTo(
            "{\"name\":[{\"language\":\"eng\",\"value\":\"James Rodrigious\"}],"
                + "\"dob\":\"1992/04/29\"}");
    assertThat(server.last().body().get("individualIdType").stringValue()).isEqualTo("VID");
  }

  @Test
  void bothFactorsTravelTogetherAndConsentIsNeverAssumed() throws Exception {
    server.answers(request -> auth(request, null, new AuthReply.Response(true, TOKEN)));
    authenticator.auth(
        AuthenticationRequest.of(JAMES)
            .withDemographics(Demographics.builder().phoneNumber("8763740607").build())
            .withCode("1929353076", "111111"));
    assertThat(server.last().inner().get("otp").stringValue()).isEqualTo("111111");
    assertThat(server.last().inner().get("demographics").toString())
        .isEqualTo("{\"phoneNumber\":\"8763740607\"}");
    assertThat(server.last().body().get("consentObtained").booleanValue()).isFalse();
  }

  @Test
  void anIdentityForAnotherKeyDoesNotOpen() throws Exception {
    server.answers(request -> sealedTo(TestKeys.SIGN, request, "{}"));
    KycResult result = authenticator.kyc(withCode("111111"));
    assertThatThrownBy(() -> authenticator.decryptResponse(result))
        .isInstanceOf(DecryptionFailure.class);
  }

  @Test
  void anIdentityThatIsNoObjectDoesNotOpen() throws Exception {
    server.answers(request -> sealedTo(TestKeys.PARTNER, request, "[1]"));
    KycResult result = authenticator.kyc(withCode("111111"));
    assertThatThrownBy(() -> authenticator.decryptResponse(result))
        .isInstanceOf(DecryptionFailure.class);
  }

  @Test
  void anIdentityOpensAndIsReadByName() throws Exception {
    server.answers(request ->
        sealedTo(
            TestKeys.PARTNER,
            request,
            "{\"name_eng\":\"James Rodrigious\",\"name_ara\":\"جيمس\",\"dob\":\"1992/04/29\","
                + "\"phone\":\"8763740607\",\"email\":\"james@test.io\",\"face\":\"AQID\","
                + "\"addressLine1_eng\":\"1 High St\",\"gender_eng\":null}"));
    KycResult result = authenticator.kyc(withCode("111111"));
    assertThat(server.last().body().get("id").stringValue()).isEqualTo("mosip.identity.kyc");
    Identity identity = authenticator.decryptResponse(result);
    assertThat(identity.name("eng")).contains("James Rodrigious");
    assertThat(identity.name("ara")).contains("جيمس");
    assertThat(identity.name("fra")).isEmpty();
    assertThat(identity.gender("eng")).isEmpty();
    assertThat(identity.dateOfBirth()).contains(LocalDate.of(1992, 4, 29));
    assertThat(identity.phone()).contains("8763740607");
    assertThat(identity.email()).contains("james@test.io");
    assertThat(identity.addressLine(1, "eng")).contains("1 High St");
    assertThat(identity.face().orElseThrow()).containsExactly(1, 2, 3);
    assertThat(identity.toString()).contains("name_eng").doesNotContain("James");
  }

  @Test
  void aPolicyThatReleasesNothingGivesAnEmptyIdentity() throws Exception {
    server.answers(
        request -> kyc(request, null, new KycReply.Response(true, TOKEN, null, null, null)));
    KycResult result = authenticator.kyc(withCode("111111"));
    assertThat(result.token()).contains(TOKEN);
    assertThat(result.sealedIdentity()).isEmpty();
    assertThat(authenticator.decryptResponse(result).members()).isEmpty();
  }

  @Test
  void oneAuthenticatorServesManyThreads() throws Exception {
    server.answers(request -> otp(request, null, "m"));
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Future<OtpSent>> pending = new ArrayList<>();
      for (int i = 0; i < 80; i++) {
        pending.add(threads.submit(() -> authenticator.genOtp(JAMES, Channel.EMAIL)));
      }
      Set<String> transactions = new TreeSet<>();
      for (Future<OtpSent> sent : pending) {
        transactions.add(sent.get().transactionId());
      }
      assertThat(transactions).hasSize(80);
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void nothingThatIsPrintedShowsAFactorOrAnIdentifier() {
    assertThat(withCode("654321").toString()).doesNotContain("654321", JAMES.id());
    assertThat(Configs.builder(server.url()).build().toString()).doesNotContain("key+1", "lk/1");
  }

  private static AuthenticationRequest withCode(String code) {
    return AuthenticationRequest.of(JAMES).withConsent().withCode("1929353076", code);
  }

  private static String transaction(Received request) {
    return request.body().get("transactionID").stringValue();
  }

  private static Reply otp(Received request, String mobile, String email) {
    return Reply.of(
        text(
            new OtpReply(
                "mosip.identity.otp",
                "1.0",
                transaction(request),
                "t",
                null,
                new OtpReply.Response(mobile, email))));
  }

  private static Reply auth(Received request, List<IdaError> errors, AuthReply.Response response) {
    return Reply.of(
        text(
            new AuthReply(
                transaction(request), "1.0", "mosip.identity.auth", errors, "t", response)));
  }

  private static Reply kyc(Received request, List<IdaError> errors, KycReply.Response response) {
    String transaction = request == null ? null : transaction(request);
    return Reply.of(text(new KycReply(transaction, "1.0", "i", errors, "t", response)));
  }

  private static Reply sealedTo(TestKeys.Holder holder, Received request, String identity)
      throws Exception {
    KycEnvelope.SealedIdentity sealed =
        new KycEnvelope(Algorithms.ofJdk(), new SecureRandom())
            .seal(identity.getBytes(StandardCharsets.UTF_8), holder.certificate());
    return kyc(
        request,
        null,
        new KycReply.Response(
            true, TOKEN, sealed.thumbprint(), sealed.identity(), sealed.sessionKey()));
  }

  private static String text(Object value) {
    return new String(Json.write(value), StandardCharsets.UTF_8);
  }
}
