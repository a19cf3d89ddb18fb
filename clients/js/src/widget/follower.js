const WATCHDOG = 15_000;
const FIRST_EVENT = 2_000;
const REOPEN = 1_000;
const POLL = 2_000;
const MUTE_TRIES = 3;
// Streams end now and then and are open again after a second; that is no news.
const AWAY = 3_000;
const FAILED_TRIES = 2;
const STATES = ['pending', 'scanned', 'approved', 'denied', 'expired', 'failed', 'cancelled'];

/**
 * Follows one attempt to log in: by a stream of events while that works, else by asking; never by both. What it asks
 * besides, when the page becomes visible or the stream is mute, is asked once.
 */
export class Follower {
  #calls;
  #EventSource;
  #clock;
  #listener;
  #stream;
  #alarms = new Map();
  #asking;
  #askingNext;
  #version = -Infinity;
  #muteTries = 0;
  #heard = false;
  #failedTries = 0;
  #over = false;

  /**
   * @param {import('./portal-calls.js').PortalCalls} calls
   * @param {{EventSource?: typeof EventSource, clock: import('../clock.js').Clock, streams: boolean}} environment
   * @param {{onFrame: (frame: any) => void, onState: (state: any) => void, onMute: () => void,
   *     onAway: (away: boolean) => void}} listener is told, perhaps again, whether the server can be reached
   */
  constructor(calls, { EventSource, clock, streams }, listener) {
    this.#calls = calls;
    this.#EventSource = streams ? EventSource : undefined;
    this.#clock = clock;
    this.#listener = listener;
  }

  /** Begins, or goes on after a pause. */
  follow() {
    if (!this.#EventSource) return this.#poll();
    this.#open();
    // A proxy may hold the stream back; the code should not wait for that.
    this.#alarm('first', FIRST_EVENT, () => this.#heard || this.ask());
  }

  /** Closes what is open; `ask` still works. */
  pause() {
    this.#stream?.close();
    this.#stream = undefined;
    for (const name of [...this.#alarms.keys()]) this.#silence(name);
  }

  /** Hears nothing from now on. */
  stop() {
    this.#over = true;
    this.pause();
  }

  /** Asks for the state of now; if an answer is on its way it may be of before, so again after it. */
  ask() {
    if (!this.#asking) {
      this.#asking = this.#askOnce().finally(() => (this.#asking = undefined));
      return this.#asking;
    }
    this.#askingNext ??= this.#asking.then(() => {
      this.#askingNext = undefined;
      return this.ask();
    });
    return this.#askingNext;
  }

  async #askOnce() {
    try {
      const status = await this.#calls.status();
      this.#reached();
      this.#frame(status);
      this.#state(status);
    } catch (refusal) {
      // The server knows the attempt no more.
      if (refusal.status === 404 || refusal.status === 410) this.#tell('onState', { state: 'expired' });
      // After some silence of a stream this is not the first sign; when polling it may be.
      if (isAway(refusal) && ++this.#failedTries >= FAILED_TRIES) this.#tell('onAway', true);
    }
  }

  #reached() {
    this.#failedTries = 0;
    this.#silence('away');
    this.#tell('onAway', false);
  }

  #open() {
    this.#stream?.close();
    this.#heard = false;
    const stream = new this.#EventSource(this.#calls.eventsUrl);
    this.#stream = stream;
    const on = (name, take) =>
      stream.addEventListener(name, ({ data }) => {
        if (stream !== this.#stream) return;
        this.#hear();
        take?.(parse(data));
      });
    on('frame', (frame) => this.#frame(frame));
    on('state', (state) => this.#state(state));
    on('ping');
    stream.addEventListener('error', () => {
      // As long as it is not closed, it connects again by itself.
      if (stream !== this.#stream) return;
      if (stream.readyState === 2) this.#alarm('watchdog', REOPEN, () => this.#silent());
      if (!this.#alarms.has('away')) this.#alarm('away', AWAY, () => this.#tell('onAway', true));
    });
    this.#alarm('watchdog', WATCHDOG, () => this.#silent());
  }

  #hear() {
    this.#heard = true;
    this.#muteTries = 0;
    this.#reached();
    this.#alarm('watchdog', WATCHDOG, () => this.#silent());
  }

  #silent() {
    if (!this.#heard) this.#muteTries++;
    if (this.#muteTries < MUTE_TRIES) {
      this.ask();
      this.#open();
      return;
    }
    this.pause();
    this.#EventSource = undefined;
    this.#tell('onMute');
    this.#poll();
  }

  async #poll() {
    let open = true;
    this.#alarms.set('poll', { cancel: () => (open = false) });
    await this.ask();
    if (open && !this.#over) this.#alarm('poll', POLL, () => this.#poll());
  }

  #frame(frame) {
    if (typeof frame?.otp === 'string') this.#tell('onFrame', frame);
  }

  #state(state) {
    if (!STATES.includes(state?.state)) return;
    const version = typeof state.version === 'number' ? state.version : this.#version;
    if (version < this.#version) return;
    this.#version = version;
    this.#tell('onState', state);
  }

  #tell(name, ...args) {
    if (!this.#over) this.#listener[name](...args);
  }

  #alarm(name, delay, callback) {
    this.#silence(name);
    const alarm = this.#clock.setTimeout(() => {
      this.#alarms.delete(name);
      callback();
    }, delay);
    this.#alarms.set(name, { cancel: () => this.#clock.clearTimeout(alarm) });
  }

  #silence(name) {
    this.#alarms.get(name)?.cancel();
    this.#alarms.delete(name);
  }
}

function isAway({ status }) {
  return status === 0 || status >= 500;
}

function parse(data) {
  try {
    return JSON.parse(data);
  } catch {
    return undefined;
  }
}
