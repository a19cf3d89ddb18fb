/**
 * Owns the printable card of a KYC (contract identity-v1 9.6): {@link
 * io.watchword.server.print.CardPrinter} makes a PDF of one page from a {@link
 * io.watchword.server.print.Card}, with its fonts in it, readable by screen readers, and signed.
 *
 * <p>Does not own what stands on a card: the door decides that by the policy of who asked. A PDF
 * takes much more time than an answer, so only few are made at once.
 */
@NullMarked
package io.watchword.server.print;

import org.jspecify.annotations.NullMarked;
