package io.watchword.store;

import io.watchword.core.unit.StoreUnavailable;
import io.watchword.core.unit.StoreUnavailable.Reason;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationInfoService;
import org.flywaydb.core.api.MigrationState;

/**
 * The version of a database's layout, kept by Flyway. A migration is needed only when the shape
 * that all tables share changes; a new table is none.
 */
public final class DatabaseFormat {

  private DatabaseFormat() {}

  /**
   * Brings a database to the layout of this version.
   *
   * @param location the folder of its migrations on the class path
   * @param place names the database in messages
   * @throws StoreUnavailable if it was written by a newer version, was altered, or cannot be
   *     reached
   */
  public static void bringUp(DataSource database, String location, String place) {
    try {
      Flyway flyway =
          Flyway.configure(DatabaseFormat.class.getClassLoader())
              .dataSource(database)
              .loggers("slf4j")
              .locations("classpath:" + location)
              .load();
      refuseNewer(flyway.info(), place);
      flyway.migrate();
    } catch (FlywayException e) {
      throw new StoreUnavailable(Reason.FAILED, place + " cannot be brought up to date", e);
    }
  }

  private static void refuseNewer(MigrationInfoService info, String place) {
    String known = "none";
    for (MigrationInfo migration : info.all()) {
      MigrationState state = migration.getState();
      if (state == MigrationState.FUTURE_SUCCESS || state == MigrationState.FUTURE_FAILED) {
        throw new StoreUnavailable(
            Reason.FAILED,
            place
                + " was written by a newer Watchword: its layout is version "
                + migration.getVersion()
                + ", and this program knows versions up to "
                + known
                + "; run the newer program, or restore a backup made before it",
            null);
      }
      known = String.valueOf(migration.getVersion());
    }
  }
}
