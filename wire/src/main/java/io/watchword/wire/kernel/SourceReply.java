package io.watchword.wire.kernel;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The envelope of a reply in dialect {@code seed}, which leaves out what there is not (contract
 * kernel, amendment 1).
 *
 * @param ver {@code 1.0}
 * @param version the same
 * @param responsetime UTC with three decimals
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SourceReply(
    @Nullable String id,
    String ver,
    String version,
    String responsetime,
    @Nullable Object response,
    @Nullable List<KernelError> errors) {}
