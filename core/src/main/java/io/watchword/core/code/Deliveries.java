package io.watchword.core.code;

import io.watchword.core.delivery.Channel;
import io.watchword.core.delivery.Courier;
import io.watchword.core.delivery.Letter;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What became of the letters of one send.
 *
 * @param taken the addresses of those that a courier took, unmasked
 * @param reports one a letter for the audit: {@code phone=taken:b,unsure:a} if {@code a} may have
 *     it as well, {@code phone=unsure:a} if nobody knows, {@code phone=failed}
 */
record Deliveries(Map<Channel, String> taken, List<String> reports) {

  Deliveries {
    taken = Map.copyOf(taken);
    reports = List.copyOf(reports);
  }

  /**
   * @param outcomes of the letters, in their order
   */
  static Deliveries of(List<Letter> letters, List<Courier.Outcome> outcomes) {
    var taken = new EnumMap<Channel, String>(Channel.class);
    var reports = new ArrayList<String>();
    for (int i = 0; i < letters.size(); i++) {
      Letter letter = letters.get(i);
      if (outcomes.get(i) instanceof Courier.Taken) {
        taken.put(letter.channel(), letter.to());
      }
      reports.add(
          letter.channel().name().toLowerCase(Locale.ROOT) + "=" + written(outcomes.get(i)));
    }
    return new Deliveries(taken, reports);
  }

  private static String written(Courier.Outcome outcome) {
    return switch (outcome) {
      case Courier.Taken(String provider, String _, List<String> unsure) ->
          "taken:"
              + provider
              + (unsure.isEmpty() ? "" : ",unsure:" + String.join(",unsure:", unsure));
      case Courier.Unsure(String provider, String _) -> "unsure:" + provider;
      case Courier.Failed _ -> "failed";
    };
  }
}
