import { readChallenge } from './challenge.js';
import { askPerson } from './confirmation.js';
import { mobileAuthError } from './errors.js';
import { requestRefusal } from './refusals.js';
import { currentSession } from './session.js';
import { signatureBase } from './signature-base.js';

const CLAIM_DELAYS = [500];
const ANSWER_DELAYS = [500, 2000, 5000];

/** A scanned code on its way: claimed, shown, answered. */
export class OtpRequests {
  #options;
  #calls;
  #keys;
  #enrollments;

  /**
   * @param {import('./options.js').Options} options
   * @param {import('./server-calls.js').ServerCalls} calls
   * @param {import('./keys.js').Keys} keys
   * @param {import('./enrollments.js').Enrollments} enrollments
   */
  constructor(options, calls, keys, enrollments) {
    this.#options = options;
    this.#calls = calls;
    this.#keys = keys;
    this.#enrollments = enrollments;
  }

  /**
   * @param {{text: string, transaction: string}} code
   * @param {'camera' | 'link'} source
   * @param {import('./otp-handler.js').OtpEvents} events
   * @returns {Promise<object>} for onSuccess, once the server recorded that the person accepted
   * @throws {import('./errors.js').MobileAuthError} any other end
   */
  async run(code, source, events) {
    const session = await currentSession(this.#options.session);
    const enrollment = await this.#enrollments.activeKey(session);
    try {
      const challenge = await this.#claim(session, enrollment, code, source);
      let { attemptsLeft } = challenge;
      for (;;) {
        const decision = await askPerson(events, challenge, this.#options.clock, attemptsLeft);
        const answer = await this.#answer(enrollment, challenge, decision);
        if (isRecorded(answer, decision)) return resultOf(answer, decision);
        attemptsLeft = attemptsAfter(answer, challenge);
      }
    } catch (thrown) {
      await this.#enrollments.drop(session.profileId, thrown?.code);
      throw thrown;
    }
  }

  async #claim({ profileId, accessToken }, { keyId, privateKey, serverKeys }, code, source) {
    const { server, device, clock } = this.#options;
    const { text, transaction } = code;
    const nonce = this.#keys.nonce();
    const base = signatureBase('MAUTH-CLAIM-V1', {
      server,
      transaction,
      device: device.id,
      key: keyId,
      profile: profileId,
      code: await this.#keys.hash(text),
      source,
      nonce,
    });
    const body = {
      otp: text,
      profile_id: profileId,
      device_id: device.id,
      key_id: keyId,
      source,
      nonce,
      signature: await this.#keys.sign(privateKey, base),
    };
    const answer = await this.#calls.repeat(
      () => this.#calls.call('POST', '/otp/claims', accessToken, body),
      CLAIM_DELAYS,
    );
    if (answer.status !== 200) throw requestRefusal(answer);
    const claim = { server, deviceId: device.id, profileId, keyId, transaction, nonce, serverKeys };
    return readChallenge(answer.body, claim, this.#keys, clock.now());
  }

  async #answer({ keyId, privateKey }, challenge, { decision, number, reason }) {
    const { server, device, session: ask } = this.#options;
    const base = signatureBase('MAUTH-ANSWER-V1', {
      server,
      transaction: challenge.transaction,
      device: device.id,
      key: keyId,
      profile: challenge.profileId,
      challenge: challenge.challenge,
      type: challenge.type,
      origin: challenge.origin,
      message: challenge.messageHash,
      decision,
      number,
      reason,
      expires: String(challenge.expires),
    });
    const signature = await this.#keys.sign(privateKey, base);
    const body = { device_id: device.id, key_id: keyId, decision, number, reason, signature };
    const path = '/otp/transactions/' + challenge.transaction + '/answer';
    // Asked again, since a person may have thought for longer than the access token lives.
    const { accessToken } = await currentSession(ask, challenge.profileId);
    return this.#calls.repeat(() => this.#calls.call('POST', path, accessToken, body), ANSWER_DELAYS);
  }
}

function isRecorded({ status, body }, { decision }) {
  if (status !== 200) return false;
  const expected = decision === 'accept' ? 'accepted' : 'denied';
  if (body.status !== expected) throw mobileAuthError(10001, { reason: 'answer' });
  return true;
}

function resultOf({ body }, { decision }) {
  if (decision === 'deny') throw mobileAuthError(9006);
  const result = {};
  if (typeof body.return_uri === 'string') result.returnUri = body.return_uri;
  if (typeof body.code === 'string') result.returnCode = body.code;
  return result;
}

/** How often the person may still enter a number. */
function attemptsAfter(answer, { confirm }) {
  const left = answer.body?.attempts_left;
  const again = confirm === 'enter' && answer.body?.error === 'try_again' && Number.isInteger(left) && left > 0;
  if (!again) throw requestRefusal(answer);
  return left;
}
