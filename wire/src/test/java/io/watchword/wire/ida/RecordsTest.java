package io.watchword.wire.ida;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The texts are those of contract ida; the sections are named at each test. */
class RecordsTest {

  @Test
  void theThirdMemberOfAnErrorIsLeftOutWhenThereIsNone() { // 2.7
    assertWritten(
        new IdaError("IDA-MLC-012", "Individual's Consent is not available"),
        "{\"errorCode\":\"IDA-MLC-012\",\"errorMessage\":\"Individual's Consent is not"
            + " available\"}");
    assertWritten(
        new IdaError("IDA-OTA-004", "OTP is invalid", "Please provide correct OTP value"),
        "{\"errorCode\":\"IDA-OTA-004\",\"errorMessage\":\"OTP is invalid\","
            + "\"actionMessage\":\"Please provide correct OTP value\"}");
  }

  @Test
  void aKycReplyWritesEveryNull() { // 5.3, 5.5
    assertWritten(
        new KycReply(
            null,
            null,
            null,
            List.of(new IdaError("IDA-MLC-007", "m")),
            "2025-01-16T11:02:15.233Z",
            new KycReply.Response(false, null, null, null, null)),
        "{\"transactionID\":null,\"version\":null,\"id\":null,"
            + "\"errors\":[{\"errorCode\":\"IDA-MLC-007\",\"errorMessage\":\"m\"}],"
            + "\"responseTime\":\"2025-01-16T11:02:15.233Z\","
            + "\"response\":{\"kycStatus\":false,\"authToken\":null,\"thumbprint\":null,"
            + "\"identity\":null,\"sessionKey\":null}}");
  }

  @Test
  void anAuthReplyIsThatOfTheContract() { // 5.2
    String text =
        "{\"transactionID\":\"1234567890\",\"version\":\"1.0\",\"id\":\"mosip.identity.auth\","
            + "\"errors\":null,\"responseTime\":\"2025-01-16T11:02:15.233Z\","
            + "\"response\":{\"authStatus\":true,"
            + "\"authToken\":\"257988270191056778127490615141298322\"}}";
    AuthReply reply =
        new AuthReply(
            "1234567890",
            "1.0",
            "mosip.identity.auth",
            null,
            "2025-01-16T11:02:15.233Z",
            new AuthReply.Response(true, "257988270191056778127490615141298322"));
    assertWritten(reply, text);
    assertThat(Json.read(text.getBytes(StandardCharsets.UTF_8), AuthReply.class)).contains(reply);
  }

  @Test
  void anOtpReplyIsThatOfTheContract() { // 5.1
    String text =
        "{\"id\":\"mosip.identity.otp\",\"version\":\"1.0\",\"transactionID\":\"1929353076\","
            + "\"responseTime\":\"2025-01-16T10:58:24.262Z\",\"errors\":null,"
            + "\"response\":{\"maskedMobile\":\"XXXXXX0607\",\"maskedEmail\":null}}";
    OtpReply reply =
        new OtpReply(
            "mosip.identity.otp",
            "1.0",
            "1929353076",
            "2025-01-16T10:58:24.262Z",
            null,
            new OtpReply.Response("XXXXXX0607", null));
    assertWritten(reply, text);
    assertThat(Json.read(text.getBytes(StandardCharsets.UTF_8), OtpReply.class)).contains(reply);
  }

  @Test
  void anOtpRequestIsThatOfTheContract() { // 2.1
    assertWritten(
        new OtpRequest(
            "mosip.identity.otp",
            "1.0",
            "2047631038",
            "UIN",
            "1929353076",
            "2025-01-16T10:58:24.000Z",
            List.of("email", "phone"),
            Map.of()),
        "{\"id\":\"mosip.identity.otp\",\"version\":\"1.0\",\"individualId\":\"2047631038\","
            + "\"individualIdType\":\"UIN\",\"transactionID\":\"1929353076\","
            + "\"requestTime\":\"2025-01-16T10:58:24.000Z\","
            + "\"otpChannel\":[\"email\",\"phone\"],\"metadata\":{}}");
  }

