/**
 * Owns what every storage engine must do, as tests: {@link
 * io.watchword.testkit.store.StoreContract} (one caller after another) and {@link
 * io.watchword.testkit.store.StoreRaceContract} (many at once), each run by one small class per
 * engine. {@link io.watchword.testkit.store.StoreEngines} lets any other suite run over both
 * engines.
 *
 * <p>Does not own the port ({@code io.watchword.core.unit}) nor the engines (module {@code store}).
 * The engines' own tests (crash, full disk, lost connections) are in this module's test folder,
 * because the test kit depends on the engines and not the reverse.
 */
@NullMarked
package io.watchword.testkit.store;

import org.jspecify.annotations.NullMarked;
