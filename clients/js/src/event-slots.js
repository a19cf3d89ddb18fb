/**
 * One listener an event. An event that finds none is kept until one comes.
 */
export class EventSlots {
  #clock;
  #listeners = new Map();
  #kept = new Map();

  /** @param {import('./clock.js').Clock} clock */
  constructor(clock) {
    this.#clock = clock;
  }

  /**
   * @param {string} event
   * @param {Function} listener replaces an earlier one
   */
  listen(event, listener) {
    if (typeof listener !== 'function') throw new TypeError(event + ' needs a function');
    this.#listeners.set(event, listener);
    if (this.#kept.has(event)) this.#clock.setTimeout(() => this.#deliverKept(event), 0);
  }

  /** @param {string} event */
  hasListener(event) {
    return this.#listeners.has(event);
  }

  /**
   * @param {string} event
   * @param {() => any[]} args asked when it is delivered
   */
  emit(event, args) {
    this.#kept.set(event, args);
    this.#deliverKept(event);
  }

  /** Takes back an event that nobody got yet. */
  drop(event) {
    this.#kept.delete(event);
  }

  #deliverKept(event) {
    const args = this.#kept.get(event);
    const listener = this.#listeners.get(event);
    if (!args || !listener) return;
    this.#kept.delete(event);
    try {
      listener(...args());
    } catch (thrown) {
      console.error('Error in ' + event, thrown);
    }
  }
}
