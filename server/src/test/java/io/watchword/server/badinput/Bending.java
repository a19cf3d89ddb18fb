package io.watchword.server.badinput;

import io.watchword.server.RelyingParty;
import io.watchword.server.RelyingParty.Draft;
import io.watchword.server.RelyingParty.Message;
import io.watchword.wire.ida.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.random.RandomGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.util.RawValue;

/** Bends genuine requests in every way that this file knows, by chance. */
final class Bending {

  private static final int DEEP = 10_000;

  /** JSON values of each type, and the odd ones among them, as they stand in the text. */
  private static final List<String> VALUES =
      List.of(
          "null",
          "true",
          "false",
          "0",
          "-1",
          "1e5",
          "1.5",
          "-0.0",
          "1e999999999",
          "9".repeat(DEEP),
          "0." + "3".repeat(DEEP),
          "\"\"",
          "\" \"",
          "\"x\"",
          "\"" + "y".repeat(DEEP) + "\"",
          "[]",
          "[null]",
          "[[]]",
          "[\"email\",3,{}]",
          "[" + "\"email\",".repeat(999) + "\"phone\"]",
          "[" + "{},".repeat(999) + "{}]",
          "{}",
          "{\"a\":1}",
          "{\"\":\"\"}",
          "[".repeat(DEEP) + "]".repeat(DEEP),
          "{\"a\":".repeat(DEEP) + "1" + "}".repeat(DEEP),
          "[".repeat(DEEP),
          "[".repeat(60) + "]".repeat(60),
          "\"\\ud800\"",
          "\"\\udc00\\ud800\"",
          "\"\\ud83d\\ude00\"",
          "\"\\u0000\\u0007\\u001b[31m\\r\\n\"",
          "\"\\u202eevil\\u2066\\u200f\"",
          "\"\\ufeff2047631038\\u200b\"",
          "\"٢٠٤٧٦٣١٠٣٨\"",
          "\"2047631038 \"",
          "\"%s %n ${jndi:x} {} $x ${x}\"",
          "\"' OR 1=1; --\"",
          "\"<script>alert(1)</script>\"",
          "\"../../etc/passwd\"",
          "\"2026-02-30T25:61:61.000Z\"",
          "\"+999999999-12-31T23:59:59.999+18:00\"",
          "\"999999999999999999999\"",
          "NaN",
          "Infinity",
          "'x'",
          "// no",
          "01",
          ".5",
          "\"\\x\"",
          "\"unended");

  private final RelyingParty party;
  private final RandomGenerator random;
  private final HeadBending head;

  Bending(RelyingParty party, RandomGenerator random) {
    this.party = party;
    this.random = random;
    this.head = new HeadBending(random);
  }

  /** A bent request, and how it was bent. */
  record Bent(String how, Message message) {}

  Bent bend(Draft draft) {
    int most = 1 + random.nextInt(3);
    return switch (random.nextInt(14)) {
      case 0 -> new Bent("bytes flipped on the way", onTheWay(party.finish(draft), most));
      case 1 -> signed("bytes flipped before the signature", draft, flip(bytes(draft), most));
      case 2 -> signed("cut", draft, cut(bytes(draft)));
      case 3 -> outer(draft);
      case 4, 5 -> inner(draft);
      case 6 -> innerBytes(draft);
      case 7 -> signed("another encoding", draft, encoded(bytes(draft)));
      case 8 -> new Bent("signature", head.signature(party.finish(draft), value()));
      case 9 -> new Bent("header", head.header(party.finish(draft)));
      case 10 -> new Bent("path", head.path(party.finish(draft)));
      case 11 -> new Bent("method", head.method(party.finish(draft)));
      case 12 -> size(draft);
      default -> sealed(draft);
    };
  }

  private byte[] bytes(Draft draft) {
    return party.finish(draft).body();
  }

  private Bent signed(String how, Draft draft, byte[] body) {
    return new Bent(how, party.sign(draft.operation(), body));
  }

  private Message onTheWay(Message message, int most) {
    return message.withBody(flip(message.body(), most));
  }

