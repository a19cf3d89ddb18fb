import { EventSlots } from './event-slots.js';

/**
 * What `handleRequest` returns. It has no `then`: it is no promise, and `await` gives it back.
 */
export class OtpMobileAuthHandler {
  #slots;
  #finished;

  /**
   * @param {EventSlots} slots
   * @param {() => Promise<void>} finished
   */
  constructor(slots, finished) {
    this.#slots = slots;
    this.#finished = finished;
  }

  /** @param {(actions: object, request: object) => void} callback */
  onConfirmationRequest(callback) {
    this.#slots.listen('onConfirmationRequest', callback);
    return this;
  }

  /** @param {(actions: object, result: object) => void} callback */
  onSuccess(callback) {
    this.#slots.listen('onSuccess', callback);
    return this;
  }

  /** @param {(error: import('./errors.js').MobileAuthError) => void} callback */
  onError(callback) {
    this.#slots.listen('onError', callback);
    return this;
  }

  /** Settles after the last event; whoever does not look at it hears nothing of a rejection. */
  get finished() {
    return this.#finished();
  }
}

/** The library's side of a handler: gives it its events, and exactly one last one. */
export class OtpEvents {
  #slots;
  #finished;
  #settle;
  #watched = false;
  #actions;

  /** @param {import('./clock.js').Clock} clock */
  constructor(clock) {
    this.#slots = new EventSlots(clock);
    this.#finished = new Promise((resolve, reject) => (this.#settle = { resolve, reject }));
    this.#finished.catch(() => {});
    this.handler = new OtpMobileAuthHandler(this.#slots, () => {
      this.#watched = true;
      return this.#finished;
    });
  }

  /**
   * @param {object} actions
   * @param {() => object} request asked when it is shown
   */
  confirm(actions, request) {
    this.#actions = actions;
    this.#slots.emit('onConfirmationRequest', () => [actions, request()]);
  }

  /** Takes back a question that nobody saw yet. */
  withdraw() {
    this.#slots.drop('onConfirmationRequest');
  }

  /** @param {object} result */
  succeed(result) {
    this.withdraw();
    this.#slots.emit('onSuccess', () => [this.#actions, result]);
    this.#settle.resolve();
  }

  /** @param {import('./errors.js').MobileAuthError} error */
  fail(error) {
    this.withdraw();
    if (!this.#watched && !this.#slots.hasListener('onError')) {
      console.warn('A mobile authentication request failed and there is no onError for it yet.');
      console.error(error);
    }
    this.#slots.emit('onError', () => [error]);
    this.#settle.reject(error);
  }
}
