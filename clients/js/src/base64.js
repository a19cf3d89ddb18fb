const BASE64 = /^[A-Za-z0-9+/_-]*={0,2}$/;

/**
 * Base64url without padding.
 *
 * @param {Uint8Array} bytes
 * @returns {string}
 */
export function toBase64url(bytes) {
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary).replace(/\+/g, '-').replace(/\//g, '_').replace(/=/g, '');
}

/**
 * Reads base64 of either alphabet, padded or not.
 *
 * @param {string} text
 * @returns {Uint8Array | null} null: it is no base64
 */
export function fromBase64(text) {
  if (!BASE64.test(text)) return null;
  const digits = text.replace(/=+$/, '').replace(/-/g, '+').replace(/_/g, '/');
  if (digits.length % 4 === 1) return null;
  return Uint8Array.from(atob(digits), (character) => character.charCodeAt(0));
}
