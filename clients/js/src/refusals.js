import { mobileAuthError } from './errors.js';

/**
 * @typedef {{status: number, body: any}} Answer
 */

// Words that mean the same at every call.
const WORDS = {
  invalid_token: [9010],
  login_required: [9010, { reason: 'login_required' }],
  revoked: [9020],
  not_enrolled: [9021],
  device_deregistered: [9002],
  user_deregistered: [9003],
  app_outdated: [9004],
  os_outdated: [9005],
  unknown_app: [10001, { reason: 'unknown_app' }],
  attestation_refused: [10024],
  rate_limited: [10000, { reason: 'rate_limited', retryable: true }],
};

const ENROLLMENT_WORDS = {
  already_enrolled: [9016],
  already_decided: [9029],
  enrollment_disabled: [9017],
  device_limit: [9018],
  stateless_user: [9033],
  invalid_enrollment: [10015, { reason: 'invalid_enrollment' }],
  not_found: [10013, { reason: 'not_found' }],
  expired_token: [10013, { reason: 'expired' }],
  malformed: [10001, { reason: 'malformed' }],
};

const REQUEST_WORDS = {
  already_claimed: [9029],
  already_decided: [9029],
  not_found: [10013, { reason: 'not_found' }],
  expired_token: [10013, { reason: 'expired' }],
  frame_expired: [10013, { reason: 'frame_expired', retryable: true }],
  cancelled: [10013, { reason: 'cancelled' }],
  wrong_channel: [10013, { reason: 'wrong_channel' }],
  proximity_rejected: [10013, { reason: 'proximity_rejected' }],
  invalid_answer: [10015, { reason: 'invalid_answer' }],
  wrong_number: [10015, { reason: 'wrong_number' }],
  try_again: [10015, { reason: 'wrong_number' }],
  malformed: [10018],
};

// For servers in front of ours, which know the status only.
const STATUSES = {
  401: [9010],
  426: [9004],
  429: [10000, { reason: 'rate_limited', retryable: true }],
};

/**
 * Why the server refused an enrollment.
 *
 * @param {Answer} answer
 */
export function enrollmentRefusal(answer) {
  return refusal(answer, ENROLLMENT_WORDS);
}

/**
 * Why the server refused a claim or an answer.
 *
 * @param {Answer} answer
 */
export function requestRefusal(answer) {
  return refusal(answer, REQUEST_WORDS);
}

function refusal({ status, body }, words) {
  const word = body?.error;
  const known = find(words, word) ?? find(WORDS, word) ?? find(STATUSES, status);
  if (known) return mobileAuthError(...known);
  // No word at all: this is not our server, or not its address.
  return typeof word === 'string' ? mobileAuthError(10000, { reason: word }) : mobileAuthError(10001);
}

function find(table, name) {
  return Object.prototype.hasOwnProperty.call(table, name) ? table[name] : undefined;
}
