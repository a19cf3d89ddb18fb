package io.watchword.client.kernel;

/**
 * Why the server said no, the same for both dialects: the codes that stand for each are those of
 * contract kernel E, put together as its table of correspondence says.
 */
public enum RefusalReason {
  /**
   * The service does not send over this channel. The dialect of the deployed services has no code
   * for it but its general {@code 500}, so {@code sendotp} gives this reason for every one of
   * those.
   */
  CHANNEL_INVALID,
  /** The application may name one channel only. */
  SEVERAL_CHANNELS,
  /** There is no such user. */
  USER_UNKNOWN,
  /** The user has no address for the channel. */
  ADDRESS_MISSING,
  /** Another code than the one expected. The user may try again. */
  CODE_WRONG,
  /** The code is too old. */
  CODE_EXPIRED,
  /** No code is expected: none was made, or it was used. */
  CODE_NOT_EXPECTED,
  /** User or key is locked for a while, as after too many wrong codes. */
  BLOCKED,
  /** Client id and secret do not belong together. */
  CREDENTIALS_WRONG,
  /** The service does not know the application. */
  APPLICATION_UNKNOWN,
  /** The token is not one of the service's, or its session has ended. */
  TOKEN_INVALID,
  /** The token's time is over. */
  TOKEN_EXPIRED,
  /** The service saw no token. */
  TOKEN_MISSING,
  /** The token is good, and its roles do not allow this. */
  FORBIDDEN,
  /** A member of the request is missing or has a form that the service does not take. */
  REQUEST_INVALID,
  /** The message could not be written or handed over. */
  NOT_SENT,
  /** The service had a fault of its own. */
  SERVER_FAULT,
  /** Something else; the codes tell. */
  OTHER
}
