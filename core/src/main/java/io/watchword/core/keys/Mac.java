package io.watchword.core.keys;

/**
 * A keyed hash as it is stored.
 *
 * @param version of the key that made it
 * @param value 32 bytes of HMAC-SHA-256 in unpadded base64url
 */
public record Mac(int version, String value) {}
