import { canBeSigned } from './signature-base.js';
import { mobileAuthError } from './errors.js';

/**
 * @typedef {{profileId: string, accessToken: string, stateless?: boolean}} Session
 */

/**
 * Who is logged in to the app now.
 *
 * @param {() => Promise<Session | null>} ask
 * @param {string} [profileId] nobody else will do
 * @returns {Promise<Session>}
 * @throws {import('./errors.js').MobileAuthError} 8005: nobody is
 */
export async function currentSession(ask, profileId) {
  const session = await ask();
  if (!session || (profileId !== undefined && session.profileId !== profileId)) throw mobileAuthError(8005);
  const { profileId: name, accessToken } = session;
  if (!canBeSigned(name) || typeof accessToken !== 'string' || !/^[!-~]+$/.test(accessToken)) {
    throw mobileAuthError(8000, { reason: 'session' });
  }
  return session;
}
