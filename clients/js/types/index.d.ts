export as namespace WatchwordMobileAuth;

export interface MobileAuthError {
  code: number;
  /** A sentence for developers; it may change. */
  description: string;
  reason?: string;
  retryable?: boolean;
}

export interface OtpRequest {
  type: string;
  message: string;
  profileId: string;
  transactionId: string;
  userProfile: { profileId: string };
  origin?: string;
  portalName?: string;
  context?: {
    os?: string;
    browser?: string;
    country?: string;
    region?: string;
    city?: string;
    proximity?: 'same_network' | 'same_city' | 'same_country' | 'different' | 'unknown' | (string & {});
  };
  confirm: 'tap' | 'choose' | 'enter';
  /** With `choose`: what to pick from. */
  numbers?: string[];
  /** With `enter`: how often a number may be typed. */
  attemptsLeft?: number;
  /** Unix seconds of the server. */
  expiresAt: number;
  /** Time left when this is delivered; count down from it rather than from the device's clock. */
  expiresInMs: number;
}

export interface Actions {
  /** With `choose` and `enter` it needs a number and is ignored without one. */
  accept(options?: { number?: string }): void;
  deny(options?: { reason?: 'not_me' | 'cancelled' }): void;
}

export interface OtpResult {
  /** Where a log-in on the same device goes on: open it in the browser. */
  returnUri?: string;
  /** The one-time code that the portal redeems with its own secret. */
  returnCode?: string;
}

export interface OtpMobileAuthHandler {
  onConfirmationRequest(callback: (actions: Actions, request: OtpRequest) => void): this;
  onSuccess(callback: (actions: Actions, result: OtpResult) => void): this;
  onError(callback: (error: MobileAuthError) => void): this;
  /** Rejects with a MobileAuthError, but never as an unhandled rejection. */
  readonly finished: Promise<void>;
}

export interface MobileAuth {
  enroll(): Promise<void>;
  enroll(successCallback: () => void, failureCallback?: (error: MobileAuthError) => void): undefined;

  isUserEnrolled(arg: string | { profileId: string }): Promise<boolean>;
  isUserEnrolled(
    arg: string | { profileId: string },
    successCallback: (enrolled: boolean) => void,
    failureCallback?: (error: MobileAuthError) => void,
  ): undefined;

  disenroll(arg?: { profileId?: string }): Promise<void>;

  otp: {
    canHandleRequest(arg: unknown): boolean;
    handleRequest(arg: string | { otp: string; source?: 'camera' | 'link' }): OtpMobileAuthHandler;
  };
}

/** Values may hold a `CryptoKey`: clone them as `structuredClone` does. */
export interface Storage {
  get(key: string): Promise<any>;
  put(key: string, value: object): Promise<void>;
  delete(key: string): Promise<void>;
  keys(): Promise<string[]>;
}

export interface Clock {
  /** Milliseconds from any fixed moment, never going back. */
  now(): number;
  setTimeout(callback: () => void, delay: number): any;
  clearTimeout(alarm: any): void;
}

export interface Session {
  profileId: string;
  accessToken: string;
  /** A temporary user, who cannot enroll. */
  stateless?: boolean;
}

export interface MobileAuthOptions {
  /** What the server calls itself, such as `https://login.example.com`; it is signed. */
  server: string;
  appId: string;
  device: { id: string; name: string; platform: string; osVersion?: string; appVersion?: string };
  /** Who is logged in to the app now; null: nobody. Asked at each call, so renew tokens here. */
  session: () => Promise<Session | null>;
  /** What links into the app begin with, up to their `#`. */
  link?: string;
  /** Default: IndexedDB, or memory where there is none. */
  storage?: Storage;
  fetch?: typeof fetch;
  crypto?: Crypto;
  clock?: Clock;
  /** Milliseconds that one call to the server may take; default 10000. */
  timeout?: number;
}

/** @throws {TypeError} if an option is missing or wrong */
export function createMobileAuth(options: MobileAuthOptions): MobileAuth;

/** Defines `target.onegini` with `mobileAuth` and, the same object, `mobileAuthentication`. */
export function installOnegini<T extends object>(
  target: T,
  mobileAuth: MobileAuth,
): { mobileAuth: MobileAuth; readonly mobileAuthentication: MobileAuth };

export function memoryStorage(): Storage;

export function indexedDbStorage(options?: { name?: string; indexedDB?: IDBFactory }): Storage;
