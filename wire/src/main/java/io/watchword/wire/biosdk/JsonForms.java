package io.watchword.wire.biosdk;

import io.watchword.wire.cbeff.BiometricType;
import io.watchword.wire.cbeff.ProcessedLevel;
import io.watchword.wire.cbeff.Purpose;
import java.io.ByteArrayOutputStream;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.KeyDeserializer;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.annotation.JsonDeserialize;
import tools.jackson.databind.module.SimpleModule;

/** The contract's own forms of bytes, moments and words (biosdk 3). */
final class JsonForms {

  private JsonForms() {}

  static SimpleModule module(boolean lenient) {
    var types =
        new Words<>(
            BiometricType.class,
            lenient ? BiometricType::ofWord : word -> Optional.<BiometricType>empty());
    return new SimpleModule(lenient ? "lenient" : "strict")
        .addSerializer(byte[].class, new BytesOut())
        .addSerializer(Instant.class, new MomentOut())
        .addDeserializer(byte[].class, new BytesIn(lenient))
        .addDeserializer(Instant.class, new MomentIn(lenient))
        .addDeserializer(BiometricType.class, types)
        .addKeyDeserializer(BiometricType.class, new TypeKeys(types))
        .addDeserializer(
            ProcessedLevel.class,
            new Words<>(
                ProcessedLevel.class,
                lenient ? ProcessedLevel::ofWord : word -> Optional.<ProcessedLevel>empty()))
        .addDeserializer(
            Purpose.class,
            new Words<>(
                Purpose.class, lenient ? Purpose::ofWord : word -> Optional.<Purpose>empty()));
  }

  /** Where one member has a form of its own. */
  interface BdbInfoForm {

    @JsonDeserialize(using = SubtypesIn.class)
    List<String> subtypes();
  }

  private static final class BytesOut extends ValueSerializer<byte[]> {

    @Override
    public void serialize(byte[] bytes, JsonGenerator out, SerializationContext context) {
      out.writeStartArray();
      for (byte each : bytes) {
        out.writeNumber((int) each);
      }
      out.writeEndArray();
    }
  }

  private static final class BytesIn extends ValueDeserializer<byte[]> {

    private final boolean lenient;

    BytesIn(boolean lenient) {
      this.lenient = lenient;
    }

    @Override
    public byte[] deserialize(JsonParser in, DeserializationContext context) {
      if (in.hasToken(JsonToken.VALUE_STRING) && lenient) {
        try {
          return Base64.getDecoder().decode(in.getString());
        } catch (IllegalArgumentException e) {
          return context.reportInputMismatch(byte[].class, "not base64");
        }
      }
      if (!in.hasToken(JsonToken.START_ARRAY)) {
        return context.reportInputMismatch(byte[].class, "no array of bytes");
      }
      var bytes = new ByteArrayOutputStream();
      while (in.nextToken() != JsonToken.END_ARRAY) {
        int value = in.hasToken(JsonToken.VALUE_NUMBER_INT) ? in.getIntValue() : 1_000;
        if (value < Byte.MIN_VALUE || value > (lenient ? 255 : Byte.MAX_VALUE)) {
          return context.reportInputMismatch(byte[].class, "no byte");
        }
        bytes.write(value);
      }
      return bytes.toByteArray();
    }
  }

  private static final class MomentOut extends ValueSerializer<Instant> {

    @Override
    public void serialize(Instant moment, JsonGenerator out, SerializationContext context) {
      OffsetDateTime utc = moment.atOffset(ZoneOffset.UTC);
      out.writeStartObject();
      out.writeName("date");
      out.writeStartObject();
      out.writeNumberProperty("year", utc.getYear());
      out.writeNumberProperty("month", utc.getMonthValue());
      out.writeNumberProperty("day", utc.getDayOfMonth());
      out.writeEndObject();
      out.writeName("time");
      out.writeStartObject();
      out.writeNumberProperty("hour", utc.getHour());
      out.writeNumberProperty("minute", utc.getMinute());
      out.writeNumberProperty("second", utc.getSecond());
      out.writeNumberProperty("nano", utc.getNano());
      out.writeEndObject();
      out.writeEndObject();
    }
  }

