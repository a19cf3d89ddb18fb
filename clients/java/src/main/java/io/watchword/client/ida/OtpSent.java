package io.watchword.client.ida;

import java.util.Optional;

/**
 * A code is on its way.
 *
 * @param transactionId to be given back with the code
 * @param maskedMobile the phone that it went to, masked; empty if it did not go to one
 * @param maskedEmail the mailbox that it went to, masked; empty if it did not go to one
 */
public record OtpSent(
    String transactionId, Optional<String> maskedMobile, Optional<String> maskedEmail) {}
