package io.watchword.wire.cbeff;

import org.jspecify.annotations.Nullable;

/** What is told of a signature block. */
public record SbInfo(@Nullable RegistryId format) {}
