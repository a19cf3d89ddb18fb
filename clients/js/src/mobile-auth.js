import { Enrollments } from './enrollments.js';
import { asMobileAuthError, mobileAuthError } from './errors.js';
import { Keys } from './keys.js';
import { readOptions } from './options.js';
import { OtpEvents } from './otp-handler.js';
import { OtpRequests } from './otp-requests.js';
import { Profiles } from './profiles.js';
import { readScannedCode } from './scanned-code.js';
import { ServerCalls } from './server-calls.js';
import { settle } from './settle.js';

/**
 * The device library of one app.
 *
 * @param {object} given see {@link import('./options.js').Options}
 */
export function createMobileAuth(given) {
  const options = readOptions(given);
  const keys = new Keys(options.crypto);
  const calls = new ServerCalls(options.server, options.fetch, options.clock, options.timeout);
  const enrollments = new Enrollments(options, calls, keys, new Profiles(options.storage, options));
  const requests = new OtpRequests(options, calls, keys, enrollments);
  let busy = false;

  /** One at a time: a key must not change under an open question. */
  async function alone(work) {
    if (busy) throw mobileAuthError(9007);
    busy = true;
    try {
      return await work();
    } finally {
      busy = false;
    }
  }

  function canHandleRequest(arg) {
    try {
      return readScannedCode(otpOf(arg), options.link) !== null;
    } catch {
      return false;
    }
  }

  function handleRequest(arg) {
    const otp = required(otpOf(arg), 'otp', 'otp.handleRequest');
    const source = arg?.source === 'link' ? 'link' : 'camera';
    const events = new OtpEvents(options.clock);
    const work = alone(async () => {
      await nextTask(options.clock);
      const code = readScannedCode(otp, options.link);
      if (!code) throw mobileAuthError(10018);
      return requests.run(code, source, events);
    });
    work.then(
      (result) => events.succeed(result),
      async (thrown) => {
        if (thrown?.code === 9007) await nextTask(options.clock);
        events.fail(asMobileAuthError(thrown));
      },
    );
    return events.handler;
  }

  return {
    enroll(successCallback, failureCallback) {
      return settle(own(alone(() => enrollments.enroll())), successCallback, failureCallback);
    },

    isUserEnrolled(arg, successCallback, failureCallback) {
      const given = typeof arg === 'object' && arg !== null ? arg.profileId : arg;
      const profileId = required(given, 'profileId', 'user.mobileAuth.isUserEnrolled');
      const enrolled = typeof profileId === 'string' ? enrollments.isEnrolled(profileId) : refuse(8002);
      return settle(own(enrolled), successCallback, failureCallback);
    },

    disenroll(arg) {
      return own(alone(() => enrollments.disenroll(arg?.profileId)));
    },

    otp: { canHandleRequest, handleRequest },
  };
}

function otpOf(arg) {
  return typeof arg === 'object' && arg !== null ? arg.otp : arg;
}

function required(value, name, method) {
  if (value === undefined || value === null || value === '') {
    throw new TypeError(method + ': the argument "' + name + '" is missing');
  }
  return value;
}

async function refuse(code) {
  throw mobileAuthError(code);
}

/** A promise that rejects with nothing but our own errors. */
async function own(promise) {
  try {
    return await promise;
  } catch (thrown) {
    throw asMobileAuthError(thrown);
  }
}

/** Microtasks would still belong to the task of the caller, who may attach handlers after an await. */
function nextTask(clock) {
  return new Promise((resolve) => clock.setTimeout(resolve, 0));
}
