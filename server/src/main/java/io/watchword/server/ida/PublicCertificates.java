package io.watchword.server.ida;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.watchword.server.keys.ServerKeys;
import io.watchword.wire.ida.Json;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET internal/getCertificate} (contract ida 1.2): the certificate that relying parties
 * encrypt to, and the others that are public. In the envelope of the published key manager.
 */
record PublicCertificates(ServerKeys keys, InstantSource clock) {

  static final String PATH = "/internal/getCertificate";

  /** The key manager's envelope; absent members are written as {@code null}. */
  record Envelope(
      @Nullable String id,
      @Nullable String version,
      String responsetime,
      @Nullable Object metadata,
      @Nullable Certificate response,
      @Nullable List<KeyError> errors) {}

  record Certificate(
      String certificate,
      @Nullable String certSignRequest,
      @Nullable String issuedAt,
      @Nullable String expiryAt,
      String timestamp) {}

  record KeyError(String errorCode, String message) {}

  void answer(ServerRequest request, ServerResponse response) {
    String application = parameter(request, "applicationId");
    String reference = parameter(request, "referenceId");
    String now = RequestTime.utc(clock.instant());
    Optional<String> pem = keys.certificatePem(application, reference);
    Envelope envelope =
        pem.map(certificate ->
                new Envelope(
                    null,
                    null,
                    now,
                    null,
                    new Certificate(certificate, null, null, null, now),
                    null))
            .orElseGet(() ->
                new Envelope(
                    null,
                    null,
                    now,
                    null,
                    null,
                    List.of(
                        new KeyError("KER-KMS-002", "ApplicationId not found in Key Policy."))));
    response.header(HeaderNames.CONTENT_TYPE, "application/json").send(Json.write(envelope));
  }

  private static String parameter(ServerRequest request, String name) {
    return request.query().first(name).orElse("");
  }
}
