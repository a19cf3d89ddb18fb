/**
 * Owns the replies of the identity v1 API as records (contract identity-v1, 1 to 3, 6 and 7).
 *
 * <p>Does not own requests, whose every member has a fault of its own and which the server
 * therefore reads member by member; nor codes and texts of faults, which are the door's.
 */
@NullMarked
package io.watchword.wire.identityv1;

import org.jspecify.annotations.NullMarked;
