package io.watchword.core.mobile;

import static org.assertj.core.api.Assertions.assertThat;

import io.watchword.core.delivery.Errand;
import io.watchword.core.delivery.Errands;
import io.watchword.core.delivery.LetterKind;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeviceNoticesTest {

  private static final Instant NOW = Instant.parse("2026-11-24T10:15:30Z");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://bank.example/pay?x=1",
        "bank.example",
        "report@bank.example",
        "a\u202Eb\u2066c\u200Fd",
        "bank.\u200Cexample",
        "bank\u200C.\u200Dexample",
        "call +91 90000 00200 now",
        "call \u0669\u0660\u0660\u0660\u0660\u0660\u0660\u0662\u0660\u0660",
        "go to 192.0.2.17",
        "a\nb\r\nc\u2028d\u0000",
        "<b>x</b> ${name_eng} $app",
        "\uD800 half",
      })
  @DisplayName(
      "a name cannot break a line, turn the direction, be markup, a variable, a link or a number")
  void bent(String name) {
    assertThat(DeviceNotices.shown(name))
        .doesNotContainPattern("[\\p{Cntrl}\\u2028\\u2029\\u200F\\u202A-\\u202E\\u2066-\\u2069]")
        .doesNotContainPattern("[<>@$/:{}\\uD800]")
        .doesNotContainPattern("\\p{L}[\\u200C\\u200D]*[.]")
        .doesNotContainPattern("[.].*[.]")
        .doesNotContainPattern("(\\p{Nd}.*){8}")
        .isNotBlank();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Jane's phone",
        "Pixel 7 (work)",
        "Zoé’s Galaxy S24+, #2",
        "Android 14.1",
        "Xiaomi 2201116SG",
        "هاتف إبراهيم",
        "می‌خواهم",
        "क्षमा का फ़ोन"
      })
  @DisplayName("names that phones have stay as they are")
  void ordinary(String name) {
    assertThat(DeviceNotices.shown(name)).isEqualTo(name);
  }

  @Test
  @DisplayName("a long name is cut between characters, and one of which nothing is left is a dash")
  void bounds() {
    assertThat(DeviceNotices.shown("x".repeat(100))).isEqualTo("x".repeat(40));
    assertThat(DeviceNotices.shown("𐌰".repeat(50))).isEqualTo("𐌰".repeat(40));
    assertThat(DeviceNotices.shown("/".repeat(100))).isEqualTo("-");
    assertThat(DeviceNotices.shown(" /".repeat(49) + "story")).isEqualTo("story");
  }

  @Test
  @DisplayName("the errand is for the account, and has every variable of its letter and no others")
  void errand() {
    var notices = new DeviceNotices(taken -> {}, ZoneId.of("+05:30"));
    Errand errand =
        notices.of(
            "0a",
            new Enrollment(
                "account",
                "PROFILE",
                "bank-app",
                new Device("d1", "A phone", "android", null, null),
                "key",
                "x",
                "y",
                NOW,
                NOW,
                null));
    assertThat(errand.kind().letter()).isEqualTo(LetterKind.DEVICE);
    assertThat(errand.personId()).isEqualTo("account");
    assertThat(errand.variables().keySet()).isEqualTo(LetterKind.DEVICE.variables());
    assertThat(errand.variables())
        .containsEntry("device", "A phone")
        .containsEntry("app", "bank-app")
        .containsEntry("date", "24-11-2026")
        .containsEntry("time", "15:45:30");
    assertThat(errand.due()).isEqualTo(NOW.plus(Errands.LEASE));
  }
}
