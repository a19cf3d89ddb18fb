/**
 * What the device knows of a profile. `active` is the key that answers; `pending` is one that the server may or may
 * not have taken, with the very confirmation to repeat until it is known.
 *
 * @typedef {object} Profile
 * @property {Enrollment | null} active
 * @property {(Enrollment & {enrollmentId: string, confirmation: object}) | null} pending
 */

/**
 * @typedef {object} Enrollment
 * @property {string} keyId
 * @property {CryptoKey} privateKey
 * @property {any[]} serverKeys
 */

/** The profiles of one app on one device at one server. */
export class Profiles {
  #storage;
  #prefix;

  /**
   * @param {import('./storage.js').Storage} storage
   * @param {{server: string, appId: string, device: {id: string}}} where
   */
  constructor(storage, { server, appId, device }) {
    this.#storage = storage;
    this.#prefix = [server, appId, device.id, ''].join(' ');
  }

  /**
   * @param {string} profileId
   * @returns {Promise<Profile | undefined>} undefined: nobody of this name was ever logged in here
   */
  find(profileId) {
    return this.#storage.get(this.#prefix + profileId);
  }

  /**
   * @param {string} profileId
   * @returns {Promise<Profile>}
   */
  async findOrRemember(profileId) {
    const found = await this.find(profileId);
    if (found) return found;
    const fresh = { active: null, pending: null };
    await this.save(profileId, fresh);
    return fresh;
  }

  /**
   * Both keys are saved by one write, so that a killed process leaves either the old state or the new one.
   *
   * @param {string} profileId
   * @param {Profile} profile
   */
  save(profileId, profile) {
    return this.#storage.put(this.#prefix + profileId, profile);
  }

  /** @param {string} profileId */
  forget(profileId) {
    return this.#storage.delete(this.#prefix + profileId);
  }

  async forgetAll() {
    for (const key of await this.#storage.keys()) {
      if (key.startsWith(this.#prefix)) await this.#storage.delete(key);
    }
  }
}
