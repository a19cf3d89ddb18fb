package io.watchword.core.code;

import io.watchword.core.budget.Guesses;
import io.watchword.core.budget.WrongCodes;
import io.watchword.core.individual.Identifier;
import io.watchword.core.keys.Keyring;
import io.watchword.core.unit.Key;
import io.watchword.core.unit.Store;
import java.util.ArrayList;
import java.util.List;

/**
 * The rows that keep codes of somebody, or for a key, from being sent and compared: frozen slots
 * and counters of wrong codes. An operator who deletes them unblocks; what was sent before is then
 * worth nothing.
 */
public final class Blocks {

  private static final int MOST = 10_000;

  private final Store store;
  private final Keyring keyring;

  public Blocks(Store store, Keyring keyring) {
    this.store = store;
    this.keyring = keyring;
  }

  /**
   * Of somebody who was found by an identifier or a login name: at the doors where that name was
   * presented, and where only the person counts.
   */
  public List<Key<?>> of(Identifier presented, Recipient found) {
    List<Key<?>> keys = counters(found.person());
    keys.add(slot(CodePolicy.IDA, presented.value(), found.subject()));
    keys.add(slot(CodePolicy.KERNEL_LOGIN, presented.value(), found.subject()));
    Key<PersonTries> tries = CodePolicy.IDENTITY_V1.triesKey(found.person());
    if (tries != null) {
      keys.add(tries);
    }
    return keys;
  }

  /**
   * Of a key.
   *
   * @param owner as codes are asked for: {@link KeyCodes.Request#owner}
   */
  public List<Key<?>> ofKey(String owner, String key) {
    KeyCodes.Subject subject = KeyCodes.Subject.of(CodePolicy.KERNEL_KEY, owner, key, keyring);
    List<Key<?>> keys = counters(subject.id());
    keys.add(subject.binding().slot(keyring));
    return keys;
  }

  private Key<CodeSlot> slot(CodePolicy policy, String presented, String subject) {
    return policy.binding(presented, subject, "", "").slot(keyring);
  }

  /** At all callers, and at each one. */
  private List<Key<?>> counters(String person) {
    List<Key<?>> keys = new ArrayList<>();
    for (Guesses.Kind kind : Guesses.Kind.values()) {
      keys.add(WrongCodes.TABLE.key(kind.of(person)));
      String prefix = kind.of(person) + "/";
      for (Store.Entry<WrongCodes> each : store.scan(WrongCodes.TABLE, prefix, MOST)) {
        if (!each.id().startsWith(prefix)) {
          break;
        }
        keys.add(WrongCodes.TABLE.key(each.id()));
      }
    }
    return keys;
  }
}
