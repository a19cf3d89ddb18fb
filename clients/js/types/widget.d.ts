export as namespace WatchwordMobileLogin;

export type LoginState =
  'loading' | 'waiting' | 'scanned' | 'finishing' | 'done' | 'denied' | 'expired' | 'failed' | 'cancelled' | 'stopped';

/** `waitingTime` and `scannedTime` hold `{seconds}`. */
export interface LoginTexts {
  label: string;
  code: string;
  loading: string;
  waiting: string;
  waitingTime: string;
  scanned: string;
  number: string;
  scannedTime: string;
  finishing: string;
  done: string;
  denied: string;
  expired: string;
  failed: string;
  /** In place of `failed`, when the page's server was not reached. */
  unreachable: string;
  /** Beside the code, while the page's server cannot be reached. */
  away: string;
  cancelled: string;
  stopped: string;
  tryAgain: string;
  newCode: string;
  cannotScan: string;
  cancel: string;
}

export interface LoginError {
  stage: 'start' | 'code' | 'finish';
  /** Of the page's own server; 0: it was not reached. */
  status: number;
}

export interface MobileLoginOptions {
  /** Where start, events, status, finish and cancel are; default `/mobile-login`. */
  base?: string;
  /** The log-in is complete; gets the answer of finish. */
  onDone?: (result: { redirect?: string; [member: string]: unknown }) => void;
  /** Something failed that is nobody's decision. People are shown it, too. */
  onError?: (error: LoginError) => void;
  onState?: (state: LoginState) => void;
  /** Given: there is a button "I cannot scan", which calls it. */
  onCannotScan?: () => void;
  /** Headers for start, finish and cancel, such as a CSRF token. */
  headers?: () => Record<string, string>;
  /** `en`, `fr` or `ar`; default: that of the element. */
  language?: string;
  /** Texts of your own; what is missing comes from the language. */
  texts?: Partial<LoginTexts>;
  /** Address of `widget.css`; given: it is linked once. */
  stylesheet?: string;
  /** CSS pixels for one square of the code; default 5, at least 4. */
  moduleSize?: number;
  fetch?: typeof fetch;
  EventSource?: typeof EventSource;
  clock?: import('./index.js').Clock;
}

export interface MobileLogin {
  /** Begins again with a new code. */
  restart(): void;
  /** Cancels what is open and empties the element. */
  stop(): void;
}

export function mountMobileLogin(element: Element, options?: MobileLoginOptions): MobileLogin;
