package io.watchword.server.people;

import static tools.jackson.core.StreamReadFeature.STRICT_DUPLICATE_DETECTION;
import static tools.jackson.databind.DeserializationFeature.FAIL_ON_TRAILING_TOKENS;
import static tools.jackson.databind.DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES;

import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.type.LogicalType;

/** Reads lines of JSON strictly: no unknown member, no member twice, no number for a text. */
public final class PersonLines {

  private static final int DEEPEST = 8;

  private final JsonMapper mapper;

  /**
   * @param longest length of a line in bytes
   */
  public PersonLines(int longest) {
    StreamReadConstraints limits =
        StreamReadConstraints.builder()
            .maxNestingDepth(DEEPEST)
            .maxStringLength(longest)
            .maxNumberLength(32)
            .build();
    mapper =
        JsonMapper.builder(JsonFactory.builder().streamReadConstraints(limits).build())
            .enable(STRICT_DUPLICATE_DETECTION)
            .enable(FAIL_ON_UNKNOWN_PROPERTIES, FAIL_ON_TRAILING_TOKENS)
            .withCoercionConfig(
                LogicalType.Textual,
                text ->
                    text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                        .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                        .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
            .withCoercionConfig(
                LogicalType.Boolean,
                bool ->
                    bool.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                        .setCoercion(CoercionInputShape.String, CoercionAction.Fail)
                        .setCoercion(CoercionInputShape.EmptyString, CoercionAction.Fail))
            .build();
  }

  /**
   * The object in a line.
   *
   * @throws LineRefused if there is none
   */
  public <T> T read(byte[] line, Class<T> type) throws LineRefused {
    try {
      T object = mapper.readValue(line, type);
      if (object == null) {
        throw new LineRefused("not a JSON object");
      }
      return object;
    } catch (StreamReadException e) {
      throw new LineRefused("not JSON, or a member twice," + near(e));
    } catch (UnrecognizedPropertyException e) {
      throw new LineRefused("an unknown member" + near(e));
    } catch (JacksonException e) {
      // Jackson's own messages quote what they read.
      String member =
          e.getPath().stream()
              .map(step -> step.getPropertyName())
              .filter(name -> name != null)
              .collect(Collectors.joining("/"));
      throw new LineRefused((member.isEmpty() ? "the line" : member) + " has the wrong type");
    }
  }

  private static String near(JacksonException e) {
    int column = e.getLocation() == null ? -1 : e.getLocation().getColumnNr();
    return column > 0 ? " near column " + column : " somewhere";
  }
}
