/**
 * Owns a keyring for tests: real HMAC-SHA-256 and AES-256-GCM, under keys that anyone can read
 * here.
 *
 * <p>Does not own the port ({@link io.watchword.core.keys.Keyring}) nor the server's keyring, whose
 * keys are random and wrapped. Any suite that needs rows sealed or codes hashed may use it.
 */
@NullMarked
package io.watchword.testkit.keys;

import org.jspecify.annotations.NullMarked;
