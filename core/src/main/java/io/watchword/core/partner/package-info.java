/**
 * Owns the callers of the relying-party doors: {@link io.watchword.core.partner.Partner}s, their
 * API keys, the licences of the infrastructure providers, the {@link
 * io.watchword.core.partner.Policy} that says what a partner may ask, must ask and may learn, and
 * {@link io.watchword.core.partner.Admission}, which lets a request in or says why not.
 *
 * <p>Does not own certificates' trust (the server's {@code keys}) nor wire codes (the doors).
 */
@NullMarked
package io.watchword.core.partner;

import org.jspecify.annotations.NullMarked;
