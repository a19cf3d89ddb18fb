package io.watchword.server.identityv1;

import io.helidon.http.Status;
import io.watchword.wire.identityv1.Fault;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A request that ends here, with the faults that its caller is told. */
final class Refused extends Exception {

  private static final long serialVersionUID = 1L;

  private final transient List<Fault> faults;
  private final transient @Nullable Status status;

  Refused(List<Fault> faults) {
    this(null, faults);
  }

  Refused(Fault fault) {
    this(null, List.of(fault));
  }

  /**
   * @param status {@code null}: that of any failure, which is a setting
   */
  Refused(@Nullable Status status, List<Fault> faults) {
    super("refused", null, false, false);
    this.status = status;
    this.faults = List.copyOf(faults);
  }

  /** What cannot be read as a request at all (contract identity-v1 1.1). */
  static Refused unreadable(Status status) {
    return new Refused(status, List.of(Faults.UNREADABLE));
  }

  List<Fault> faults() {
    return faults;
  }

  @Nullable Status status() {
    return status;
  }
}
