package io.watchword.server.settings;

import io.watchword.server.settings.values.Secret;
import org.jspecify.annotations.Nullable;

/**
 * The settings group {@code keys}.
 *
 * @param masterKey wraps every other key at rest: 32 bytes in base64; {@code null}: made at the
 *     first start and kept beside the data
 * @param uinSalt first salt of the partners' pseudonyms (contract ida 5.6); {@code null}: made at
 *     random at the first start and kept. Never changed afterwards
 * @param partnerSalt second salt of the same
 */
public record KeySettings(
    @Nullable Secret masterKey, @Nullable Secret uinSalt, @Nullable Secret partnerSalt) {}
