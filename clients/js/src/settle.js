/**
 * The plugin's habit: a promise comes back only if there is no success callback. A failure callback alone is ignored.
 *
 * @template T
 * @param {Promise<T>} promise
 * @param {((value: T) => void)} [successCallback]
 * @param {((error: import('./errors.js').MobileAuthError) => void)} [failureCallback]
 * @returns {Promise<T> | undefined}
 */
export function settle(promise, successCallback, failureCallback) {
  if (typeof successCallback !== 'function') return promise;
  const fail = typeof failureCallback === 'function' ? failureCallback : (error) => console.error(error);
  promise
    .then((value) => (value === undefined ? successCallback() : successCallback(value)), fail)
    .catch((thrown) => console.error('Error in a callback', thrown));
  return undefined;
}
