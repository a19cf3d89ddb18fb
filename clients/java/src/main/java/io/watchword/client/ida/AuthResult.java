package io.watchword.client.ida;

import java.util.Optional;

/**
 * The individual is who they say they are.
 *
 * @param transactionId of the request
 * @param token the same for this individual at this partner each time; empty if the server gives
 *     none
 */
public record AuthResult(String transactionId, Optional<String> token) {}
