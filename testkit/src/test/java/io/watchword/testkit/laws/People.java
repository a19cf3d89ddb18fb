package io.watchword.testkit.laws;

import io.watchword.core.individual.Attribute;
import io.watchword.core.individual.HotListed;
import io.watchword.core.individual.Identifier;
import io.watchword.core.individual.IdentifierRow;
import io.watchword.core.individual.IdentifierType;
import io.watchword.core.individual.Individual;
import io.watchword.core.individual.Standing;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** People on file in a deployment, as the tests need them. */
final class People {

  static final Identifier UIN = new Identifier(IdentifierType.UIN, "2047631038");
  static final Identifier VID = new Identifier(IdentifierType.VID, "4370296312658178");
  static final Identifier OTHER_UIN = new Identifier(IdentifierType.UIN, "3974189657");
  static final Identifier NOBODY = new Identifier(IdentifierType.UIN, "1234567890");
  static final String PHONE = "+919876543210";
  static final String MAIL = "james@test.io";
  static final String ID = "0123456789abcdef0123456789abcdef";
  static final String OTHER_ID = "fedcba9876543210fedcba9876543210";

  private final Deployment deployment;

  private People(Deployment deployment) {
    this.deployment = deployment;
  }

  /** One adult with phone, mail, a UIN and a perpetual VID. */
  static People james(Deployment deployment) {
    var people = new People(deployment);
    people.enrol(ID, UIN, attributes(PHONE, MAIL, "1980/03/01"), null);
    people.give(VID, ID, null, null);
    return people;
  }

  static Map<String, Attribute> attributes(
      @Nullable String phone, @Nullable String mail, @Nullable String born) {
    var attributes = new HashMap<String, Attribute>();
    put(attributes, Individual.PHONE, phone);
    put(attributes, Individual.EMAIL, mail);
    put(attributes, Individual.DATE_OF_BIRTH, born);
    return attributes;
  }

  private static void put(Map<String, Attribute> to, String name, @Nullable String value) {
    if (value != null) {
      to.put(name, new Attribute.Plain(value));
    }
  }

  /** Somebody with a phone and a UIN of their own. */
  People enrol(
      String id, Identifier uin, Map<String, Attribute> attributes, @Nullable String fixedCode) {
    deployment.put(
        Individual.TABLE.key(id), new Individual(token(id), attributes, uin.value(), fixedCode));
    return give(uin, id, null, null);
  }

  static String token(String person) {
    return person.replaceAll("[a-f]", "7") + "0000";
  }

  People give(
      Identifier identifier, String person, @Nullable Instant expiresAt, @Nullable Integer uses) {
    return give(
        identifier,
        new IdentifierRow(person, identifier.type(), IdentifierRow.State.ACTIVE, expiresAt, uses));
  }

  People give(Identifier identifier, IdentifierRow row) {
    deployment.put(deployment.directory.key(identifier), row);
    return this;
  }

  /** Replaces what stands against James. */
  People stand(@Nullable Instant deactivatedAt, Map<String, Standing.Lock> locks) {
    deployment.put(Standing.key(ID), new Standing(deactivatedAt, locks));
    return this;
  }

  /** Locks factors of James for good. */
  People lock(String... factors) {
    var locks = new HashMap<String, Standing.Lock>();
    for (String factor : factors) {
      locks.put(factor, new Standing.Lock(null));
    }
    return stand(null, locks);
  }

  People block(HotListed.Subject subject, String value, @Nullable Instant until) {
    deployment.put(HotListed.key(deployment.keyring, subject, value), new HotListed(until));
    return this;
  }
}
