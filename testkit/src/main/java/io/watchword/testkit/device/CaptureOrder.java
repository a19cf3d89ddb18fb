package io.watchword.testkit.device;

import java.security.cert.X509Certificate;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a relying party tells a device when it asks for a capture.
 *
 * @param recipient the server's certificate for devices
 * @param transaction of the authentication
 * @param domainUri {@code null}: left out
 * @param env {@code null}: left out
 * @param at when the capture begins
 */
public record CaptureOrder(
    X509Certificate recipient,
    String transaction,
    @Nullable String domainUri,
    @Nullable String env,
    Instant at) {}
