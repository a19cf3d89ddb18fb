package io.watchword.server.cli;

import io.watchword.server.keys.Certificates;
import io.watchword.server.keys.KeyUse;
import io.watchword.server.partners.PartnerKey;
import io.watchword.server.partners.Provisioning;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Takes a relying party on. */
@Command(
    name = "onboard",
    mixinStandardHelpOptions = true,
    description = {
      "Takes a relying party on: signs its certificate and gives it an API key for a policy.",
      "Shows the API key, once, and writes the signed certificate with its issuers (PARTNER.pem) and"
          + " the certificate to which the partner encrypts (ida_partner.pem)."
    })
final class OnboardCommand implements PlatformCommand {

  private static final int LONGEST = 64 * 1024;
  private static final Base64.Encoder PEM =
      Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));

  @Mixin private DataOptions data = new DataOptions();

  @Parameters(paramLabel = "PARTNER", description = "the partner's id, part of its paths")
  private String id = "";

  @Option(names = "--name", required = true, description = "for people")
  private String name = "";

  @Option(names = "--policy", required = true, paramLabel = "ID", description = "what it may ask")
  private String policy = "";

  @ArgGroup(multiplicity = "1")
  private @Nullable KeyOptions key;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "where the files are written (the current folder)")
  private Path out = Path.of("");

  /** Whose key it is; one of them. */
  static final class KeyOptions {
    @Option(
        names = "--certificate",
        paramLabel = "FILE",
        description = "the partner shows its certificate (PEM or DER)")
    private @Nullable Path certificate;

    @Option(
        names = "--request",
        paramLabel = "FILE",
        description = "the partner asks by a signing request (PKCS #10)")
    private @Nullable Path request;

    @Option(
        names = "--generate",
        paramLabel = "ORGANISATION",
        description = "makes the key here, for an organisation of this name; writes PARTNER.key")
    private @Nullable String organisation;
  }

  @Override
  public DataOptions data() {
    return data;
  }

  @Override
  public Optional<Path> input() {
    KeyOptions given = Objects.requireNonNull(key);
    return Optional.ofNullable(given.certificate == null ? given.request : given.certificate);
  }

  @Override
  public Path output() {
    return out;
  }

  @Override
  public int run(Work work) throws IOException {
    Provisioning.Onboarded onboarded =
        work.platform().provisioning().onboard(work.operator(), id, name, key(work), policy);
    write(work, id + ".pem", Certificates.pem(onboarded.chain()));
    write(
        work,
        "ida_partner.pem",
        Certificates.pem(work.platform().keys().certificate(KeyUse.IDA_PARTNER)));
    if (onboarded.privateKey() != null) {
      write(
          work,
          id + ".key",
          "-----BEGIN PRIVATE KEY-----\n"
              + PEM.encodeToString(onboarded.privateKey().getEncoded())
              + "\n-----END PRIVATE KEY-----\n");
    }
    work.answer().out("API key, shown this once: " + onboarded.apiKey());
    return 0;
  }

  private PartnerKey key(Work work) throws IOException {
    KeyOptions given = Objects.requireNonNull(key);
    if (given.organisation != null) {
      return new PartnerKey.Generated(given.organisation);
    }
    byte[] bytes = work.in().readNBytes(LONGEST + 1);
    if (bytes.length > LONGEST) {
      throw new IOException("the file is longer than any certificate");
    }
    return given.certificate != null
        ? new PartnerKey.Presented(bytes)
        : new PartnerKey.Requested(bytes);
  }

  private static void write(Work work, String name, String text) {
    work.answer().file(name, text.getBytes(StandardCharsets.US_ASCII));
    work.answer().out("wrote " + name);
  }
}
