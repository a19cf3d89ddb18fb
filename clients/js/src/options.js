import { systemClock } from './clock.js';
import { indexedDbStorage } from './indexed-db-storage.js';
import { memoryStorage } from './storage.js';
import { canBeSigned } from './signature-base.js';

const TIMEOUT = 10_000;
const LOOPBACK = /^(localhost|127(\.\d+){3}|\[::1\])$/;

/**
 * @typedef {object} Options
 * @property {string} server without a slash at its end; it is signed, so it must be what the server calls itself
 * @property {string} appId
 * @property {{id: string, name: string, platform: string, osVersion?: string, appVersion?: string}} device
 * @property {() => Promise<import('./session.js').Session | null>} session
 * @property {string} [link]
 * @property {import('./storage.js').Storage} storage
 * @property {typeof fetch} fetch
 * @property {Crypto} crypto
 * @property {import('./clock.js').Clock} clock
 * @property {number} timeout
 */

/**
 * Checks what an app configured and fills in the rest.
 *
 * @param {any} given
 * @returns {Options}
 * @throws {TypeError} at once, since nothing would work later
 */
export function readOptions(given) {
  const { server, appId, device, session, link, timeout = TIMEOUT, clock = systemClock } = given ?? {};
  const { crypto = globalThis.crypto, fetch = globalThis.fetch } = given ?? {};
  check(canBeSigned(appId), 'appId');
  check(canBeSigned(device?.id), 'device.id');
  check(isText(device.name), 'device.name');
  check(isText(device.platform), 'device.platform');
  check(typeof session === 'function', 'session');
  check(link === undefined || isText(link), 'link');
  check(typeof fetch === 'function', 'fetch');
  check(crypto?.subtle, 'crypto: WebCrypto works in pages from https or localhost only');
  return {
    server: readServer(server),
    appId,
    device: { ...device },
    session,
    link: link?.replace(/#$/, ''),
    storage: given.storage ?? defaultStorage(),
    // A browser's fetch refuses to be called as a method of anything but the window.
    fetch: (url, init) => fetch(url, init),
    crypto,
    clock,
    timeout,
  };
}

function readServer(server) {
  check(canBeSigned(server), 'server');
  const { protocol, hostname, search, hash } = new URL(server);
  check(protocol === 'https:' || (protocol === 'http:' && LOOPBACK.test(hostname)), 'server: an https address');
  check(search === '' && hash === '', 'server');
  return server.replace(/\/+$/, '');
}

function defaultStorage() {
  return globalThis.indexedDB ? indexedDbStorage() : memoryStorage();
}

function isText(value) {
  return typeof value === 'string' && value !== '';
}

function check(fits, name) {
  if (!fits) throw new TypeError('createMobileAuth: missing or wrong: ' + name);
}
