package io.watchword.wire.kernel;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The envelope of a reply in dialect {@code kernel}; what there is not is {@code null} (contract
 * kernel 1.2).
 *
 * @param id echo of the request's
 * @param version echo of the request's
 * @param responsetime UTC with three decimals
 * @param metadata always {@code null}
 */
public record KernelReply(
    @Nullable String id,
    @Nullable String version,
    String responsetime,
    @Nullable Object metadata,
    @Nullable Object response,
    @Nullable List<KernelError> errors) {}
