package io.watchword.server.ida;

import io.watchword.core.delivery.Channel;
import io.watchword.wire.ida.AuthReply;
import io.watchword.wire.ida.IdaError;
import io.watchword.wire.ida.Json;
import io.watchword.wire.ida.KycReply;
import io.watchword.wire.ida.OtpReply;
import io.watchword.wire.protection.KycEnvelope;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A reply by kind of outcome (contract ida 5).
 *
 * @param body record of the wire
 */
record Reply(Object body) {

  private static final String VERSION = "1.0";

  /** The caller's part of a reply. */
  record Frame(Operation operation, @Nullable String transaction, Instant now) {

    /** The transaction id is echoed even from a request that was refused for something else. */
    static Frame of(Incoming incoming, Instant now) {
      return new Frame(
          incoming.operation(),
          Json.readObject(incoming.body())
              .map(body -> Member.of(body, "transactionID").text())
              .orElse(null),
          now);
    }

    static Frame of(Entry entry, Instant now) {
      return new Frame(
          entry.incoming().operation(), Member.of(entry.body(), "transactionID").text(), now);
    }
  }

  static Reply sent(Frame frame, RequestTime time, Map<Channel, String> addresses) {
    return new Reply(
        new OtpReply(
            frame.operation().id(),
            VERSION,
            frame.transaction(),
            time.echo(frame.now()),
            null,
            new OtpReply.Response(
                masked(Channel.PHONE, addresses), masked(Channel.EMAIL, addresses))));
  }

  private static @Nullable String masked(Channel channel, Map<Channel, String> addresses) {
    return Optional.ofNullable(addresses.get(channel)).map(channel::masked).orElse(null);
  }

  /**
   * A decision about the person.
   *
   * @param errors {@code null} if every factor matched
   * @param identity what a KYC gives out, protected; {@code null}: nothing
   */
  static Reply decided(
      Frame frame,
      @Nullable List<IdaError> errors,
      @Nullable String token,
      KycEnvelope.@Nullable SealedIdentity identity) {
    boolean matched = errors == null;
    String time = RequestTime.utc(frame.now());
    return new Reply(
        frame.operation() == Operation.KYC
            ? new KycReply(
                frame.transaction(),
                VERSION,
                frame.operation().id(),
                errors,
                time,
                identity == null
                    ? new KycReply.Response(matched, token, null, null, null)
                    : new KycReply.Response(
                        matched,
                        token,
                        identity.thumbprint(),
                        identity.identity(),
                        identity.sessionKey()))
            : new AuthReply(
                frame.transaction(),
                VERSION,
                frame.operation().id(),
                errors,
                time,
                new AuthReply.Response(matched, token)));
  }

  /** A request that could not even be looked at: no body, another media type, too large. */
  static Reply notProcessed(Operation operation, Instant now) {
    return refused(new Frame(operation, null, now), List.of(IdaErrors.NOT_PROCESSED));
  }

  /** A path or method that no endpoint owns. */
  static Reply unknown(Instant now) {
    return notProcessed(Operation.OTP, now);
  }

  /** The store failed: nothing was changed, or it cannot be told whether it was. */
  static Reply failed(Operation operation, Instant now) {
    return operation == Operation.OTP
        ? refused(new Frame(operation, null, now), List.of(IdaErrors.NOT_SENT))
        : notProcessed(operation, now);
  }

  /** The error rows of contract ida 5.5. */
  static Reply refused(Frame frame, List<IdaError> errors) {
    boolean nameless =
        frame.operation() == Operation.KYC
            || errors.equals(List.of(IdaErrors.NOT_PROCESSED))
            || errors.stream().anyMatch(error -> error.errorCode().equals("IDA-MLC-023"));
    String id = nameless ? null : frame.operation().id();
    String version = nameless ? null : VERSION;
    String transaction = nameless ? null : frame.transaction();
    String time = RequestTime.utc(frame.now());
    return new Reply(
        switch (frame.operation()) {
          case OTP -> new OtpReply(id, version, transaction, time, errors, null);
          case AUTH ->
              new AuthReply(
                  transaction, version, id, errors, time, new AuthReply.Response(false, null));
          case KYC ->
              new KycReply(
                  transaction,
                  version,
                  id,
                  errors,
                  time,
                  new KycReply.Response(false, null, null, null, null));
        });
  }
}
