package io.watchword.server.settings;

import io.watchword.server.ida.IdentityMapping;
import java.nio.file.Path;
import java.util.LinkedHashMap;
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
public record AttributeSettings(Map<String, List<String>> mapping, @Nullable Path textRules) {

  /**
   * As the door wants it. Which names are built in, and the order in which they are compared, is
   * the wire format's; a name without attributes is left out.
   */
  public IdentityMapping identityMapping() {
    Map<String, List<String>> builtIn = new LinkedHashMap<>();
    for (String name : IdentityMapping.defaults().builtIn().keySet()) {
      List<String> stored = mapping.getOrDefault(name, List.of());
      if (!stored.isEmpty()) {
        builtIn.put(name, stored);
      }
    }
    Map<String, List<String>> dynamic = new LinkedHashMap<>();
    mapping.forEach((name, stored) -> {
      if (!builtIn.containsKey(name) && !stored.isEmpty()) {
        dynamic.put(name, stored);
      }
    });
    return new IdentityMapping(builtIn, dynamic);
  }
}
