/**
 * Owns how callers are brought in and kept: {@link io.watchword.server.partners.Provisioning} takes
 * partners on, gives out and ends API keys and licences, and puts policies and trusted authorities
 * on file; {@link io.watchword.server.partners.PolicyDocument} reads and writes the policy's JSON
 * (contract ida 6.2). Command line and admin pages run the same stories.
 *
 * <p>Does not own the rows ({@code io.watchword.core.partner}), who is let in with them ({@code
 * Admission} there), nor certificates and their issue ({@code io.watchword.server.keys}).
 */
@NullMarked
package io.watchword.server.partners;

import org.jspecify.annotations.NullMarked;
