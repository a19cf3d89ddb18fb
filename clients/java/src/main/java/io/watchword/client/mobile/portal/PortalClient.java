package io.watchword.client.mobile.portal;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Starts logins that people finish with the app on their phone. */
public final class PortalClient {

  private final PortalConfig config;
  private final Connection connection;
  private final LongSupplier nanoClock;

  /** Sends nothing yet. */
  public PortalClient(PortalConfig config) {
    this.config = config;
    this.connection = new Connection(config);
    this.nanoClock = config.nanoClock();
  }

  /** Starts a login. */
  public Attempt start(LoginRequest request) throws PortalException {
    return Attempt.started(connection, nanoClock, connection.post("/user", request.parameters()));
  }

  /**
   * A login that this portal started, in another process perhaps: everything but its codes.
   *
   * @throws IllegalArgumentException if this is no transaction id
   */
  public Attempt resume(String transactionId) {
    return Attempt.resumed(connection, nanoClock, transactionId);
  }

  /**
   * Reads what came to the callback address. Whatever it says, ask {@link Attempt#state} and answer
   * 204.
   *
   * @param headers of the request, names in any case
   * @param body as it came, byte by byte
   * @return empty: it is not the server's, or too old
   */
  public Optional<Callback> verifyCallback(Map<String, List<String>> headers, byte[] body) {
    return Callback.read(config, headers, body);
  }

  @Override
  public String toString() {
    return "PortalClient[" + config + "]";
  }
}
