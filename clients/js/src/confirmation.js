import { mobileAuthError } from './errors.js';

const REASONS = ['not_me', 'cancelled'];
const ENTERED = /^[0-9]{2}$/;

/**
 * @typedef {{decision: 'accept' | 'deny', number: string | null, reason: string | null}} Decision
 */

/**
 * Asks the person. The first call of `accept` or `deny` decides; nothing decides by itself.
 *
 * @param {import('./otp-handler.js').OtpEvents} events
 * @param {import('./challenge.js').Challenge} challenge
 * @param {import('./clock.js').Clock} clock
 * @param {number} [attemptsLeft]
 * @returns {Promise<Decision>}
 * @throws {import('./errors.js').MobileAuthError} 10013: the time is over
 */
export function askPerson(events, challenge, clock, attemptsLeft) {
  return new Promise((resolve, reject) => {
    let open = true;
    const timeLeft = () => Math.max(0, Math.round(challenge.deadline - clock.now()));

    function close() {
      open = false;
      clock.clearTimeout(alarm);
    }

    function decide(decision) {
      close();
      resolve(decision);
    }

    const actions = {
      accept(options) {
        if (!open) return ignored('accept');
        const number = acceptedNumber(challenge, options?.number);
        if (number === undefined) {
          console.warn('accept() was ignored: it needs a number that can be picked.');
          return;
        }
        decide({ decision: 'accept', number, reason: null });
      },
      deny(options) {
        if (!open) return ignored('deny');
        const reason = REASONS.includes(options?.reason) ? options.reason : null;
        decide({ decision: 'deny', number: null, reason });
      },
    };

    const alarm = clock.setTimeout(() => {
      close();
      reject(mobileAuthError(10013, { reason: 'expired' }));
    }, timeLeft());
    events.confirm(actions, () => requestFor(challenge, timeLeft(), attemptsLeft));
  });
}

function ignored(action) {
  console.warn(action + '() was ignored: this request is decided or over.');
}

/** Null: none is asked for. Undefined: it is missing or wrong. */
function acceptedNumber({ confirm, numbers }, number) {
  if (confirm === 'tap') return null;
  if (typeof number !== 'string') return undefined;
  const fits = confirm === 'choose' ? numbers.includes(number) : ENTERED.test(number);
  return fits ? number : undefined;
}

function requestFor(challenge, expiresInMs, attemptsLeft) {
  const { profileId } = challenge;
  const request = {
    type: challenge.type,
    message: challenge.message,
    profileId,
    transactionId: challenge.transaction,
    userProfile: { profileId },
    confirm: challenge.confirm,
    expiresAt: challenge.expires,
    expiresInMs,
  };
  if (challenge.origin !== null) request.origin = challenge.origin;
  if (challenge.portalName !== undefined) request.portalName = challenge.portalName;
  if (challenge.context !== undefined) request.context = { ...challenge.context };
  if (challenge.confirm === 'choose') request.numbers = [...challenge.numbers];
  if (attemptsLeft !== undefined) request.attemptsLeft = attemptsLeft;
  return request;
}
