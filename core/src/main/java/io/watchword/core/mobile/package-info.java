/**
 * Owns mobile authentication (contract mobile): types and clients of portals, enrolled devices, and
 * a {@link io.watchword.core.mobile.Transaction} from its start at a login page to the end that a
 * person gave it on a phone. Its stories are {@link io.watchword.core.mobile.StartLogin}, {@link
 * io.watchword.core.mobile.ClaimLogin}, {@link io.watchword.core.mobile.AnswerLogin}, {@link
 * io.watchword.core.mobile.FinishLogin} and {@link io.watchword.core.mobile.EnrolDevice}.
 *
 * <p>Does not own what is signed and how codes are written (module {@code wire}), the routes and
 * their errors (the server's {@code mobile}), nor codes that people type ({@code code}).
 */
@NullMarked
package io.watchword.core.mobile;

import org.jspecify.annotations.NullMarked;
