package io.watchword.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.watchword.server.RelyingParty.Reply;
import io.watchword.testkit.smtp.MailServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A whole server that sends its mail as the README tells an operator to set it. */
class RealLetterTest {

  private static final Pattern EXAMPLE =
      Pattern.compile("<!-- example: mail -->\\s*```yaml\\n(.*?)```", Pattern.DOTALL);
  private static final Pattern CODE = Pattern.compile("(?<![0-9])[0-9]{6}(?![0-9])");
  private static final String PASSWORD = "the office's password";

  @TempDir private Path folder;

  /** The README's own words, with the address, the certificate and the password of this test. */
  private Path settings(MailServer mail) throws IOException {
    Matcher example =
        EXAMPLE.matcher(Files.readString(DemoServer.projectFolder().resolve("README.md")));
    assertThat(example.find()).as("the README tells how to use one's own mail server").isTrue();
    Path certificate = Files.writeString(folder.resolve("mail.pem"), mail.certificate());
    Path password = Files.writeString(folder.resolve("password"), PASSWORD + "\n");
    String host = "host: smtp.example.org";
    String file = "/etc/watchword/smtp-password";
    assertThat(example.group(1)).contains(host, file, "security: starttls");
    return Files.writeString(
        folder.resolve("office.yaml"),
        example
            .group(1)
            .replace(file, password.toString())
            .replace(
                host,
                "host: 127.0.0.1, port: %d, trusted-certificates: %s"
                    .formatted(mail.port(), certificate)
                    .replace(", ", "\n      ")));
  }

  @Test
  void theCodeInALetterThatArrivedAtTheMailServerAuthenticatesItsReader() throws Exception {
    try (MailServer mail = MailServer.start(MailServer.Protection.STARTTLS)) {
      mail.addLogin("watchword", PASSWORD);
      try (DemoServer demo = DemoServer.in(folder.resolve("data"), settings(mail));
          RelyingParty party = RelyingParty.of(demo)) {
        JsonNode person = demo.people("plain").getFirst();
        String uin = person.get("uin").stringValue();
        String address = person.get("email").stringValue();

        assertThat(party.send(party.otp(uin, "realletter", "email")).codes()).isEmpty();
        assertThat(mail.received()).hasSize(1);
        MailServer.Mail letter = mail.received().getFirst();
        assertThat(letter.header("To")).contains(address);
        assertThat(letter.header("From").orElse("")).contains("no-reply@example.org");
        assertThat(letter.subject()).isNotBlank();
        assertThat(demo.letters(address)).isEmpty();

        Matcher found = CODE.matcher(letter.text());
        assertThat(found.find()).as(letter.text()).isTrue();
        String code = found.group();
        String other = code.equals("000000") ? "000001" : "000000";
        assertThat(party.send(party.auth("kyc", uin, "realletter").code(other)).codes())
            .containsExactly("IDA-OTA-004");
        Reply kyc = party.send(party.auth("kyc", uin, "realletter").code(code));
        assertThat(kyc.codes()).isEmpty();
        assertThat(party.identity(kyc).get("name_eng").stringValue())
            .isEqualTo(person.get("name").stringValue());
        assertThat(party.send(party.auth("auth", uin, "realletter").code(code)).codes())
            .containsExactly("IDA-OTA-012");
      }
    }
  }
}
