/**
 * Owns the door that speaks the early identity v1 API (contract identity-v1): {@code POST
 * /identity/otp/v1.0} and {@code /identity/auth/v1.0}, with the static PIN and VID calls beside
 * them. It reads a request ({@link io.watchword.server.identityv1.Head} and the forms), lets its
 * relying party in, calls one story of the core and answers in the codes of {@link
 * io.watchword.server.identityv1.Faults}.
 *
 * <p>Does not own any factor: codes, claims, biometrics and PINs are judged by the core, as for the
 * other doors.
 */
@NullMarked
package io.watchword.server.identityv1;

import org.jspecify.annotations.NullMarked;
