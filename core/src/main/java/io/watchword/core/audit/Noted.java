package io.watchword.core.audit;

import io.watchword.core.unit.Key;
import io.watchword.core.unit.Rows;
import io.watchword.core.unit.Unit;
import java.util.Collection;
import java.util.List;

/** Writes a record of what happened, where nothing else changes. */
public record Noted(AuditTrail audit, AuditRecord record) implements Unit<Boolean> {

  @Override
  public Collection<Key<?>> keys() {
    return List.of(audit.head());
  }

  @Override
  public Boolean apply(Rows rows) {
    audit.append(rows, record);
    return true;
  }
}