  @Test
  void anAuthRequestIsThatOfTheContract() { // 2.2
    assertWritten(
        new AuthRequest(
            "mosip.identity.kyc",
            "1.0",
            "2047631038",
            "UIN",
            "1929353076",
            "2025-01-16T11:02:15.000Z",
            "1.0",
            "t",
            "https://host",
            "Staging",
            AuthRequest.RequestedAuth.NONE,
            true,
            "h",
            "k",
            "r",
            Map.of()),
        "{\"id\":\"mosip.identity.kyc\",\"version\":\"1.0\",\"individualId\":\"2047631038\","
            + "\"individualIdType\":\"UIN\",\"transactionID\":\"1929353076\","
            + "\"requestTime\":\"2025-01-16T11:02:15.000Z\",\"specVersion\":\"1.0\","
            + "\"thumbprint\":\"t\",\"domainUri\":\"https://host\",\"env\":\"Staging\","
            + "\"requestedAuth\":{\"demo\":false,\"pin\":false,\"otp\":false,\"bio\":false},"
            + "\"consentObtained\":true,\"requestHMAC\":\"h\",\"requestSessionKey\":\"k\","
            + "\"request\":\"r\",\"metadata\":{}}");
  }

  @Test
  void anInnerRequestIsThatOfTheVector() { // 9.1
    assertWritten(
        new InnerRequest(List.of(), null, "111111", "2025-01-16T11:02:15.000Z", null),
        "{\"biometrics\":[],\"demographics\":null,\"otp\":\"111111\","
            + "\"timestamp\":\"2025-01-16T11:02:15.000Z\"}");
  }

  @Test
  void demographicsHaveTheShapesOfTheContract() { // 4.3
    Demographics demographics =
        Demographics.builder()
            .name("eng", "José")
            .name("ara", "خوسيه")
            .dateOfBirth(LocalDate.of(1992, 4, 29))
            .age(32)
            .gender("eng", "Male")
            .phoneNumber("8763740607")
            .emailId("james@test.io")
            .addressLine(3, "eng", "a")
            .location(1, "eng", "b")
            .postalCode("14022")
            .plain("residenceStatus", "NFR")
            .localized("zone", "fra", "c")
            .build();
    assertWritten(
        new InnerRequest(List.of(), demographics, "", "t", null),
        "{\"biometrics\":[],\"demographics\":{"
            + "\"name\":[{\"language\":\"eng\",\"value\":\"José\"},"
            + "{\"language\":\"ara\",\"value\":\"خوسيه\"}],"
            + "\"dob\":\"1992/04/29\",\"age\":\"32\","
            + "\"gender\":[{\"language\":\"eng\",\"value\":\"Male\"}],"
            + "\"phoneNumber\":\"8763740607\",\"emailId\":\"james@test.io\","
            + "\"addressLine3\":[{\"language\":\"eng\",\"value\":\"a\"}],"
            + "\"location1\":[{\"language\":\"eng\",\"value\":\"b\"}],"
            + "\"postalCode\":\"14022\",\"residenceStatus\":\"NFR\","
            + "\"zone\":[{\"language\":\"fra\",\"value\":\"c\"}]},"
            + "\"otp\":\"\",\"timestamp\":\"t\"}");
  }

  @Test
  void demographicsThatCannotBeMeantAreRefused() {
    assertThatThrownBy(() -> Demographics.builder().build())
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Demographics.builder().name("eng", "a").name("eng", "b"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Demographics.builder().plain("name", "a").name("eng", "b"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Demographics.builder().name("eng", "a").plain("name", "b"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Demographics.builder().addressLine(4, "eng", "a"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void factorsAreNotPrinted() {
    Demographics demographics = Demographics.builder().name("eng", "Secret Name").build();
    assertThat(new InnerRequest(List.of(), demographics, "654321", "t", "9876").toString())
        .doesNotContain("654321", "Secret", "9876");
    assertThat(demographics.toString()).isEqualTo("Demographics[name]");
  }

  private static void assertWritten(Object value, String text) {
    assertThat(new String(Json.write(value), StandardCharsets.UTF_8)).isEqualTo(text);
  }
}
