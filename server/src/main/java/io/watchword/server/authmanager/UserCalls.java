package io.watchword.server.authmanager;

import io.helidon.common.parameters.Parameters;
import io.helidon.webserver.http.HttpRules;
import io.watchword.core.account.Account;
import io.watchword.core.account.Accounts;
import io.watchword.core.delivery.Channel;
import io.watchword.server.kernel.Applications;
import io.watchword.server.kernel.Caller;
import io.watchword.server.kernel.Exchange;
import io.watchword.server.kernel.Exchange.Incoming;
import io.watchword.server.kernel.Exchange.Shape;
import io.watchword.server.kernel.Members;
import io.watchword.server.kernel.Names;
import io.watchword.server.kernel.Refused;
import io.watchword.wire.kernel.RolesReply;
import io.watchword.wire.kernel.UserReply;
import io.watchword.wire.kernel.UsersReply;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/**
 * The calls about who has an account (contract kernel A.10). They tell names and addresses, so
 * unlike the deployed services this one wants a token with a role for them.
 */
final class UserCalls {

  private static final int MOST_NAMES = 100;
  private static final int MOST_FETCHED = 100;

  private final AuthManagerSettings settings;
  private final Applications applications;
  private final Accounts accounts;
  private final Exchange exchange;
  private final Caller callers;

  UserCalls(
      AuthManagerSettings settings,
      Applications applications,
      AuthManagerDoor.Stories stories,
      Exchange exchange,
      Caller callers) {
    this.settings = settings;
    this.applications = applications;
    this.accounts = stories.accounts();
    this.exchange = exchange;
    this.callers = callers;
  }

  void routing(HttpRules routes) {
    routes
        .get("/roles/{appid}", exchange.handler(Names.of(""), Shape.NOTHING, this::roles))
        .any("/roles/{appid}", exchange::otherMethod)
        .post("/userdetails/{appid}", exchange.handler(Names.of(""), Shape.ENVELOPE, this::named))
        .get("/userdetails/{appid}", exchange.handler(Names.of(""), Shape.NOTHING, this::search))
        .any("/userdetails/{appid}", exchange::otherMethod);
  }

  private void admit(Incoming incoming) throws Refused {
    callers.admit(incoming.request(), settings.userRoles(), incoming.now());
    String name = incoming.part("appid");
    if (applications.find(name).isEmpty()) {
      throw KernelCodes.noApplication(name);
    }
  }

  private Object roles(Incoming incoming) throws Refused {
    admit(incoming);
    Set<String> names = new TreeSet<>(settings.individualRoles());
    names.addAll(settings.addressRoles());
    accounts.each(account -> true).forEach(account -> names.addAll(account.roles()));
    return new RolesReply(
        names.stream().map(name -> new RolesReply.Role(name, name, name)).toList());
  }

  private Object named(Incoming incoming) throws Refused {
    admit(incoming);
    JsonNode names =
        incoming.members().get("userDetails").orElseThrow(() -> KernelCodes.blank("userDetails"));
    if (!names.isArray() || names.size() > MOST_NAMES) {
      throw new Refused(
          "KER-ATH-019", "request.userDetails must be a list of at most " + MOST_NAMES);
    }
    List<UserReply> users = new ArrayList<>();
    for (JsonNode name : names) {
      Members.scalar(name)
          .flatMap(accounts::find)
          .map(Accounts.Found::account)
          .ifPresent(account -> users.add(user(account)));
    }
    return new UsersReply(users, null);
  }

  private Object search(Incoming incoming) throws Refused {
    admit(incoming);
    Parameters query = incoming.request().query();
    String role = given(query, "roleName");
    String email = given(query, "email");
    String userName = given(query, "userName");
    String anywhere = given(query, "search");
    String first = given(query, "firstName");
    String last = given(query, "lastName");
    Predicate<Account> wanted =
        account ->
            (role.isEmpty() || account.roles().contains(role))
                && has(account.address(Channel.EMAIL).orElse(""), email)
                && has(account.loginName(), userName)
                && has(name(account), first)
                && has(name(account), last)
                && (has(account.loginName(), anywhere)
                    || has(name(account), anywhere)
                    || has(account.address(Channel.EMAIL).orElse(""), anywhere));
    List<Account> all = accounts.each(wanted);
    int from = Math.min(number(query, "pageStart", 0), all.size());
    int to =
        Math.min(
            from + Math.min(number(query, "pageFetch", MOST_FETCHED), MOST_FETCHED), all.size());
    return new UsersReply(all.subList(from, to).stream().map(UserCalls::user).toList(), all.size());
  }

  private static boolean has(String text, String part) {
    return text.toLowerCase(Locale.ROOT).contains(part.toLowerCase(Locale.ROOT));
  }

  private static String name(Account account) {
    return account.name() == null ? "" : account.name();
  }

  private static String given(Parameters query, String name) {
    return query.first(name).orElse("");
  }

  private static int number(Parameters query, String name, int otherwise) throws Refused {
    String text = given(query, name);
    if (text.isEmpty()) {
      return otherwise;
    }
    if (!text.matches("[0-9]{1,6}")) {
      throw new Refused("KER-ATH-019", name + " must be a number");
    }
    return Integer.parseInt(text);
  }

  private static UserReply user(Account account) {
    return new UserReply(
        account.loginName(),
        account.address(Channel.PHONE).orElse(null),
        account.address(Channel.EMAIL).orElse(null),
        account.language(),
        null,
        account.name(),
        String.join(",", account.roles()),
        null,
        null);
  }
}
