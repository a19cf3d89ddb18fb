/**
 * Owns a real PostgreSQL for tests: {@link io.watchword.testkit.postgres.LocalPostgres} unpacks the
 * server's binaries, makes a cluster with {@code fsync} on, and starts it on a free port of the
 * loopback address, once for a test run; each test takes a database of its own.
 *
 * <p>Does not own the storage engine over it (module {@code store}) nor its suites ({@code
 * io.watchword.testkit.store}). The binaries are for Linux on amd64.
 */
@NullMarked
package io.watchword.testkit.postgres;

import org.jspecify.annotations.NullMarked;
