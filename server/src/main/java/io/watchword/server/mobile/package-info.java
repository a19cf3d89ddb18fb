/**
 * Owns the routes of mobile authentication (contract mobile): {@code PortalCalls} for login pages,
 * {@code EnrollmentCalls} and {@code PhoneCalls} for apps, {@code AppLogIn} for people who log in
 * to an app; {@link io.watchword.server.mobile.MobileDoor} puts them together. With them what is
 * read, answered and called wrong there.
 *
 * <p>Does not own the state of a login and its rules (the core's {@code mobile}) nor what is signed
 * (module {@code wire}).
 */
@NullMarked
package io.watchword.server.mobile;

import org.jspecify.annotations.NullMarked;
