package io.watchword.core.authentication;

import io.watchword.core.individual.DateOfBirth;
import io.watchword.core.individual.Directory;
import io.watchword.core.individual.Individual;
import io.watchword.core.individual.Standing;
import io.watchword.core.individual.StandingRefusal;
import io.watchword.core.unit.Key;
import io.watchword.core.unit.Rows;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether a person may be asked about at all, with these factors, inside units: contract ida 6.4
 * and 6.5.
 */
record PersonCheck(
    Authenticate.Rules rules,
    Factors factors,
    Directory.Found found,
    StandingRefusal.Check standing) {

  private static final String BIO = "bio";

  List<Key<?>> keys() {
    return standing.keys();
  }

  /** The first look in a request, which spends a use of the identifier. */
  @Nullable AuthenticationRefusal admit(Rows rows, Instant now) {
    StandingRefusal unserved = standing.onFile(rows, now);
    if (unserved == null) {
      standing.use(rows);
      unserved = standing.blocked(rows, now);
    }
    return unserved != null ? new AuthenticationRefusal.NotServed(unserved) : filter(rows, now);
  }

  /** A later look in the same request, which finds the identifier's use spent already. */
  @Nullable AuthenticationRefusal stillAdmitted(Rows rows, Instant now) {
    StandingRefusal unserved = standing.inForce(rows, now);
    if (unserved == null) {
      unserved = standing.blocked(rows, now);
    }
    return unserved != null ? new AuthenticationRefusal.NotServed(unserved) : filter(rows, now);
  }

  private @Nullable AuthenticationRefusal filter(Rows rows, Instant now) {
    AuthenticationRefusal denied = childFilter(now);
    return denied != null ? denied : lockFilter(standing.standing(rows), now);
  }

  private @Nullable AuthenticationRefusal childFilter(Instant now) {
    String denied =
        factors.otp() != null && rules.deniedToChildren().contains(Factors.OTP)
            ? Factors.OTP
            : !factors.biometrics().isEmpty() && rules.deniedToChildren().contains(BIO) ? BIO : "";
    if (denied.isEmpty()) {
      return null;
    }
    Optional<LocalDate> born =
        found.individual().plain(Individual.DATE_OF_BIRTH).flatMap(DateOfBirth::parse);
    if (born.isEmpty()) {
      return new AuthenticationRefusal.NoBirthDate();
    }
    LocalDate today = now.atOffset(ZoneOffset.UTC).toLocalDate();
    return DateOfBirth.completedYears(born.get(), today) < rules.childAge()
        ? new AuthenticationRefusal.DeniedToChild(denied)
        : null;
  }

  private @Nullable AuthenticationRefusal lockFilter(Standing locks, Instant now) {
    boolean channels = locks.locked("otp-phone", now) && locks.locked("otp-email", now);
    if (factors.otp() != null && channels) {
      return new AuthenticationRefusal.Locked(Factors.OTP);
    }
    return factors.names().stream()
        .filter(factor -> locks.locked(factor, now))
        .findFirst()
        .map(AuthenticationRefusal.Locked::new)
        .orElse(null);
  }
}
