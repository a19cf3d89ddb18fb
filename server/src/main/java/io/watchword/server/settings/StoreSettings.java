package io.watchword.server.settings;

import java.nio.file.Path;

/**
 * The settings group {@code store}.
 *
 * @param folder of the data; one process at a time holds it. {@code --data} wins over it
 */
public record StoreSettings(Path folder) {}
