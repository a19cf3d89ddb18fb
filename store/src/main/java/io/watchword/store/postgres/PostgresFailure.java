package io.watchword.store.postgres;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTransientConnectionException;

/** What an error of the database means for the transaction that met it. */
enum PostgresFailure {
  /** Another transaction was first; run again, this one may well succeed. */
  CONFLICT,
  /** There is no connection any more, or none could be had. */
  CONNECTION,
  /** Something in the transaction is refused. */
  REFUSED;

  static PostgresFailure of(Throwable thrown) {
    if (!(thrown instanceof SQLException error)) {
      return REFUSED;
    }
    if (error instanceof SQLTransientConnectionException
        || error instanceof SQLNonTransientConnectionException) {
      return CONNECTION;
    }
    String state = error.getSQLState() == null ? "" : error.getSQLState();
    // PostgreSQL's appendix A: serialization failure, deadlock, lock not available.
    if (state.equals("40001") || state.equals("40P01") || state.equals("55P03")) {
      return CONFLICT;
    }
    // Connection exceptions, operator intervention (shutdown, terminated), idle too long.
    boolean lost = state.startsWith("08") || state.startsWith("57P") || state.equals("25P03");
    return lost ? CONNECTION : REFUSED;
  }
}
