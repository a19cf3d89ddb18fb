package io.watchword.server.keys;

import io.watchword.core.audit.AuditRow;
import io.watchword.core.audit.ChainHead;
import io.watchword.core.partner.ApiKey;
import io.watchword.core.partner.Licence;
import io.watchword.core.partner.Partner;
import io.watchword.core.partner.Policy;
import io.watchword.core.unit.Generation;
import io.watchword.core.unit.Store;
import io.watchword.store.sqlite.SqliteSettings;
import io.watchword.store.sqlite.SqliteStore;
import java.nio.file.Path;
import java.util.List;

/** The SQLite store with the tables of keys and callers; none of them is sealed. */
public final class KeysStore {

  private KeysStore() {}

  public static Store open(Path folder) {
    return new SqliteStore(
        SqliteSettings.in(folder),
        List.of(
            SecretKeyRow.TABLE,
            KeyPairRow.TABLE,
            CaCertificate.TABLE,
            Generation.table(),
            Partner.TABLE,
            ApiKey.TABLE,
            Licence.TABLE,
            Policy.TABLE,
            AuditRow.TABLE,
            ChainHead.TABLE),
        new LateSealer());
  }
}
