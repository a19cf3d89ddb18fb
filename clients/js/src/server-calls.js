import { pause } from './clock.js';
import { mobileAuthError } from './errors.js';

const BASE = '/oauth/mobile-auth/v1';
const NO_NETWORK = new Set(['ENOTFOUND', 'EAI_AGAIN', 'ENETUNREACH', 'ENETDOWN', 'EHOSTUNREACH']);

/** Calls to the server, each with the access token of a user. */
export class ServerCalls {
  #server;
  #fetch;
  #clock;
  #timeout;

  /**
   * @param {string} server
   * @param {typeof fetch} fetch
   * @param {import('./clock.js').Clock} clock
   * @param {number} timeout milliseconds
   */
  constructor(server, fetch, clock, timeout) {
    this.#server = server;
    this.#fetch = fetch;
    this.#clock = clock;
    this.#timeout = timeout;
  }

  /**
   * One call.
   *
   * @param {string} method
   * @param {string} path
   * @param {string} accessToken
   * @param {object} [body]
   * @returns {Promise<import('./refusals.js').Answer>} anything that the server said for itself
   * @throws {import('./errors.js').MobileAuthError} 9000 or 9001: it may have been done or not
   */
  async call(method, path, accessToken, body) {
    const abort = new AbortController();
    const alarm = this.#clock.setTimeout(() => abort.abort(), this.#timeout);
    try {
      const response = await this.#fetch(this.#server + BASE + path, {
        method,
        headers: {
          Accept: 'application/json',
          Authorization: 'Bearer ' + accessToken,
          ...(body && { 'Content-Type': 'application/json' }),
        },
        body: body && JSON.stringify(body),
        cache: 'no-store',
        credentials: 'omit',
        redirect: 'error',
        referrerPolicy: 'no-referrer',
        signal: abort.signal,
      });
      return readAnswer(response.status, await response.text());
    } catch (thrown) {
      throw isUnreachable(thrown) ? thrown : mobileAuthError(isOffline(thrown) ? 9000 : 9001, { retryable: true });
    } finally {
      this.#clock.clearTimeout(alarm);
    }
  }

  /**
   * Makes a call that the server takes twice like once, again while nobody knows whether it arrived.
   *
   * @param {() => Promise<import('./refusals.js').Answer>} call
   * @param {number[]} delays before each further try, in milliseconds
   */
  async repeat(call, delays) {
    for (const delay of delays) {
      try {
        return await call();
      } catch (thrown) {
        if (!isUnreachable(thrown)) throw thrown;
        await pause(this.#clock, delay);
      }
    }
    return call();
  }
}

/** Whether the outcome of a call is unknown. */
function isUnreachable(thrown) {
  return thrown?.code === 9000 || thrown?.code === 9001;
}

function readAnswer(status, text) {
  const json = parse(text);
  // A success without JSON comes from something between, such as the log-in page of a network.
  const ours = (status !== 200 && status !== 201) || json !== undefined;
  if (status >= 500 || !ours) throw mobileAuthError(9001, { retryable: true });
  return { status, body: json };
}

function parse(text) {
  try {
    const json = JSON.parse(text);
    return typeof json === 'object' && json !== null ? json : undefined;
  } catch {
    return undefined;
  }
}

function isOffline(thrown) {
  return globalThis.navigator?.onLine === false || NO_NETWORK.has(thrown?.cause?.code);
}
