/**
 * Owns a biometric device in software (contract ida 4.4): it captures what it is given, signs,
 * seals and chains like a real one, and can be told to do single things wrong. Use it wherever
 * {@code biometrics} of a request are needed.
 *
 * <p>It shares no code with the server's side of the protection, so that the two prove each other.
 * Relying parties, who put the elements into a request, are next door.
 */
@NullMarked
package io.watchword.testkit.device;

import org.jspecify.annotations.NullMarked;
