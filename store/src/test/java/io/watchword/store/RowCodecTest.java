package io.watchword.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.watchword.core.keys.Sealer;
import io.watchword.core.unit.Key;
import io.watchword.core.unit.StoreUnavailable;
import io.watchword.core.unit.Table;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RowCodecTest {

  enum Colour {
    RED,
    DARK_BLUE {
      @Override
      public String toString() {
        return "dark blue";
      }
    }
  }

  sealed interface Shape permits Circle, Flat {}

  record Circle(int radius) implements Shape {}

  sealed interface Flat extends Shape permits Square, Point {}

  record Square(int side, @Nullable Shape inner) implements Flat {}

  record Point() implements Flat {}

  record Everything(
      String text,
      @Nullable String perhaps,
      int number,
      boolean flag,
      BigDecimal price,
      Instant at,
      LocalDate on,
      Duration length,
      byte[] bytes,
      Colour colour,
      List<Colour> colours,
      Set<String> words,
      Map<Colour, Instant> times,
      Map<String, List<Shape>> shapes,
      Shape shape,
      Circle circle) {}

  record Small(String text) {}

  record Grown(
      String text,
      @Nullable String perhaps,
      int number,
      boolean flag,
      List<String> list,
      Set<String> set,
      Map<String, String> map,
      @Nullable List<String> perhapsList) {}

  record WithRules(int left, int right) {
    boolean isEmpty() {
      return left == right;
    }

    int getLength() {
      return right - left;
    }

    int length() {
      return right - left;
    }
  }

  sealed interface Named permits BadMember {}

  record BadMember(String kind) implements Named {}

  sealed interface Mixed permits Listed {}

  enum Listed implements Mixed {
    ONE
  }

  /** Seals by turning the bytes around and keeping the label: enough to see that it was asked. */
  private static final Sealer REVERSING =
      new Sealer() {
        @Override
        public byte[] seal(byte[] plain, String label) {
          return (new StringBuilder(hex(plain)).reverse() + "@" + label).getBytes(UTF_8);
        }

        @Override
        public byte[] open(byte[] sealed, String label) {
          String text = new String(sealed, UTF_8);
          if (!text.endsWith("@" + label)) {
            throw new IllegalStateException(label);
          }
          String hex = text.substring(0, text.length() - label.length() - 1);
          return java.util.HexFormat.of().parseHex(new StringBuilder(hex).reverse());
        }

        private static String hex(byte[] plain) {
          return java.util.HexFormat.of().formatHex(plain);
        }
      };

  private final RowCodec codec = new RowCodec(REVERSING);

  private static <V> Key<V> key(Class<V> type) {
    return Table.clear("rows", type).key("1");
  }

  private <V> V reread(Class<V> type, V row) {
    return codec.decode(key(type), codec.encode(key(type), row));
  }

  @Test
  void jsonThatIsNoRowOfTheTableIsRefusedWithoutTellingItsContent() {
    for (String body :
        List.of("", "null", "[]", "{\"text\":[\"Marked\"]}", "{\"text\":", "{\"text\":\"Marked")) {
      assertThatExceptionOfType(StoreUnavailable.class)
          .as(body)
          .isThrownBy(() -> codec.decode(key(Small.class), body))
          .withMessageContaining("rows/1")
          .withMessageNotContaining("Marked")
          .withNoCause();
    }
    assertThatExceptionOfType(StoreUnavailable.class)
        .isThrownBy(() -> codec.decode(key(Shape.class), "{\"kind\":\"Marked\"}"))
        .withMessageNotContaining("Marked");
    assertThatExceptionOfType(StoreUnavailable.class)
        .isThrownBy(() -> codec.decode(key(Shape.class), "{\"radius\":1}"));
    assertThatExceptionOfType(StoreUnavailable.class)
        .isThrownBy(
            () -> codec.decode(key(Shape.class), "{\"kind\":\"java.lang.ProcessBuilder\"}"));
  }

  @Test
  void anEnumConstantThatThisVersionDoesNotKnowIsRefused() {
    record Painted(Colour colour) {}
    assertThatExceptionOfType(StoreUnavailable.class)
        .isThrownBy(() -> codec.decode(key(Painted.class), "{\"colour\":\"GREEN\"}"))
        .withMessageContaining("colour");
  }

  @Test
  void aSealedTypeThatCannotBeToldApartIsRefused() {
    assertThatExceptionOfType(RuntimeException.class)
        .isThrownBy(() -> codec.encode(key(Named.class), new BadMember("x")))
        .withMessageContaining("kind");
    assertThatExceptionOfType(RuntimeException.class)
        .isThrownBy(() -> codec.encode(key(Mixed.class), Listed.ONE));
  }

  @Test
  void everyKindOfMemberComesBackAsItWas() {
    Map<String, List<Shape>> shapes = new LinkedHashMap<>();
    shapes.put("some", List.of(new Circle(1), new Square(2, new Point()), new Point()));
    shapes.put("none", List.of());
    Everything row =
        new Everything(
            "\"text\" with \\ é \ud83d\ude00 \0",
            null,
            -7,
            true,
            new BigDecimal("12.500"),
            Instant.parse("2026-01-05T10:00:00.123456789Z"),
            LocalDate.of(1992, 4, 29),
            Duration.ofSeconds(90, 1),
            new byte[] {0, -1, 5},
            Colour.DARK_BLUE,
            List.of(Colour.RED, Colour.DARK_BLUE),
            Set.of("word"),
            Map.of(Colour.RED, Instant.EPOCH),
            shapes,
            new Square(3, null),
            new Circle(9));
    assertThat(reread(Everything.class, row)).usingRecursiveComparison().isEqualTo(row);
    assertThat(reread(Shape.class, new Point())).isEqualTo(new Point());
  }

  @Test
  void aRowIsJsonThatAnOperatorCanRead() {
    assertThat(codec.encode(key(Shape.class), new Square(3, new Circle(1))))
        .isEqualTo("{\"kind\":\"Square\",\"side\":3,\"inner\":{\"kind\":\"Circle\",\"radius\":1}}");
    record Times(Instant at, Colour colour, byte[] bytes, @Nullable String none) {}
    assertThat(
            codec.encode(
                key(Times.class),
                new Times(Instant.EPOCH, Colour.DARK_BLUE, new byte[] {1, 2}, null)))
        .isEqualTo("{\"at\":\"1970-01-01T00:00:00Z\",\"colour\":\"DARK_BLUE\",\"bytes\":\"AQI=\"}");
  }

  @Test
  void theRulesOfARecordAreNoMembers() {
    assertThat(codec.encode(key(WithRules.class), new WithRules(1, 2)))
        .isEqualTo("{\"left\":1,\"right\":2}");
    assertThat(reread(WithRules.class, new WithRules(1, 2))).isEqualTo(new WithRules(1, 2));
  }

  @Test
  void aRowOfAnOlderVersionGetsDefaultsForMembersThatItDoesNotHave() {
    Grown expected = new Grown("t", null, 0, false, List.of(), Set.of(), Map.of(), null);
    assertThat(codec.decode(key(Grown.class), "{\"text\":\"t\"}")).isEqualTo(expected);
    assertThat(
            codec.decode(
                key(Grown.class),
                "{\"text\":\"t\",\"number\":null,\"list\":null,\"perhapsList\":null}"))
        .isEqualTo(expected);
  }

  @Test
  void membersOfANewerVersionAreIgnored() {
    assertThat(codec.decode(key(Small.class), "{\"new\":{\"deep\":[1]},\"text\":\"t\"}"))
        .isEqualTo(new Small("t"));
  }

  @Test
  void aSealedRowIsSealedUnderItsTableAndId() {
    Table<Small> table = Table.sealed("secrets", Small.class);
    Object body = codec.encode(table.key("1"), new Small("hidden"));
    assertThat(body).isInstanceOf(byte[].class);
    assertThat(new String((byte[]) body, UTF_8)).endsWith("@secrets/1").doesNotContain("hidden");
    assertThat(codec.decode(table.key("1"), body)).isEqualTo(new Small("hidden"));
    assertThatExceptionOfType(StoreUnavailable.class)
        .isThrownBy(() -> codec.decode(table.key("2"), body));
  }

  @Test
  void aStringWithHalfASurrogatePairDoesNotComeBackAsAnotherOne() {
    String half = "half \ud83d a pair";
    assertThat(reread(Small.class, new Small(half))).isEqualTo(new Small(half));
  }
}
