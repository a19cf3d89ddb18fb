/**
 * Gives an app that was written for the Onegini plugin the object that it expects.
 *
 * @param {any} target usually `window`
 * @param {object} mobileAuth
 * @returns {object} `target.onegini`
 */
export function installOnegini(target, mobileAuth) {
  const onegini = target.onegini ?? {};
  Object.defineProperties(onegini, {
    mobileAuth: { value: mobileAuth, enumerable: true, configurable: true, writable: true },
    mobileAuthentication: {
      get() {
        console.info('onegini.mobileAuthentication is the old name of onegini.mobileAuth.');
        return mobileAuth;
      },
      enumerable: true,
      configurable: true,
    },
  });
  target.onegini = onegini;
  return onegini;
}
