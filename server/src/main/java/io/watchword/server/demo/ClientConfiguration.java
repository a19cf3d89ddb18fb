package io.watchword.server.demo;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The configuration file of the published Python client, TOML (contract ida 11). */
final class ClientConfiguration {

  private static final Pattern ENTRY = Pattern.compile("(\\s*)([a-z0-9_]+)(\\s*=\\s*).*");
  private static final int FIRST_PRINTABLE = 0x20;
  private static final int DELETE = 0x7f;

  private ClientConfiguration() {}

  /** What depends on where the server listens and where the folder lies. */
  record Place(String address, Path folder) {

    Map<String, String> entries() {
      var entries = new LinkedHashMap<String, String>();
      entries.put("ida_auth_domain_uri", address);
      entries.put("ida_auth_url", address + "/idauthentication/v1");
      entries.put("encrypt_cert_path", path(DemoPartnerFiles.ENCRYPTION_CERTIFICATE));
      entries.put("decrypt_p12_file_path", path(DemoPartnerFiles.UNSIGNED_KEYSTORE));
      entries.put("sign_p12_file_path", path(DemoPartnerFiles.SIGNED_KEYSTORE));
      return entries;
    }

    private String path(String name) {
      return folder.toAbsolutePath().normalize().resolve(name).toString();
    }
  }

  /** What the partner was given. */
  record Access(
      String partnerId,
      String apiKey,
      String licenceKey,
      String unsignedPassword,
      String signedPassword) {

    /** Without secrets. */
    @Override
    public String toString() {
      return "Access[" + partnerId + "]";
    }
  }

  static String text(Place place, Access access) {
    String template =
        """
        # Written by the demo. Addresses and paths are set at each start; the rest is kept.

        [mosip_auth]
        timestamp_format = "%Y-%m-%dT%H:%M:%S"
        ida_auth_version = "1.0"
        ida_auth_request_demo_id = "mosip.identity.auth"
        ida_auth_request_kyc_id = "mosip.identity.kyc"
        ida_auth_request_otp_id = "mosip.identity.otp"
        ida_auth_env = "Staging"
        authorization_header_constant = "Authorization"
        partner_id = ""
        partner_apikey = ""
        partner_misp_lk = ""

        [mosip_auth_server]
        ida_auth_domain_uri = ""
        ida_auth_url = ""

        [crypto_encrypt]
        symmetric_key_size = 256
        symmetric_nonce_size = 128
        symmetric_gcm_tag_size = 128
        encrypt_cert_path = ""
        decrypt_p12_file_path = ""
        decrypt_p12_file_password = ""

        [crypto_signature]
        algorithm = "RS256"
        sign_p12_file_path = ""
        sign_p12_file_password = ""

        [logging]
        log_file_path = "authenticator.log"
        log_format = "%(asctime)s - %(name)s - %(levelname)s - %(message)s"
        loglevel = "INFO"
        """;
    var entries = new LinkedHashMap<String, String>(place.entries());
    entries.put("partner_id", access.partnerId());
    entries.put("partner_apikey", access.apiKey());
    entries.put("partner_misp_lk", access.licenceKey());
    entries.put("decrypt_p12_file_password", access.unsignedPassword());
    entries.put("sign_p12_file_password", access.signedPassword());
    return withEntries(template, entries);
  }

  /** The same file for another place; whatever else its owner changed stays. */
  static String moved(String text, Place place) {
    return withEntries(text, place.entries());
  }

  private static String withEntries(String text, Map<String, String> entries) {
    StringBuilder changed = new StringBuilder(text.length() + 256);
    text.lines()
        .forEach(line -> {
          Matcher entry = ENTRY.matcher(line);
          String value = entry.matches() ? entries.get(entry.group(2)) : null;
          changed
              .append(
                  value == null
                      ? line
                      : entry.group(1) + entry.group(2) + entry.group(3) + quoted(value))
              .append('\n');
        });
    return changed.toString();
  }

  /** A basic string of TOML 1.0. */
  private static String quoted(String value) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '"' || c == '\\') {
        quoted.append('\\').append(c);
      } else if (c < FIRST_PRINTABLE || c == DELETE) {
        quoted.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
      } else {
        quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }
}
