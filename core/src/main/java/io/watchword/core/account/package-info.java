/**
 * Owns who is known to applications rather than to relying parties: the {@link
 * io.watchword.core.account.Account} of a person, reached by login name or address; the {@link
 * io.watchword.core.account.Application} that sends people here and the terms on which it may; and
 * the {@link io.watchword.core.account.Client} with which an application itself logs in. Also how
 * they come on file and are disabled.
 *
 * <p>Does not own what is on file of individuals ({@code individual}; accounts share its rows of
 * identifiers and standings), the logging in nor its sessions ({@code session}).
 */
@NullMarked
package io.watchword.core.account;

import org.jspecify.annotations.NullMarked;
