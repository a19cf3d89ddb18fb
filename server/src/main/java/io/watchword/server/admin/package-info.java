/**
 * Owns the way from a command to the running server that holds the data folder: a listener on
 * loopback that only who may read the folder can use ({@link
 * io.watchword.server.admin.AdminListener}, {@link io.watchword.server.admin.AdminClient}).
 *
 * <p>Does not own the commands: {@code cli} has them, and runs the same ones here and without a
 * server.
 *
 * <p>The talk: the client sends a line of JSON ({@code token}, {@code operator}, {@code arguments})
 * and then its input in frames of a 32-bit length and that many bytes, closed by an empty one; the
 * server answers with lines of JSON, each one of {@code out}, {@code err}, {@code file} with {@code
 * content}, or {@code exit}, which ends it. Both go on at the same time.
 */
@NullMarked
package io.watchword.server.admin;

import org.jspecify.annotations.NullMarked;
