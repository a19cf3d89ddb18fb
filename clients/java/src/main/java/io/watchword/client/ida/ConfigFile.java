package io.watchword.client.ida;

import io.watchword.client.ida.KeyFiles.UnusableFileException;
import io.watchword.wire.protection.JwsAlgorithm;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tomlj.Toml;
import org.tomlj.TomlParseError;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlTable;

/** Reads the published client's configuration file (contract ida 11) into a builder. */
final class ConfigFile {

  // The only form that the wire accepts (contract ida 2.5); milliseconds and Z are added.
  private static final String TIMESTAMP_FORMAT = "%Y-%m-%dT%H:%M:%S";

  private final TomlTable root;
  private final List<String> problems = new ArrayList<>();

  private ConfigFile(TomlTable root) {
    this.root = root;
  }

  static AuthenticatorConfig.Builder read(Path path) {
    TomlParseResult parsed;
    try {
      parsed = Toml.parse(path);
    } catch (IOException e) {
      throw new InvalidConfigException(List.of("the file " + path + " cannot be read"));
    }
    if (parsed.hasErrors()) {
      // The parser's own sentences quote the text, which may be a password.
      throw new InvalidConfigException(
          parsed.errors().stream()
              .map(TomlParseError::position)
              .map(position ->
                  "line %d, column %d is not TOML".formatted(position.line(), position.column()))
              .toList());
    }
    return new ConfigFile(parsed).builder();
  }

  private AuthenticatorConfig.Builder builder() {
    AuthenticatorConfig.Builder builder = AuthenticatorConfig.builder();
    readService(new Section("mosip_auth_server"), builder);
    readPartner(new Section("mosip_auth"), builder);
    readEncryption(new Section("crypto_encrypt"), builder);
    readSigning(new Section("crypto_signature"), builder);
    if (!problems.isEmpty()) {
      problems.addAll(builder.faults());
      throw new InvalidConfigException(problems);
    }
    return builder;
  }

  private void readService(Section section, AuthenticatorConfig.Builder builder) {
    section.text("ida_auth_domain_uri").ifPresent(builder::domainUri);
    section
        .text("ida_auth_url")
        .ifPresent(url -> {
          try {
            builder.serviceUrl(new URI(url));
          } catch (URISyntaxException e) {
            section.problem("ida_auth_url", "is no URL");
          }
        });
  }

  private void readPartner(Section section, AuthenticatorConfig.Builder builder) {
    section.text("ida_auth_version").ifPresent(builder::version);
    section.text("ida_auth_env").ifPresent(builder::environment);
    section.text("authorization_header_constant").ifPresent(builder::authorization);
    builder.requestIds(
        section.text("ida_auth_request_otp_id").orElse(""),
        section.text("ida_auth_request_demo_id").orElse(""),
        section.text("ida_auth_request_kyc_id").orElse(""));
    builder.partner(
        section.text("partner_id").orElse(""),
        section.text("partner_apikey").orElse(""),
        section.text("partner_misp_lk").orElse(""));
    section
        .text("timestamp_format")
        .filter(format -> !format.equals(TIMESTAMP_FORMAT))
        .ifPresent(
            format -> section.problem("timestamp_format", "must be \"" + TIMESTAMP_FORMAT + "\""));
  }

  private void readEncryption(Section section, AuthenticatorConfig.Builder builder) {
    section.number("symmetric_key_size", 256);
    section.number("symmetric_nonce_size", 128);
    section.number("symmetric_gcm_tag_size", 128);
    section
        .path("encrypt_cert_path")
        .ifPresent(path -> {
          try {
            builder.encryptionCertificate(KeyFiles.certificate(path));
          } catch (UnusableFileException e) {
            section.problem("encrypt_cert_path", e);
          }
        });
    section.pair("decrypt_p12_file").ifPresent(pair -> builder.decryptionKey(pair.key()));
  }

  private void readSigning(Section section, AuthenticatorConfig.Builder builder) {
    section
        .text("algorithm")
        .ifPresent(name ->
            JwsAlgorithm.named(name)
                .ifPresentOrElse(
                    builder::algorithm,
                    () -> section.problem("algorithm", "must be RS256 or another that signs")));
    section
        .pair("sign_p12_file")
        .ifPresent(pair -> builder.signing(pair.key(), pair.certificate()));
    if (section.has("response_cert_path")) {
      section
          .path("response_cert_path")
          .ifPresent(path -> {
            try {
              builder.responseCertificate(KeyFiles.certificate(path));
            } catch (UnusableFileException e) {
              section.problem("response_cert_path", e);
            }
          });
    }
  }

  /** One table of the file; what it cannot give it adds to the problems. */
  private final class Section {

    private final String name;

    Section(String name) {
      this.name = name;
    }

    boolean has(String key) {
      return root.contains(List.of(name, key));
    }

    Optional<String> text(String key) {
      Object value = root.get(List.of(name, key));
      if (value instanceof String text && !text.isBlank()) {
        return Optional.of(text);
      }
      if (value == null) {
        problem(key, "is missing");
      } else if (value instanceof String) {
        problem(key, "is empty");
      } else {
        problem(key, "must be text: put it in quotes");
      }
      return Optional.empty();
    }

    void number(String key, long only) {
      Object value = root.get(List.of(name, key));
      if (value == null) {
        problem(key, "is missing");
      } else if (!value.equals(only) && !value.equals(Long.toString(only))) {
        problem(key, "must be " + only);
      }
    }

    Optional<Path> path(String key) {
      return text(key)
          .flatMap(text -> {
            try {
              return Optional.of(Path.of(text));
            } catch (InvalidPathException e) {
              problem(key, "is no path");
              return Optional.empty();
            }
          });
    }

    /** The key store that {@code PREFIX_path} names and {@code PREFIX_password} opens. */
    Optional<KeyFiles.Pair> pair(String prefix) {
      Optional<Path> path = path(prefix + "_path");
      Optional<String> password = text(prefix + "_password");
      if (path.isEmpty() || password.isEmpty()) {
        return Optional.empty();
      }
      try {
        return Optional.of(KeyFiles.pkcs12(path.get(), password.get().toCharArray()));
      } catch (UnusableFileException e) {
        problem(prefix + "_path", e);
        return Optional.empty();
      }
    }

    void problem(String key, String what) {
      problems.add("[" + name + "] " + key + " " + what);
    }

    void problem(String key, UnusableFileException e) {
      problems.add("[" + name + "] " + key + ": " + e.getMessage());
    }
  }
}