  private static final class MomentIn extends ValueDeserializer<Instant> {

    private static final String[] DATE = {"year", "month", "day"};
    private static final String[] TIME = {"hour", "minute", "second", "nano"};

    private final boolean lenient;

    MomentIn(boolean lenient) {
      this.lenient = lenient;
    }

    @Override
    public Instant deserialize(JsonParser in, DeserializationContext context) {
      JsonNode node = context.readTree(in);
      try {
        if (node.isObject()) {
          List<Integer> fields = new ArrayList<>();
          for (String name : DATE) {
            fields.add(whole(node.path("date").path(name)));
          }
          for (String name : TIME) {
            fields.add(whole(node.path("time").path(name)));
          }
          return moment(fields);
        }
        if (lenient && node.isString()) {
          return text(node.stringValue());
        }
        if (lenient && node.isIntegralNumber() && node.canConvertToLong()) {
          return Instant.ofEpochMilli(node.longValue());
        }
        if (lenient && node.isArray() && (node.size() == 6 || node.size() == 7)) {
          List<Integer> fields = new ArrayList<>();
          for (JsonNode each : node) {
            fields.add(whole(each));
          }
          return moment(fields);
        }
      } catch (DateTimeException e) {
        // told below
      }
      return context.reportInputMismatch(Instant.class, "no moment");
    }

    private static int whole(JsonNode node) {
      if (!node.isIntegralNumber() || !node.canConvertToInt()) {
        throw new DateTimeException("no whole number");
      }
      return node.intValue();
    }

    private static Instant moment(List<Integer> fields) {
      return LocalDateTime.of(
              fields.get(0),
              fields.get(1),
              fields.get(2),
              fields.get(3),
              fields.get(4),
              fields.get(5),
              fields.size() > 6 ? fields.get(6) : 0)
          .toInstant(ZoneOffset.UTC);
    }

    /** With an offset, or without one in UTC. */
    private static Instant text(String text) {
      try {
        return OffsetDateTime.parse(text).toInstant();
      } catch (DateTimeException e) {
        return LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
      }
    }
  }

  /** Words of an enumeration. */
  private static final class Words<E extends Enum<E>> extends ValueDeserializer<E> {

    private final Class<E> type;
    private final Function<String, Optional<E>> more;

    /**
     * @param more finds other spellings
     */
    Words(Class<E> type, Function<String, Optional<E>> more) {
      this.type = type;
      this.more = more;
    }

    @Override
    public E deserialize(JsonParser in, DeserializationContext context) {
      if (!in.hasToken(JsonToken.VALUE_STRING)) {
        return context.reportInputMismatch(type, "no word");
      }
      return of(in.getString(), context);
    }

    private E of(String word, DeserializationContext context) {
      Optional<E> found =
          Arrays.stream(type.getEnumConstants())
              .filter(each -> each.name().equals(word))
              .findFirst()
              .or(() -> more.apply(word));
      return found.isPresent() ? found.get() : context.reportInputMismatch(type, "unknown word");
    }
  }

  private static final class TypeKeys extends KeyDeserializer {

    private final Words<BiometricType> words;

    TypeKeys(Words<BiometricType> words) {
      this.words = words;
    }

    @Override
    public Object deserializeKey(String key, DeserializationContext context) {
      return words.of(key, context);
    }
  }

  /** Single words, though the published document puts two into one text. */
  static final class SubtypesIn extends ValueDeserializer<List<String>> {

    @Override
    public List<String> deserialize(JsonParser in, DeserializationContext context) {
      List<String> words = new ArrayList<>();
      if (in.hasToken(JsonToken.START_ARRAY)) {
        while (in.nextToken() != JsonToken.END_ARRAY) {
          add(words, in, context);
        }
      } else {
        add(words, in, context);
      }
      return words;
    }

    private static void add(List<String> words, JsonParser in, DeserializationContext context) {
      if (!in.hasToken(JsonToken.VALUE_STRING)) {
        context.reportInputMismatch(List.class, "no word");
        return;
      }
      for (String word : in.getString().split(" ", -1)) {
        if (!word.isEmpty()) {
          words.add(word);
        }
      }
    }
  }
}
