package io.watchword.client.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.watchword.wire.kernel.KernelError;
import org.junit.jupiter.api.Test;

/** Codes of both dialects for the same condition have one reason (contract kernel A and E). */
class VocabularyTest {

  @Test
  void aCodeThatNobodyKnowsIsJudgedByTheStatus() {
    assertThat(Vocabulary.of(Call.SEND_CODE, 200, error("KER-XYZ-999")))
        .isEqualTo(RefusalReason.OTHER);
    assertThat(Vocabulary.of(Call.SEND_CODE, 200, error(""))).isEqualTo(RefusalReason.OTHER);
    assertThat(Vocabulary.of(Call.SEND_CODE, 503, error("KER-XYZ-999")))
        .isEqualTo(RefusalReason.SERVER_FAULT);
    assertThat(Vocabulary.of(Call.GENERATE_CODE, 401, error("KER-XYZ-999")))
        .isEqualTo(RefusalReason.TOKEN_INVALID);
    assertThat(Vocabulary.of(Call.GENERATE_CODE, 403, error("KER-XYZ-999")))
        .isEqualTo(RefusalReason.FORBIDDEN);
  }

  @Test
  void theRefusalsOfSendingCorrespond() {
    same(
        RefusalReason.CHANNEL_INVALID,
        Call.SEND_CODE,
        error("KER-AUTH-CHANNEL_INVALID"),
        error("500"));
    same(
        RefusalReason.SEVERAL_CHANNELS,
        Call.SEND_CODE,
        error("AUTH_ERR_MULTIPLE_CHANNELS"),
        new KernelError(
            "KER-ATH-401", "Multiple channels are not supported for this application "));
    same(
        RefusalReason.USER_UNKNOWN,
        Call.SEND_CODE,
        error("AUTH_ERR_USER_NOT_FOUND"),
        error("KER-ATH-003"),
        error("IDR-IDC-002"),
        error("IDR-IDS-002"),
        error("IDR-IDC-007"));
    same(
        RefusalReason.ADDRESS_MISSING,
        Call.SEND_CODE,
        error("AUTH_ERR_CHANNELPATH_NOT_FOUND"),
        error("KER-SOT-001"),
        error("KER-SOT-002"),
        error("KER-SOT-003"));
    same(RefusalReason.APPLICATION_UNKNOWN, Call.SEND_CODE, error("KER-ATH-026"));
    same(
        RefusalReason.REQUEST_INVALID,
        Call.SEND_CODE,
        error("KER-ATH-019"),
        error("401"),
        new KernelError("KER-ATH-401", "Invalid User id "),
        new KernelError("KER-ATH-401", "Context is null,Please enter a valid context"));
    same(
        RefusalReason.NOT_SENT,
        Call.SEND_CODE,
        error("KER-SOT-004"),
        error("KER-SOT-006"),
        error("KER-SOT-007"),
        error("KER-SOT-009"),
        error("KER-ATH-436"),
        error("KER-NOE-001"),
        error("KER-NOS-002"));
    same(RefusalReason.BLOCKED, Call.SEND_CODE, error("KER-SOT-008"));
  }

  @Test
  void theRefusalsOfLoggingInCorrespond() {
    same(
        RefusalReason.CREDENTIALS_WRONG,
        Call.LOG_IN_BY_SECRET,
        error("AUTH_ERR_INVALIDCLIENTIDCREDENTIALS"),
        error("KER-ATH-101"),
        error("KER-ATH-004"),
        new KernelError("500", "401 Unauthorized: [no body]"));
    same(
        RefusalReason.SERVER_FAULT,
        Call.LOG_IN_BY_SECRET,
        new KernelError("500", "Connection refused"),
        error("KER-OTV-500"));
    same(RefusalReason.USER_UNKNOWN, Call.LOG_IN_BY_CODE, error("KER-ATH-003"));
    same(RefusalReason.CODE_WRONG, Call.LOG_IN_BY_CODE, error("AUTH_ERR_INVALIDOTP"));
    same(RefusalReason.CODE_EXPIRED, Call.LOG_IN_BY_CODE, error("AUTH_ERR_EXPIREDOTP"));
    same(RefusalReason.CODE_NOT_EXPECTED, Call.LOG_IN_BY_CODE, error("KER-OTV-005"));
    same(
        RefusalReason.APPLICATION_UNKNOWN,
        Call.LOG_IN_BY_CODE,
        error("AUTH_ERR_INVALIDAPPID"),
        error("KER-ATH-026"),
        error("KER-ATH-008"));
  }

  @Test
  void theRefusalsOfTokensCorrespond() {
    same(
        RefusalReason.TOKEN_INVALID,
        Call.VALIDATE_TOKEN,
        error("AUTH_ERR_TOKENNOTVALID"),
        error("KER-ATH-401"));
    same(RefusalReason.TOKEN_INVALID, Call.LOG_OUT, error("KER-ATH-008"));
    same(RefusalReason.TOKEN_EXPIRED, Call.VALIDATE_TOKEN, error("KER-ATH-402"));
    same(
        RefusalReason.TOKEN_MISSING,
        Call.LOG_OUT,
        error("AUTH_ERR_COOKIEEMPTY"),
        error("KER-ATH-006"),
        error("KER-ATH-007"));
  }

  @Test
  void theRefusalsOfRenewingCorrespond() {
    same(
        RefusalReason.TOKEN_INVALID,
        Call.RENEW_TOKEN,
        new KernelError("500", "Token doesn't exist"),
        new KernelError("500", "Client error occured with message invalid_grant"),
        error("KER-ATH-401"),
        error("KER-ATH-008"));
    same(
        RefusalReason.TOKEN_EXPIRED,
        Call.RENEW_TOKEN,
        new KernelError("500", "Refresh Token Expired"),
        error("KER-ATH-402"));
    same(RefusalReason.TOKEN_MISSING, Call.RENEW_TOKEN, error("KER-ATH-006"), error("KER-ATH-007"));
    same(RefusalReason.APPLICATION_UNKNOWN, Call.RENEW_TOKEN, error("KER-ATH-026"));
    same(
        RefusalReason.SERVER_FAULT,
        Call.RENEW_TOKEN,
        new KernelError("500", "Internal server error"));
  }

  @Test
  void theNumbersThatTheAdapterUsesForItselfAreFaultsBehindIt() {
    for (Call call : new Call[] {Call.GENERATE_CODE, Call.VALIDATE_CODE}) {
      same(
          RefusalReason.SERVER_FAULT,
          call,
          error("KER-ATH-003"),
          error("KER-ATH-004"),
          error("KER-ATH-005"),
          error("KER-ATH-006"),
          error("KER-ATH-007"),
          error("KER-OTG-002"),
          error("KER-OTV-500"));
      same(RefusalReason.TOKEN_INVALID, call, error("KER-ATH-401"));
      same(RefusalReason.FORBIDDEN, call, error("KER-ATH-403"));
      same(
          RefusalReason.REQUEST_INVALID,
          call,
          error("KER-OTG-001"),
          error("KER-OTV-001"),
          error("KER-OTV-002"),
          error("KER-OTV-003"),
          error("KER-OTV-004"),
          error("KER-OTV-999"));
    }
  }

  private static void same(RefusalReason reason, Call call, KernelError... errors) {
    for (KernelError error : errors) {
      assertThat(Vocabulary.of(call, 200, error)).as(error.toString()).isEqualTo(reason);
    }
  }

  private static KernelError error(String code) {
    return new KernelError(code, "m");
  }
}
