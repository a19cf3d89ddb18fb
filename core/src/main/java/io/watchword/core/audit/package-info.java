/**
 * Owns the record of what was decided: one {@link io.watchword.core.audit.AuditRecord} a decision,
 * written inside the decision's own unit and chained by keyed hashes ({@link
 * io.watchword.core.audit.AuditTrail}), and the walk that verifies the chains ({@link
 * io.watchword.core.audit.AuditVerification}).
 *
 * <p>Does not own logs and metrics, which may be lost. Records name people by their internal id
 * only: no identifier, address, name or code.
 */
@NullMarked
package io.watchword.core.audit;

import org.jspecify.annotations.NullMarked;
