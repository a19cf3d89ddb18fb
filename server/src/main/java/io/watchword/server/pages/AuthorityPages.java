package io.watchword.server.pages;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerResponse;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;

/**
 * The certificate of the demo's own authority, as phones take it: DER, to be installed. It comes
 * over the very connection that it is to vouch for, so its fingerprint must be compared.
 */
public final class AuthorityPages implements HttpService {

  private final byte[] certificate;

  /**
   * @param file with the certificate in PEM
   */
  public AuthorityPages(Path file) {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      this.certificate =
          CertificateFactory.getInstance("X.509").generateCertificate(in).getEncoded();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (CertificateException e) {
      throw new IllegalArgumentException("no certificate in " + file, e);
    }
  }

  @Override
  public void routing(HttpRules rules) {
    rules.get("/demo/ca.crt", (_, response) -> send(response));
  }

  private void send(ServerResponse response) {
    response
        .status(Status.OK_200)
        .header(HeaderNames.CONTENT_TYPE, "application/x-x509-ca-cert")
        .header(HeaderNames.CACHE_CONTROL, "no-store")
        .header("X-Content-Type-Options", "nosniff")
        .send(certificate);
  }
}