  /** Members of the outer object. */
  private Bent outer(Draft draft) {
    party.finish(draft);
    String how = bendObject(draft.outer());
    String text = draft.outer().toString();
    if (random.nextInt(4) == 0) {
      how = how + ", a member twice";
      text = twice(text, draft.outer());
    }
    return signed("outer: " + how, draft, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Members of the object that is sealed, however deep. */
  private Bent inner(Draft draft) {
    if (draft.operation().equals("otp")) {
      return outer(draft);
    }
    var objects = new ArrayList<ObjectNode>();
    collect(draft.inner(), objects);
    String how = bendObject(objects.get(random.nextInt(objects.size())));
    String text = draft.inner().toString();
    if (random.nextInt(4) == 0) {
      how = how + ", a member twice";
      text = twice(text, draft.inner());
    }
    party.seal(draft.outer(), text.getBytes(StandardCharsets.UTF_8));
    return signed("inner: " + how, draft, Json.write(draft.outer()));
  }

  private static void collect(JsonNode node, List<ObjectNode> objects) {
    if (node instanceof ObjectNode object) {
      objects.add(object);
    }
    node.forEach(child -> collect(child, objects));
  }

  private Bent innerBytes(Draft draft) {
    if (draft.operation().equals("otp")) {
      return outer(draft);
    }
    byte[] plain = Json.write(draft.inner());
    byte[] bent =
        switch (random.nextInt(4)) {
          case 0 -> cut(plain);
          case 1 -> encoded(plain);
          case 2 -> value().getBytes(StandardCharsets.UTF_8);
          default -> flip(plain, 3);
        };
    party.seal(draft.outer(), bent);
    return signed("sealed bytes", draft, Json.write(draft.outer()));
  }

  /** The sealed members: shortened, exchanged, spelt in another way. */
  private Bent sealed(Draft draft) {
    if (draft.operation().equals("otp")) {
      return outer(draft);
    }
    party.finish(draft);
    String[] names = {"request", "requestHMAC", "requestSessionKey", "thumbprint"};
    String name = names[random.nextInt(names.length)];
    String text = draft.outer().get(name).stringValue();
    String other = draft.outer().get(names[random.nextInt(names.length)]).stringValue();
    String bent =
        switch (random.nextInt(8)) {
          case 0 -> text.substring(0, random.nextInt(text.length()));
          case 1 -> text.replace("=", "") + "=".repeat(random.nextInt(4));
          case 2 -> text.replace('-', '+').replace('_', '/');
          case 3 -> other;
          case 4 -> text + text;
          case 5 -> text.substring(0, 10) + "\n" + text.substring(10);
          case 6 -> Base64.getUrlEncoder().encodeToString(new byte[random.nextInt(600)]);
          default ->
              new String(
                  flip(text.getBytes(StandardCharsets.ISO_8859_1), 2), StandardCharsets.ISO_8859_1);
        };
    draft.outer().put(name, bent);
    return signed("sealed member " + name, draft, Json.write(draft.outer()));
  }

  /** Around and beyond the limits of 1 MiB and, for what may hold biometrics, 10 MiB. */
  private Bent size(Draft draft) {
    party.finish(draft);
    String text = draft.outer().toString();
    int length = random.nextInt(12) == 0 ? 10 << 20 : 1 << 20;
    int wanted = Math.max(0, length + random.nextInt(-2, 3) - text.length());
    String padded =
        switch (random.nextInt(4)) {
          case 0 -> text + " ".repeat(wanted);
          case 1 -> "\n".repeat(wanted) + text;
          case 2 -> text.substring(0, text.length() - 1) + members(random.nextInt(1, 30_000)) + "}";
          default ->
              "{\"pad\":\"" + "p".repeat(Math.max(0, wanted - 9)) + "\"," + text.substring(1);
        };
    return signed("size", draft, padded.getBytes(StandardCharsets.UTF_8));
  }

  private static String members(int count) {
    var text = new StringBuilder(count * 12);
    for (int i = 0; i < count; i++) {
      text.append(",\"m").append(i).append("\":").append(i);
    }
    return text.toString();
  }

  private String bendObject(ObjectNode object) {
    if (object.isEmpty()) {
      object.putRawValue("added", new RawValue(value()));
      return "added";
    }
    List<String> names = List.copyOf(object.propertyNames());
    String name = names.get(random.nextInt(names.size()));
    switch (random.nextInt(5)) {
      case 0 -> {
        object.remove(name);
        return name + " dropped";
      }
      case 1 -> {
        JsonNode old = object.remove(name);
        object.set(
            new String(
                flip(name.getBytes(StandardCharsets.US_ASCII), 1), StandardCharsets.ISO_8859_1),
            old);
        return name + " renamed";
      }
      case 2 -> {
        ArrayNode list = object.putArray(name);
        list.addRawValue(new RawValue(value()));
        return name + " in a list";
      }
      default -> {
        String value = value();
        object.putRawValue(name, new RawValue(value));
        return name + " = " + value.substring(0, Math.min(20, value.length()));
      }
    }
  }

  private String twice(String text, ObjectNode object) {
    List<String> names = List.copyOf(object.propertyNames());
    String name = names.isEmpty() ? "id" : names.get(random.nextInt(names.size()));
    String member = "\"" + name.replace("\\", "").replace("\"", "") + "\":" + value();
    return random.nextBoolean()
        ? "{" + member + "," + text.substring(1)
        : text.substring(0, text.length() - 1) + "," + member + "}";
  }

  private String value() {
    return VALUES.get(random.nextInt(VALUES.size()));
  }

  private byte[] flip(byte[] bytes, int most) {
    return flip(random, bytes, most);
  }

  static byte[] flip(RandomGenerator random, byte[] bytes, int most) {
    byte[] bent = bytes.clone();
    for (int i = 0; i < most && bent.length > 0; i++) {
      bent[random.nextInt(bent.length)] ^= (byte) (1 << random.nextInt(8));
    }
    return bent;
  }

  private byte[] cut(byte[] bytes) {
    return Arrays.copyOf(bytes, random.nextInt(bytes.length));
  }

  private byte[] encoded(byte[] utf8) {
    String text = new String(utf8, StandardCharsets.UTF_8);
    return switch (random.nextInt(6)) {
      case 0 -> text.getBytes(StandardCharsets.UTF_16);
      case 1 -> text.getBytes(StandardCharsets.UTF_16LE);
      case 2 -> text.getBytes(java.nio.charset.Charset.forName("UTF-32"));
      case 3 -> ("\ufeff" + text).getBytes(StandardCharsets.UTF_8);
      case 4 -> insert(utf8, new byte[] {(byte) 0xed, (byte) 0xa0, (byte) 0x80}); // a surrogate
      default -> insert(utf8, new byte[] {(byte) 0xc0, (byte) 0x80, (byte) 0xff});
    };
  }

  private byte[] insert(byte[] bytes, byte[] added) {
    int at = random.nextInt(bytes.length);
    byte[] bent = Arrays.copyOf(bytes, bytes.length + added.length);
    System.arraycopy(added, 0, bent, at, added.length);
    System.arraycopy(bytes, at, bent, at + added.length, bytes.length - at);
    return bent;
  }
}
