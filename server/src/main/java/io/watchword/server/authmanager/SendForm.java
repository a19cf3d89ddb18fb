package io.watchword.server.authmanager;

import io.watchword.core.account.Application;
import io.watchword.core.delivery.Channel;
import io.watchword.server.kernel.Applications;
import io.watchword.server.kernel.Dialect;
import io.watchword.server.kernel.Members;
import io.watchword.server.kernel.Refused;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A request of {@code sendotp} (contract kernel A.1).
 *
 * @param type {@code UIN} or {@code USERID}
 * @param channels that were asked for and are known
 * @param family name of the letters
 * @param variables for the letter
 */
record SendForm(
    Application application,
    Users.Type type,
    String userId,
    Set<Channel> channels,
    String family,
    Map<String, String> variables) {

  static final String DEFAULT_FAMILY = "auth-otp";

  private static final int MOST_CHANNELS = 8;
  private static final int MOST_VARIABLES = 20;
  private static final int LONGEST_VALUE = 64;
  private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,63}");

  /** What telephones and mail programs turn into something to tap on. */
  private static final Pattern LINK =
      Pattern.compile(
          "://|\\bwww\\.|[\\p{L}\\p{N}-]+\\.\\p{L}{2,}(?![\\p{L}\\p{N}])|@[\\p{L}\\p{N}]",
          Pattern.CASE_INSENSITIVE);

  /** The checks that come before the user is looked for, in the order of the dialect. */
  static SendForm of(Members request, Dialect dialect, Applications applications) throws Refused {
    String userId = request.filled("userId");
    if (dialect == Dialect.SEED && userId.isEmpty()) {
      throw noUserId();
    }
    Application application = application(request, applications);
    if (dialect == Dialect.KERNEL && request.get("otpChannel").isEmpty()) {
      throw KernelCodes.unforeseen("otpChannel is missing");
    }
    Users.Type type = type(request);
    var asked = new Asked(request.get("otpChannel").orElse(null));
    String context = request.filled("context");
    if (dialect == Dialect.SEED) {
      asked.check(application);
      checkNumber(asked, application, dialect);
      context = context.isEmpty() ? DEFAULT_FAMILY : context;
    }
    return new SendForm(application, type, userId, asked.channels, context, variables(request));
  }

  /** The checks that come after the user was looked for in dialect kernel. */
  void checkLate(Dialect dialect) throws Refused {
    if (dialect == Dialect.SEED) {
      return;
    }
    if (family.isEmpty()) {
      throw new Refused("KER-ATH-401", "Context is null,Please enter a valid context");
    }
    if (userId.isEmpty()) {
      throw noUserId();
    }
    if (channels.size() > 1 && !application.severalChannels()) {
      throw KernelCodes.severalChannels(dialect);
    }
    if (channels.isEmpty()) {
      throw KernelCodes.unforeseen("no known channel");
    }
    Set<Channel> off = EnumSet.copyOf(channels);
    off.removeAll(application.channels());
    if (!off.isEmpty()) {
      throw KernelCodes.channelsOff(off.size() > 1);
    }
  }

  private static Refused noUserId() {
    return new Refused("KER-ATH-401", "Invalid User id ");
  }

  private static Application application(Members request, Applications applications)
      throws Refused {
    String name = request.text("appId");
    Optional<Application> application = name == null ? Optional.empty() : applications.find(name);
    if (application.isEmpty()) {
      throw KernelCodes.noApplication(name);
    }
    return application.get();
  }

  private static Users.Type type(Members request) throws Refused {
    return switch (request.filled("useridtype")) {
      case "UIN" -> Users.Type.UIN;
      case "USERID" -> Users.Type.USERID;
      default -> throw new Refused("401", "Invalid User Id type");
    };
  }

  private static void checkNumber(Asked asked, Application application, Dialect dialect)
      throws Refused {
    if (asked.channels.size() > 1 && !application.severalChannels()) {
      throw KernelCodes.severalChannels(dialect);
    }
  }

  /** The channels of a request; one given as a single string counts as an array of one. */
  private static final class Asked {
    private final Set<Channel> channels = EnumSet.noneOf(Channel.class);
    private boolean unknown;

    Asked(@Nullable JsonNode given) {
      List<JsonNode> names = new ArrayList<>();
      if (given != null && given.isArray()) {
        given.forEach(names::add);
      } else if (given != null) {
        names.add(given);
      }
      unknown = names.isEmpty() || names.size() > MOST_CHANNELS;
      for (JsonNode name : names) {
        switch (name.isString() ? name.stringValue().toLowerCase(Locale.ROOT) : "") {
          case "email" -> channels.add(Channel.EMAIL);
          case "phone", "mobile" -> channels.add(Channel.PHONE);
          default -> unknown = true;
        }
      }
    }

    void check(Application application) throws Refused {
      if (unknown || !application.channels().containsAll(channels)) {
        throw new Refused("KER-AUTH-CHANNEL_INVALID", "The passed channel is invalid.");
      }
    }
  }

  /**
   * Anybody may send these to anybody's phone, so they are short, of one line, and nothing in them
   * can be tapped on (contract kernel, amendment 8).
   */
  private static Map<String, String> variables(Members request) throws Refused {
    Optional<JsonNode> given = request.get("templateVariables");
    if (given.isEmpty()) {
      return Map.of();
    }
    if (!given.get().isObject() || given.get().size() > MOST_VARIABLES) {
      throw unfit("");
    }
    Map<String, String> variables = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> each : given.get().properties()) {
      Optional<String> value = Members.scalar(each.getValue());
      if (!NAME.matcher(each.getKey()).matches()) {
        throw unfit("");
      }
      if (each.getValue().isNull()) {
        continue;
      }
      String text = value.orElseThrow(() -> unfit("." + each.getKey()));
      if (text.codePoints().anyMatch(SendForm::breaks) || LINK.matcher(text).find()) {
        throw unfit("." + each.getKey());
      }
      variables.put(each.getKey(), cut(text));
    }
    return variables;
  }

  private static boolean breaks(int c) {
    return Character.isISOControl(c) || c == 0x2028 || c == 0x2029;
  }

  private static String cut(String text) {
    return text.codePointCount(0, text.length()) <= LONGEST_VALUE
        ? text
        : text.substring(0, text.offsetByCodePoints(0, LONGEST_VALUE));
  }

  private static Refused unfit(String member) {
    return new Refused(
        "KER-ATH-019",
        "request.templateVariables" + member + " must be plain text of one line without links");
  }

  /** Without user and variables. */
  @Override
  public String toString() {
    return "SendForm[" + application.id() + ", " + channels + "]";
  }
}
