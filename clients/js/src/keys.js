import { fromBase64, toBase64url } from './base64.js';

const KEY = { name: 'ECDSA', namedCurve: 'P-256' };
const SIGNATURE = { name: 'ECDSA', hash: 'SHA-256' };
const COORDINATE = /^[A-Za-z0-9_-]{43}$/;
const NONCE_BYTES = 16;

/**
 * @typedef {{kty: 'EC', crv: 'P-256', x: string, y: string}} PublicJwk
 */

/** Keys, signatures and hashes over WebCrypto. */
export class Keys {
  #crypto;

  /** @param {Crypto} crypto */
  constructor(crypto) {
    this.#crypto = crypto;
  }

  /**
   * Makes a device key; its private part cannot be read, only used.
   *
   * @returns {Promise<{privateKey: CryptoKey, jwk: PublicJwk, id: string}>}
   */
  async generate() {
    const { privateKey, publicKey } = await this.#crypto.subtle.generateKey(KEY, false, ['sign', 'verify']);
    const { x, y } = await this.#crypto.subtle.exportKey('jwk', publicKey);
    const jwk = publicJwk({ x, y });
    return { privateKey, jwk, id: await this.thumbprint(jwk) };
  }

  /**
   * RFC 7638 thumbprint, the id of a key.
   *
   * @param {PublicJwk} jwk
   */
  thumbprint({ x, y }) {
    return this.hash(JSON.stringify({ crv: 'P-256', kty: 'EC', x, y }));
  }

  /**
   * Base64url SHA-256 of the UTF-8 of a text.
   *
   * @param {string} text
   */
  async hash(text) {
    return toBase64url(new Uint8Array(await this.#crypto.subtle.digest('SHA-256', utf8(text))));
  }

  /**
   * @param {CryptoKey} privateKey
   * @param {string} text
   * @returns {Promise<string>} r and s, base64url
   */
  async sign(privateKey, text) {
    return toBase64url(new Uint8Array(await this.#crypto.subtle.sign(SIGNATURE, privateKey, utf8(text))));
  }

  /**
   * @param {PublicJwk} jwk
   * @param {unknown} signature r and s, base64url
   * @param {string} text
   */
  async verify(jwk, signature, text) {
    const bytes = typeof signature === 'string' ? fromBase64(signature) : null;
    if (bytes?.length !== 64) return false;
    const key = await this.#import(jwk);
    return key !== null && this.#crypto.subtle.verify(SIGNATURE, key, bytes, utf8(text));
  }

  /**
   * Whether it is a public key on the curve.
   *
   * @param {any} jwk
   */
  async isKey(jwk) {
    return (await this.#import(jwk)) !== null;
  }

  async #import(jwk) {
    if (jwk?.kty !== 'EC' || jwk.crv !== 'P-256' || !COORDINATE.test(jwk.x) || !COORDINATE.test(jwk.y)) return null;
    try {
      return await this.#crypto.subtle.importKey('jwk', publicJwk(jwk), KEY, false, ['verify']);
    } catch {
      return null;
    }
  }

  /** A fresh nonce, base64url. */
  nonce() {
    return toBase64url(this.#crypto.getRandomValues(new Uint8Array(NONCE_BYTES)));
  }
}

/** @returns {PublicJwk} */
function publicJwk({ x, y }) {
  return { kty: 'EC', crv: 'P-256', x, y };
}

function utf8(text) {
  return new TextEncoder().encode(text);
}
