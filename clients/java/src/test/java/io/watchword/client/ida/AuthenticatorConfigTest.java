package io.watchword.client.ida;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.watchword.client.ida.IdaCounterpart.Reply;
import io.watchword.wire.protection.JwsAlgorithm;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Contract ida 11. */
class AuthenticatorConfigTest {

  private static final String PASSWORD = "correct horse";

  @TempDir private Path folder;
  private List<String> lines;

  @BeforeEach
  void writeFiles() throws Exception {
    keyStore("sign.p12", TestKeys.PARTNER.certificate());
    Files.writeString(
        folder.resolve("ida.pem"),
        "-----BEGIN CERTIFICATE-----\n"
            + Base64.getMimeEncoder().encodeToString(TestKeys.ENCRYPTION.certificate().getEncoded())
            + "\n-----END CERTIFICATE-----\n");
    lines =
        new ArrayList<>(
            List.of(
                "[mosip_auth]",
                "timestamp_format = \"%Y-%m-%dT%H:%M:%S\"",
                "ida_auth_version = \"1.0\"",
                "ida_auth_request_demo_id = \"mosip.identity.auth\"",
                "ida_auth_request_kyc_id = \"mosip.identity.kyc\"",
                "ida_auth_request_otp_id = \"mosip.identity.otp\"",
                "ida_auth_env = \"Staging\"",
                "authorization_header_constant = \"let me in\"",
                "partner_id = \"partner-1\"",
                "partner_apikey = \"4711\"",
                "partner_misp_lk = \"lk-1\"",
                "[mosip_auth_server]",
                "ida_auth_domain_uri = \"https://host\"",
                "ida_auth_url = \"https://host/idauthentication/v1\"",
                "[crypto_encrypt]",
                "symmetric_key_size = 256",
                "symmetric_nonce_size = 128",
                "symmetric_gcm_tag_size = 128",
                "encrypt_cert_path = \"" + folder.resolve("ida.pem") + "\"",
                "decrypt_p12_file_path = \"" + folder.resolve("sign.p12") + "\"",
                "decrypt_p12_file_password = \"" + PASSWORD + "\"",
                "[crypto_signature]",
                "algorithm = \"RS256\"",
                "sign_p12_file_path = \"" + folder.resolve("sign.p12") + "\"",
                "sign_p12_file_password = \"" + PASSWORD + "\"",
                "[logging]",
                "log_file_path = \"authenticator.log\"",
                "log_format = \"%(asctime)s\"",
                "loglevel = \"INFO\""));
  }

  @Test
  void eachMissingKeyIsNamedWithItsSection() throws Exception {
    String section = "";
    for (String line : List.copyOf(lines)) {
      if (line.startsWith("[")) {
        section = line;
      } else if (!section.equals("[logging]")) {
        String key = line.substring(0, line.indexOf(' '));
        lines.remove(line);
        assertThat(problems()).containsExactly(section + " " + key + " is missing");
        writeFiles();
      }
    }
  }

  @Test
  void allProblemsAreToldAtOnceAndWithoutSecrets() throws Exception {
    set("partner_id", "1234");
    set("partner_apikey", "\" \"");
    set("symmetric_key_size", "128");
    set("timestamp_format", "\"%d.%m.%Y\"");
    set("algorithm", "\"none\"");
    set("ida_auth_url", "\"ftp://host\"");
    set("encrypt_cert_path", "\"" + folder.resolve("absent.pem") + "\"");
    set("decrypt_p12_file_password", "\"wrong\"");
    set("sign_p12_file_path", "\"" + folder.resolve("ida.pem") + "\"");
    List<String> problems = problems();
    assertThat(problems)
        .containsExactlyInAnyOrder(
            "[mosip_auth] partner_id must be text: put it in quotes",
            "[mosip_auth] partner_apikey is empty",
            "[crypto_encrypt] symmetric_key_size must be 256",
            "[mosip_auth] timestamp_format must be \"%Y-%m-%dT%H:%M:%S\"",
            "[crypto_signature] algorithm must be RS256 or another that signs",
            "the service URL must start with http:// or https:// and name a host only",
            "[crypto_encrypt] encrypt_cert_path: there is no file " + folder.resolve("absent.pem"),
            "[crypto_encrypt] decrypt_p12_file_path: "
                + folder.resolve("sign.p12")
                + " is no PKCS#12 file that opens with the given password",
            "[crypto_signature] sign_p12_file_path: "
                + folder.resolve("ida.pem")
                + " is no PKCS#12 file that opens with the given password");
    assertThat(String.join(" ", problems)).doesNotContain(PASSWORD, "wrong");
  }

