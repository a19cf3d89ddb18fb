package io.watchword.server.ida;

import io.watchword.core.partner.Admission;
import io.watchword.server.keys.ResponseSigner;
import io.watchword.server.keys.SeenCertificates;
import io.watchword.server.keys.ServerKeys;
import io.watchword.server.keys.Signers;
import io.watchword.wire.protection.Algorithms;
import io.watchword.wire.protection.KycEnvelope;
import io.watchword.wire.protection.SampleEnvelope;
import io.watchword.wire.protection.SessionEnvelope;
import java.security.SecureRandom;

/**
 * What protects the messages of this door.
 *
 * @param keys the server's own
 * @param certificates that were parsed before
 */
public record Protection(
    Algorithms algorithms,
    SecureRandom random,
    ServerKeys keys,
    Signers signers,
    SeenCertificates certificates) {

  Gate gate(IdaSettings settings, Admission admission) {
    return new Gate(
        settings,
        algorithms,
        new SessionEnvelope(algorithms, random),
        keys,
        signers,
        new BiometricChecks(
            algorithms,
            settings.algorithms(),
            signers,
            new SampleEnvelope(algorithms, random),
            keys.forDevices(),
            settings.biometrics().hashChain()),
        admission);
  }

  KycEnvelope kycEnvelope() {
    return new KycEnvelope(algorithms, random);
  }

  ResponseSigner responseSigner() {
    return new ResponseSigner(keys, algorithms);
  }
}
