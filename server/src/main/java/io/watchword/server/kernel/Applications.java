package io.watchword.server.kernel;

import io.watchword.core.account.Application;
import io.watchword.core.budget.BudgetPolicy;
import io.watchword.core.code.CodePolicy;
import io.watchword.core.code.SendCode;
import io.watchword.core.unit.CachedRows;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The applications that a request may name, and the rules of their codes. */
public final class Applications {

  private static final int LONGEST = 64;

  private final CachedRows rows;
  private final Map<String, String> aliases;

  /**
   * @param aliases other names → ids
   */
  public Applications(CachedRows rows, Map<String, String> aliases) {
    this.rows = rows;
    this.aliases = Map.copyOf(aliases);
  }

  /** The application of that name, if it is served. */
  public Optional<Application> find(String name) {
    String id = aliases.getOrDefault(name, name);
    if (id.isBlank() || id.length() > LONGEST) {
      return Optional.empty();
    }
    return Optional.ofNullable(rows.get(Application.TABLE.key(id))).filter(Application::active);
  }

  /**
   * How the codes of an application live.
   *
   * @param base where it has no terms of its own
   * @param application {@code null}: none
   */
  public static SendCode.CodeRules rules(
      CodePolicy base, BudgetPolicy budgets, @Nullable Application application) {
    if (application == null) {
      return new SendCode.CodeRules(base, budgets);
    }
    Integer sends = application.sendsPerHour();
    BudgetPolicy most = sends == null ? budgets : budgets.withSendsPerCallerHour(sends);
    Application.CodeTerms own = application.codes();
    if (own == null) {
      return new SendCode.CodeRules(base, most);
    }
    return new SendCode.CodeRules(
        new CodePolicy(
            base.purpose(),
            own.digits() == null ? base.digits() : own.digits(),
            own.lifetime() == null ? base.lifetime() : own.lifetime(),
            own.tries() == null ? base.tries() : own.tries(),
            own.freeze() == null ? base.freeze() : own.freeze(),
            base.floodWindow(),
            base.floodMost(),
            base.manner()),
        most);
  }
}