  @Test
  void aKeyThatDoesNotBelongToTheSigningCertificateIsFound() throws Exception {
    keyStore("sign.p12", TestKeys.SIGN.certificate());
    assertThat(problems())
        .containsExactly("the signing key does not belong to the signing certificate");
  }

  @Test
  void aFileThatIsNoTomlIsRefusedByPositionWithoutQuotingIt() throws Exception {
    lines.add("secret = geheim geheim");
    List<String> problems = problems();
    assertThat(problems).isNotEmpty().allMatch(p -> p.matches("line 30, column \\d+ is not TOML"));
    assertThatThrownBy(() -> AuthenticatorConfig.read(folder.resolve("absent.toml")))
        .isInstanceOf(InvalidConfigException.class);
  }

  @Test
  void aTrustedCertificateThatIsNotThereIsAProblem() throws Exception {
    lines.add(lines.indexOf("[logging]"), "response_cert_path = \"/nowhere/ca.pem\"");
    assertThat(problems())
        .containsExactly("[crypto_signature] response_cert_path: there is no file /nowhere/ca.pem");
  }

  @Test
  void aBuilderWithoutValuesNamesAllThatAreNeeded() {
    InvalidConfigException e =
        catchThrowableOfType(
            InvalidConfigException.class, () -> AuthenticatorConfig.builder().build());
    assertThat(e.problems())
        .containsExactly(
            "the service URL is missing",
            "the partner id is missing",
            "the partner's API key is missing",
            "the MISP's licence key is missing",
            "the server's encryption certificate is missing",
            "the decryption key is missing",
            "the signing key is missing",
            "the signing certificate is missing");
  }

  @Test
  void aBuilderWithUnusableValuesNamesThem() {
    InvalidConfigException e =
        catchThrowableOfType(
            InvalidConfigException.class,
            () ->
                Configs.builder(URI.create("https://user@host/x?y"))
                    .authorization("")
                    .algorithm(JwsAlgorithm.ES256)
                    .requestTimeout(Duration.ZERO)
                    .build());
    assertThat(e.problems())
        .containsExactly(
            "the service URL must start with http:// or https:// and name a host only",
            "the Authorization value must not be empty",
            "the signing key does not suit ES256",
            "timeouts must be longer than zero");
  }

  @Test
  void theFileOfThePublishedClientIsEnough() throws Exception {
    try (IdaCounterpart server = new IdaCounterpart()) {
      set("ida_auth_url", "\"" + server.url() + "/\"");
      lines.add(lines.indexOf("[logging]"), "response_cert_path = \"" + certificateFile() + "\"");
      server.answers(request ->
          Reply.of("{\"transactionID\":\"1234567890\",\"response\":{\"maskedEmail\":\"m\"}}"));
      new Authenticator(AuthenticatorConfig.builderFrom(write()).time(() -> TestKeys.NOW).build())
          .genOtp(Individual.uin("2047631038"), "1234567890", Channel.EMAIL);
      assertThat(server.last().path()).isEqualTo("/idauthentication/v1/otp/lk-1/partner-1/4711");
    }
  }

  private Path certificateFile() throws Exception {
    return Files.write(folder.resolve("sign.der"), TestKeys.SIGN.certificate().getEncoded());
  }

  private void keyStore(String name, Certificate certificate) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry(
        "partner", TestKeys.PARTNER.key(), PASSWORD.toCharArray(), new Certificate[] {certificate});
    try (OutputStream out = Files.newOutputStream(folder.resolve(name))) {
      store.store(out, PASSWORD.toCharArray());
    }
  }

  private void set(String key, String value) {
    lines.replaceAll(line -> line.startsWith(key + " =") ? key + " = " + value : line);
  }

  private Path write() throws Exception {
    return Files.write(folder.resolve("config.toml"), lines);
  }

  private List<String> problems() throws Exception {
    Path file = write();
    return catchThrowableOfType(InvalidConfigException.class, () -> AuthenticatorConfig.read(file))
        .problems();
  }
}
