/**
 * Owns the client of login pages' back ends in mobile authentication (contract mobile 1.2 to 1.6,
 * 3.3, 3.4 and 3.10): {@link io.watchword.client.mobile.portal.PortalClient} starts a login without
 * naming anybody; its {@link io.watchword.client.mobile.portal.Attempt} gives the codes to show,
 * waits for the person's answer and learns who it was.
 *
 * <p>Start with {@link io.watchword.client.mobile.portal.PortalConfig#builder}. Everything here is
 * thread-safe. Methods wait for the server; nothing is sent twice, but the question how a login
 * stands.
 *
 * <p>Does not own pages, cookies and sessions of the portal, draws no picture of a code and writes
 * no log.
 */
@NullMarked
package io.watchword.client.mobile.portal;

import org.jspecify.annotations.NullMarked;
