package io.watchword.server.people;

import io.watchword.core.individual.Directory;
import io.watchword.core.individual.Identifier;
import io.watchword.core.individual.IdentifierRow;
import io.watchword.core.individual.IdentifierType;
import io.watchword.core.unit.Key;
import io.watchword.core.unit.Store;
import io.watchword.server.partners.RecordedChanges;
import io.watchword.server.partners.RecordedChanges.Act;
import java.util.List;

/** Takes VIDs out of force (contract identity-v1 7.3). */
public final class Vids {

  private final Store store;
  private final Directory directory;
  private final RecordedChanges changes;

  public Vids(Store store, Directory directory, RecordedChanges changes) {
    this.store = store;
    this.directory = directory;
    this.changes = changes;
  }

  /**
   * Revokes a VID for good.
   *
   * @param operator who acts, for the audit
   * @return whether anybody has it
   */
  public boolean revoke(String operator, String vid) {
    Key<IdentifierRow> key = directory.key(new Identifier(IdentifierType.VID, vid));
    IdentifierRow known = store.read(key);
    if (known == null || known.type() != IdentifierType.VID) {
      return false;
    }
    changes.commit(
        Act.onCallers(operator, "vid.revoke=" + known.person()),
        List.of(key),
        rows -> {
          IdentifierRow row = rows.get(key);
          if (row != null) {
            rows.put(key, row.revoked());
          }
        });
    return true;
  }
}
