package io.watchword.bench;

import io.watchword.bench.Ledger.Entry;
import io.watchword.core.audit.AuditRecord;
import io.watchword.core.audit.AuditRow;
import io.watchword.core.audit.AuditVerification;
import io.watchword.core.code.CodeBinding;
import io.watchword.core.code.CodePolicy;
import io.watchword.core.code.SentTransactions;
import io.watchword.core.individual.Directory;
import io.watchword.core.individual.Identifier;
import io.watchword.core.individual.IdentifierType;
import io.watchword.core.unit.Store;
import io.watchword.server.Platform;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Looks into the data folder of a server that was killed: is everything there that it had
 * acknowledged, and do the audit's chains hold?
 */
final class AfterCrash {

  private static final int PAGE = 1_000;

  private final Platform platform;
  private final String partner;
  private final Map<String, AuditRecord> accepted = new HashMap<>();
  private final Set<String> spent = new HashSet<>();
  private int spentAgain;

  private AfterCrash(Platform platform, String partner) {
    this.platform = platform;
    this.partner = partner;
  }

  /**
   * What was found.
   *
   * @param lost acknowledgements without the rows that they stand for
   * @param spentAgain decisions that accepted a code which another one had accepted
   * @param audit what the walk over the chains said
   */
  record Found(int lost, int spentAgain, AuditVerification.Report audit) {}

  static Found look(Platform platform, String partner, List<Entry> entries) {
    var look = new AfterCrash(platform, partner);
    look.readAudit();
    int lost = 0;
    for (Entry entry : entries) {
      lost += look.sendIsThere(entry) ? 0 : 1;
      lost += look.decisionIsThere(entry) ? 0 : 1;
    }
    return new Found(
        lost,
        look.spentAgain,
        platform.verification().verify(platform.heads().read(), records -> {}));
  }

  /** The row in which a code lies. */
  static CodeBinding binding(Entry entry, String partner) {
    return new CodeBinding(CodePolicy.IDA.purpose(), entry.uin, entry.transaction, partner);
  }

  /** Where a send is remembered. */
  static SentTransactions.Place place(Platform platform, Entry entry, String partner) {
    var uin = new Identifier(IdentifierType.UIN, entry.uin);
    String person =
        new Directory(platform.store(), platform.keyring()).find(uin).orElseThrow().person();
    return SentTransactions.Place.of(platform.keyring(), binding(entry, partner), person);
  }

  private void readAudit() {
    String after = "";
    while (true) {
      List<Store.Entry<AuditRow>> page = platform.store().scan(AuditRow.TABLE, after, PAGE);
      if (page.isEmpty()) {
        return;
      }
      for (Store.Entry<AuditRow> entry : page) {
        AuditRecord record = entry.row().body();
        if (record != null && record.outcome().equals(AuditRecord.ACCEPTED)) {
          accepted.put(record.request(), record);
          boolean decision = record.event() == AuditRecord.Event.AUTHENTICATION;
          if (decision && !spent.add(record.caller() + "/" + record.transaction())) {
            spentAgain++;
          }
        }
      }
      after = page.getLast().id();
    }
  }

  private boolean sendIsThere(Entry entry) {
    SentTransactions.Place place = place(platform, entry, partner);
    SentTransactions row = platform.store().read(place.key());
    return row != null
        && row.sent().stream().anyMatch(each -> each.transaction().equals(place.transaction()))
        && recorded(entry.sendRequest, AuditRecord.Event.CODE_SEND, entry.transaction);
  }

  private boolean decisionIsThere(Entry entry) {
    return entry.state() != Ledger.State.ACCEPTED
        || recorded(entry.acceptRequest(), AuditRecord.Event.AUTHENTICATION, entry.transaction);
  }

  private boolean recorded(String request, AuditRecord.Event event, String transaction) {
    AuditRecord record = accepted.get(request);
    return record != null && record.event() == event && record.transaction().equals(transaction);
  }
}
