import { mobileAuthError } from './errors.js';
import { enrollmentRefusal } from './refusals.js';
import { currentSession } from './session.js';
import { signatureBase } from './signature-base.js';

const CONFIRM_DELAYS = [500, 2000];

/** Which profiles may answer from this device, and the way in and out. */
export class Enrollments {
  #options;
  #calls;
  #keys;
  #profiles;

  /**
   * @param {import('./options.js').Options} options
   * @param {import('./server-calls.js').ServerCalls} calls
   * @param {import('./keys.js').Keys} keys
   * @param {import('./profiles.js').Profiles} profiles
   */
  constructor(options, calls, keys, profiles) {
    this.#options = options;
    this.#calls = calls;
    this.#keys = keys;
    this.#profiles = profiles;
  }

  /** Enrolls who is logged in. */
  async enroll() {
    const session = await currentSession(this.#options.session);
    if (session.stateless) throw mobileAuthError(9033);
    if (await this.#finishPending(session)) return;
    await this.#begin(session);
    if (!(await this.#finishPending(session))) throw mobileAuthError(10013, { reason: 'expired' });
  }

  /**
   * @param {string} profileId
   * @returns {Promise<boolean>}
   */
  async isEnrolled(profileId) {
    const profile = await this.#profiles.find(profileId);
    if (!profile && !(await this.#isLoggedIn(profileId))) throw mobileAuthError(8003);
    return Boolean(profile?.active);
  }

  /** Somebody who never used mobile authentication is known by being logged in. */
  async #isLoggedIn(profileId) {
    try {
      return (await this.#options.session())?.profileId === profileId;
    } catch {
      return false;
    }
  }

  /** @param {string} [profileId] */
  async disenroll(profileId) {
    const session = await currentSession(this.#options.session, profileId);
    const profile = await this.#profiles.findOrRemember(session.profileId);
    for (const key of [profile.active, profile.pending]) {
      if (key) await this.#revoke(session, key.keyId);
    }
    await this.#profiles.save(session.profileId, { active: null, pending: null });
  }

  async #revoke({ accessToken }, keyId) {
    const answer = await this.#calls.call('DELETE', currentPath(keyId), accessToken);
    if (answer.status < 300) return;
    const refusal = enrollmentRefusal(answer);
    if (!isGone(refusal)) throw refusal;
  }

  /**
   * The key that answers for who is logged in.
   *
   * @param {import('./session.js').Session} session
   * @returns {Promise<import('./profiles.js').Enrollment>}
   */
  async activeKey(session) {
    await this.#finishPending(session);
    const { active } = await this.#profiles.findOrRemember(session.profileId);
    if (!active) throw mobileAuthError(9021);
    return active;
  }

  /**
   * Drops what the server's refusal made worthless.
   *
   * @param {string} profileId
   * @param {number} code
   */
  async drop(profileId, code) {
    if (code === 9002) await this.#profiles.forgetAll();
    if (code === 9003) await this.#profiles.forget(profileId);
    if (code === 9020 || code === 9021) await this.#profiles.save(profileId, { active: null, pending: null });
  }

  /** Makes a key and keeps it as pending, before the server can know it. */
  async #begin({ profileId, accessToken }) {
    const { server, appId, device } = this.#options;
    const answer = await this.#calls.call('POST', '/enrollments', accessToken, {
      profile_id: profileId,
      app_id: appId,
      device: {
        id: device.id,
        name: device.name,
        platform: device.platform,
        os_version: device.osVersion,
        app_version: device.appVersion,
      },
    });
    if (answer.status !== 201) throw await this.#refused(profileId, answer);
    const { enrollment_id: enrollmentId, challenge, server: named, jwks } = answer.body;
    const serverKeys = await this.#serverKeys(jwks);
    if (named !== server) throw mobileAuthError(10001, { reason: 'server' });

    const { privateKey, jwk, id: keyId } = await this.#keys.generate();
    const base = signatureBase('MAUTH-ENROLL-V1', {
      server,
      enrollment: enrollmentId,
      app: appId,
      profile: profileId,
      device: device.id,
      key: keyId,
      challenge,
    });
    const confirmation = { jwk, signature: await this.#keys.sign(privateKey, base), attestation: null };
    const profile = await this.#profiles.findOrRemember(profileId);
    const pending = { keyId, privateKey, serverKeys, enrollmentId, confirmation };
    await this.#profiles.save(profileId, { ...profile, pending });
  }

  async #serverKeys(jwks) {
    const keys = Array.isArray(jwks?.keys) ? jwks.keys : [];
    const usable = [];
    for (const { kid, kty, crv, x, y } of keys) {
      const known = typeof kid === 'string' && (await this.#keys.isKey({ kty, crv, x, y }));
      if (known) usable.push({ kid, kty, crv, x, y });
    }
    if (usable.length === 0) throw mobileAuthError(10001, { reason: 'server_keys' });
    return usable;
  }

  /**
   * Confirms the pending key, perhaps not for the first time: an earlier answer may have been lost, or the process
   * killed before it was kept.
   *
   * @returns {Promise<boolean>} whether a pending key became the active one
   */
  async #finishPending({ profileId, accessToken }) {
    const pending = (await this.#profiles.find(profileId))?.pending;
    if (!pending) return false;
    const { enrollmentId, confirmation, ...enrollment } = pending;
    const path = '/enrollments/' + encodeURIComponent(enrollmentId) + '/confirm';
    const answer = await this.#calls.repeat(
      () => this.#calls.call('POST', path, accessToken, confirmation),
      CONFIRM_DELAYS,
    );
    const refusal = answer.status === 201 ? undefined : await this.#refused(profileId, answer);
    if (refusal?.retryable || refusal?.code === 9010) throw refusal;
    // The server forgets confirmations after some minutes, but not the keys.
    if (!refusal || (refusal.code === 10013 && (await this.#isActive(accessToken, enrollment.keyId)))) {
      await this.#profiles.save(profileId, { active: enrollment, pending: null });
      return true;
    }
    const profile = await this.#profiles.find(profileId);
    if (profile) await this.#profiles.save(profileId, { ...profile, pending: null });
    if (refusal.code === 10013) return false;
    throw refusal;
  }

  async #isActive(accessToken, keyId) {
    const answer = await this.#calls.call('GET', currentPath(keyId), accessToken);
    if (answer.status === 200) return answer.body.key_id === keyId && answer.body.state === 'active';
    const refusal = enrollmentRefusal(answer);
    if (isGone(refusal)) return false;
    throw refusal;
  }

  async #refused(profileId, answer) {
    const refusal = enrollmentRefusal(answer);
    if (refusal.code === 9002 || refusal.code === 9003) await this.drop(profileId, refusal.code);
    return refusal;
  }
}

function currentPath(keyId) {
  return '/enrollments/current?key_id=' + encodeURIComponent(keyId);
}

/** Whether the server says that it does not know the key. */
function isGone({ code, reason }) {
  return reason === 'not_found' || [9002, 9003, 9020, 9021].includes(code);
}
