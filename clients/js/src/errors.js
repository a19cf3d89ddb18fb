const DESCRIPTIONS = {
  8000: 'The mobile authentication library failed.',
  8002: 'An argument has the wrong type.',
  8003: 'This profile is not registered on this device.',
  8005: 'Nobody is logged in to the app.',
  9000: 'There is no network.',
  9001: 'The server cannot be reached.',
  9002: 'The server does not know this device any more.',
  9003: 'The server does not know this user any more.',
  9004: 'This version of the app is too old for the server.',
  9005: 'The operating system of this device is too old for the server.',
  9006: 'The user denied the request.',
  9007: 'Another request is in progress.',
  9010: 'The access token of the user is missing, expired or revoked.',
  9016: 'This device is enrolled already.',
  9017: 'Enrollment is not available.',
  9018: 'This user is enrolled already, on as many devices as are allowed.',
  9020: 'The enrollment of this device was revoked. Enroll again.',
  9021: 'This user is not enrolled on this device.',
  9029: 'The request was handled already.',
  9033: 'A temporary user cannot enroll.',
  10000: 'The request failed.',
  10001: 'The app and the server do not fit together. Check the server address and the app id.',
  10013: 'The request was not found. It may have expired or been cancelled.',
  10015: 'The server refused the answer.',
  10018: 'This text is no code to log in with.',
  10024: 'The server does not trust this installation of the app.',
};

/**
 * @typedef {object} MobileAuthError
 * @property {number} code
 * @property {string} description a sentence for developers; programs look at code and reason
 * @property {string} [reason]
 * @property {boolean} [retryable]
 */

/**
 * An error as apps get it: a plain object, as the plugin gives.
 *
 * @param {number} code
 * @param {{reason?: string, retryable?: boolean}} [more]
 * @returns {MobileAuthError}
 */
export function mobileAuthError(code, { reason, retryable } = {}) {
  const error = { code, description: DESCRIPTIONS[code] };
  if (reason !== undefined) error.reason = reason;
  if (retryable !== undefined) error.retryable = retryable;
  return error;
}

/**
 * What was thrown, as an error for apps.
 *
 * @param {any} thrown
 * @returns {MobileAuthError}
 */
export function asMobileAuthError(thrown) {
  // The code alone would not do: errors of the browser have codes too.
  const ours = typeof thrown?.description === 'string' && DESCRIPTIONS[thrown.code] === thrown.description;
  return ours ? thrown : mobileAuthError(8000, { reason: thrown?.name });
}
