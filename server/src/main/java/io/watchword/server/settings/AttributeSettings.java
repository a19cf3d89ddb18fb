package io.watchword.server.settings;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The settings group {@code attributes}.
 *
 * @param mapping wire name → stored attributes, in their order (contract ida 5.4)
 * @param textRules a folder with titles and normalisation rules (contract ida 6.7); {@code null}:
 *     those that come with the program
 */
public record AttributeSettings(Map<String, List<String>> mapping, @Nullable Path textRules) {}
