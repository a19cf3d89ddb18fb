package io.watchword.server.cli;

import io.watchword.core.partner.ApiKey;
import io.watchword.core.partner.Licence;
import io.watchword.core.partner.Partner;
import io.watchword.core.unit.Store;
import io.watchword.server.keys.Certificates;
import io.watchword.server.partners.Provisioning;
import java.security.cert.X509Certificate;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists partners, API keys and licences. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = {
      "Lists partners, then API keys, then licences.",
      "Keys are listed by their id, from which they cannot be found out."
    })
final class PartnerListCommand implements PlatformCommand {

  @Mixin private DataOptions data = new DataOptions();

  @Override
  public DataOptions data() {
    return data;
  }

  @Override
  public int run(Work work) {
    Provisioning provisioning = work.platform().provisioning();
    var partners = new Columns("PARTNER", "STATUS", "CERTIFICATE ENDS", "SHA-256", "NAME");
    for (Partner partner : provisioning.partners()) {
      // Relying parties of the identity v1 door may have none.
      X509Certificate certificate =
          partner.certificate().length == 0 ? null : Certificates.stored(partner.certificate());
      partners.row(
          partner.id(),
          Words.of(partner.status()),
          certificate == null ? "-" : certificate.getNotAfter().toInstant().toString(),
          certificate == null ? "-" : Certificates.sha256(certificate),
          partner.name());
    }
    partners.print(work.answer());
    work.answer().out("");
    var keys = new Columns("API KEY OF", "POLICY", "STATUS", "FROM", "UNTIL", "ID");
    for (Store.Entry<ApiKey> entry : provisioning.apiKeys()) {
      ApiKey key = entry.row();
      keys.row(
          key.partner(),
          key.policy(),
          Words.of(key.status()),
          key.commencesAt().toString(),
          until(key.expiresAt()),
          entry.id());
    }
    keys.print(work.answer());
    work.answer().out("");
    var licences = new Columns("LICENCE OF", "STATUS", "FROM", "UNTIL", "ID");
    for (Store.Entry<Licence> entry : provisioning.licences()) {
      Licence licence = entry.row();
      licences.row(
          licence.owner(),
          Words.of(licence.status()),
          licence.commencesAt().toString(),
          until(licence.expiresAt()),
          entry.id());
    }
    licences.print(work.answer());
    return 0;
  }

  private static String until(@Nullable Instant end) {
    return end == null ? "-" : end.toString();
  }
}
