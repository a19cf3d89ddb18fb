/**
 * Owns the device library of mobile authentication (contract mobile 2 and 3): {@link
 * io.watchword.client.mobile.MobileAuthClient} enrolls the person who is logged in to an app, and
 * answers a scanned code with what that person decides.
 *
 * <p>Start with {@link io.watchword.client.mobile.MobileAuthConfig#builder}. Everything here is
 * thread-safe. Nothing depends on the device's clock.
 *
 * <p>Does not own what is signed ({@code io.watchword.wire.mobile}), HTTP itself ({@code
 * io.watchword.client.http}), nor the log-in to the app.
 */
@NullMarked
package io.watchword.client.mobile;

import org.jspecify.annotations.NullMarked;
