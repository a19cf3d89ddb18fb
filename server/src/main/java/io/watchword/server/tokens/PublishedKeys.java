package io.watchword.server.tokens;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.watchword.server.keys.ServerKeys;
import java.nio.charset.StandardCharsets;

/**
 * The key set (RFC 7517) by which resource servers judge tokens, at the path below the realm where
 * they look for it (contract kernel 1.5).
 */
public final class PublishedKeys implements HttpService {

  private final TokenKeys keys;

  public PublishedKeys(ServerKeys keys) {
    this.keys = new TokenKeys(keys);
  }

  @Override
  public void routing(HttpRules routes) {
    routes.get("/protocol/openid-connect/certs", this::answer);
  }

  private void answer(ServerRequest request, ServerResponse response) {
    response
        .header(HeaderNames.CONTENT_TYPE, "application/json")
        .header(HeaderNames.CACHE_CONTROL, "max-age=60")
        .send(keys.published().toString(true).getBytes(StandardCharsets.UTF_8));
  }
}
