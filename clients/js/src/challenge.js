import { mobileAuthError } from './errors.js';
import { canBeSigned, signatureBase } from './signature-base.js';

const NUMBER = /^[0-9]{1,4}$/;
const OVERRIDES = /[\u202d\u202e]/;
const CONTEXT = ['os', 'browser', 'country', 'region', 'city', 'proximity'];

/**
 * What the server asks the person, once its signature was checked.
 *
 * @typedef {object} Challenge
 * @property {string} transaction
 * @property {string} profileId
 * @property {string} challenge
 * @property {string} type
 * @property {string | null} origin
 * @property {string} message
 * @property {string} messageHash
 * @property {'tap' | 'choose' | 'enter'} confirm
 * @property {string[]} numbers
 * @property {number} [attemptsLeft] to enter a number
 * @property {number} expires the server's Unix seconds
 * @property {number} deadline on our own clock
 * @property {string} [portalName]
 * @property {object} [context]
 */

/**
 * Reads and judges the answer to a claim. Nothing of it may be shown before.
 *
 * @param {any} body
 * @param {{server: string, deviceId: string, profileId: string, keyId: string, transaction: string, nonce: string,
 *     serverKeys: any[]}} claim
 * @param {import('./keys.js').Keys} keys
 * @param {number} now
 * @returns {Promise<Challenge>}
 * @throws {import('./errors.js').MobileAuthError} 10001: it is not what our server signed for this claim
 */
export async function readChallenge(body, claim, keys, now) {
  if (!isComplete(body) || body.transaction_id !== claim.transaction) throw untrusted('answer');
  const serverKey = claim.serverKeys.find(({ kid }) => kid === body.server_key_id);
  if (!serverKey) throw untrusted('server_key');
  const { type, message, challenge, confirm, expires } = body;
  const origin = body.origin ?? null;
  const numbers = body.numbers ?? [];
  const messageHash = await keys.hash(message);
  const base = signatureBase('MAUTH-CHALLENGE-V1', {
    server: claim.server,
    transaction: claim.transaction,
    device: claim.deviceId,
    key: claim.keyId,
    profile: claim.profileId,
    nonce: claim.nonce,
    challenge,
    type,
    origin,
    message: messageHash,
    confirm,
    numbers: numbers.length > 0 ? numbers.join(',') : null,
    expires: String(expires),
  });
  if (!(await keys.verify(serverKey, body.server_signature, base))) throw untrusted('server_signature');
  if (OVERRIDES.test(message)) throw untrusted('message');
  return {
    transaction: claim.transaction,
    profileId: claim.profileId,
    challenge,
    type,
    origin,
    message,
    messageHash,
    confirm,
    numbers,
    attemptsLeft: confirm === 'enter' && body.attempts_left > 0 ? body.attempts_left : undefined,
    expires,
    deadline: now + body.expires_in * 1000,
    portalName: typeof body.portal_name === 'string' ? body.portal_name : undefined,
    context: readContext(body.context),
  };
}

function isComplete(body) {
  const { type, message, challenge, confirm, expires, expires_in: expiresIn, origin = null, numbers = null } = body;
  return (
    canBeSigned(type) &&
    typeof message === 'string' &&
    canBeSigned(challenge) &&
    (origin === null || canBeSigned(origin)) &&
    Number.isSafeInteger(expires) &&
    Number.isFinite(expiresIn) &&
    (confirm === 'choose' ? areNumbers(numbers) : confirm === 'tap' || confirm === 'enter') &&
    (confirm === 'choose' || numbers === null || (Array.isArray(numbers) && numbers.length === 0))
  );
}

function areNumbers(numbers) {
  return (
    Array.isArray(numbers) &&
    numbers.length > 1 &&
    numbers.every((number) => typeof number === 'string' && NUMBER.test(number))
  );
}

function readContext(context) {
  if (typeof context !== 'object' || context === null) return undefined;
  return Object.fromEntries(
    CONTEXT.filter((name) => typeof context[name] === 'string').map((name) => [name, context[name]]),
  );
}

function untrusted(reason) {
  return mobileAuthError(10001, { reason });
}
