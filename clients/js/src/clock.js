/**
 * Time that only goes forward, and alarms. The device's date is never asked: it may be wrong.
 *
 * @typedef {object} Clock
 * @property {() => number} now milliseconds from any fixed moment
 * @property {(callback: () => void, delay: number) => any} setTimeout
 * @property {(alarm: any) => void} clearTimeout
 */

/** @type {Clock} */
export const systemClock = {
  now: () => performance.now(),
  setTimeout: (callback, delay) => setTimeout(callback, delay),
  clearTimeout: (alarm) => clearTimeout(alarm),
};

/**
 * @param {Clock} clock
 * @param {number} delay
 * @returns {Promise<void>}
 */
export function pause(clock, delay) {
  return new Promise((resolve) => clock.setTimeout(resolve, delay));
}
