const TIMEOUT = 10_000;
const STATUS_TIMEOUT = 4_000;

/** Calls to the login page's own server, which knows the attempt by its cookie. */
export class PortalCalls {
  #base;
  #fetch;
  #headers;
  #clock;

  /**
   * @param {string} base
   * @param {typeof fetch} fetch
   * @param {import('../clock.js').Clock} clock
   * @param {() => Record<string, string>} headers for what changes something, such as a CSRF token
   */
  constructor(base, fetch, clock, headers) {
    this.#base = base;
    this.#fetch = fetch;
    this.#clock = clock;
    this.#headers = headers;
  }

  get eventsUrl() {
    return this.#base + '/events';
  }

  /**
   * @param {'start' | 'finish' | 'cancel'} name
   * @returns {Promise<any>} what the server said
   * @throws {{status: number}} status 0: it was not reached
   */
  post(name) {
    return this.#call('/' + name, TIMEOUT, { method: 'POST', headers: this.#headers(), keepalive: name === 'cancel' });
  }

  status() {
    return this.#call('/status', STATUS_TIMEOUT, { method: 'GET' });
  }

  async #call(path, timeout, { headers, ...init }) {
    const abort = new AbortController();
    const alarm = this.#clock.setTimeout(() => abort.abort(), timeout);
    let response;
    try {
      response = await this.#fetch(this.#base + path, {
        ...init,
        headers: { Accept: 'application/json', ...headers },
        cache: 'no-store',
        credentials: 'same-origin',
        signal: abort.signal,
      });
    } catch {
      throw { status: 0 };
    } finally {
      this.#clock.clearTimeout(alarm);
    }
    if (!response.ok) throw { status: response.status };
    return response.status === 204 ? {} : response.json().catch(() => ({}));
  }
}
