package io.watchword.server.partners;

import io.watchword.core.partner.Partner;
import io.watchword.core.partner.Policy;
import io.watchword.core.unit.Key;
import io.watchword.core.unit.Store;
import io.watchword.server.partners.RecordedChanges.Act;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Puts policies on file in the JSON of contract ida 6.2, and shows them in it. */
public final class Policies {

  private final Store store;
  private final RecordedChanges changes;

  Policies(Store store, RecordedChanges changes) {
    this.store = store;
    this.changes = changes;
  }

  /**
   * Puts a policy on file; one of that id keeps its status and its dates.
   *
   * @throws ProvisioningRefused with everything that is wrong with the document
   */
  public void put(String operator, String id, String json) {
    Ids.require("policy", id);
    Policy read = PolicyDocument.parse(id, json, changes.now(), null);
    Key<Policy> key = Policy.TABLE.key(id);
    changes.commit(
        Act.onCallers(operator, "policy.put=" + id),
        List.of(key),
        rows -> {
          Policy former = rows.get(key);
          rows.put(key, former == null ? read : dated(read, former));
        });
  }

  private static Policy dated(Policy read, Policy former) {
    return new Policy(
        read.id(),
        former.status(),
        former.commencesAt(),
        former.expiresAt(),
        read.allowed(),
        read.mandatory(),
        read.attributes(),
        read.languages(),
        read.pseudonym(),
        read.matching());
  }

  private static Policy withStatus(Policy policy, Partner.Status status) {
    return new Policy(
        policy.id(),
        status,
        policy.commencesAt(),
        policy.expiresAt(),
        policy.allowed(),
        policy.mandatory(),
        policy.attributes(),
        policy.languages(),
        policy.pseudonym(),
        policy.matching());
  }

  /** Puts a policy out of force, or in again. */
  public void setStatus(String operator, String id, Partner.Status status) {
    Ids.require("policy", id);
    Key<Policy> key = Policy.TABLE.key(id);
    changes.commit(
        Act.onCallers(operator, "policy.status=" + id, "status=" + status),
        List.of(key),
        rows -> rows.put(key, withStatus(required(rows.get(key), id), status)));
  }

  /** The policy's JSON; empty if there is none of that id. */
  public Optional<String> show(String id) {
    Ids.require("policy", id);
    return Optional.ofNullable(store.read(Policy.TABLE.key(id))).map(PolicyDocument::print);
  }

  /** All policies, by id. */
  public List<Policy> list() {
    return changes.all(Policy.TABLE).stream().map(Store.Entry::row).toList();
  }

  static Policy required(@Nullable Policy policy, String id) {
    if (policy == null) {
      throw new ProvisioningRefused("there is no policy '" + id + "'");
    }
    return policy;
  }
}
