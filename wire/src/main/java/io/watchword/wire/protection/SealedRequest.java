package io.watchword.wire.protection;

import org.jspecify.annotations.Nullable;

/**
 * The four protected members of an auth or KYC request (contract ida 2.2), each as text. What
 * {@link SessionEnvelope#seal} returns has all four; what arrives may lack any.
 *
 * @param request base64url of the blob that holds the inner JSON
 * @param requestHmac base64url of the blob that holds the inner JSON's hash
 * @param requestSessionKey base64url of the encrypted AES key
 * @param thumbprint of the certificate to whose key the AES key is encrypted
 */
public record SealedRequest(
    @Nullable String request,
    @Nullable String requestHmac,
    @Nullable String requestSessionKey,
    @Nullable String thumbprint) {}
