package io.watchword.server.ida;

import io.watchword.core.partner.Admission;
import io.watchword.server.keys.ServerKeys;
import io.watchword.server.keys.Signers;
import io.watchword.wire.protection.Algorithms;
import io.watchword.wire.protection.SessionEnvelope;

/** What the filter checks of a request lean on. */
record Gate(
    IdaSettings settings,
    Algorithms algorithms,
    SessionEnvelope envelope,
    ServerKeys keys,
    Signers signers,
    BiometricChecks biometrics,
    Admission admission) {}
