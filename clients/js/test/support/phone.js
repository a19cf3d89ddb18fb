import { createMobileAuth, memoryStorage } from '../../src/index.js';
import { fakeClock } from './fake-clock.js';
import { FakeServer } from './fake-server.js';

export const DEVICE = {
  id: '05ED8E51CB1EFAA2',
  name: "Jane's phone",
  platform: 'android',
  osVersion: '15',
  appVersion: '3.1',
};

/** A phone with Jane logged in to the app, and the server that it talks to. */
export async function phone(options = {}) {
  const server = options.server ?? (await FakeServer.start());
  const clock = fakeClock();
  const storage = options.storage ?? memoryStorage();
  const it = { server, clock, storage, session: { profileId: 'W8DUJ2', accessToken: 'token-of-W8DUJ2' } };
  it.restart = (more) => {
    it.mobileAuth = createMobileAuth({
      server: server.address,
      appId: 'exampleapp',
      device: DEVICE,
      session: async () => it.session,
      fetch: server.fetch,
      storage,
      clock,
      ...options.library,
      ...more,
    });
    return it.mobileAuth;
  };
  it.restart();
  return it;
}

export async function enrolledPhone(options) {
  const it = await phone(options);
  await it.mobileAuth.enroll();
  it.server.requests.length = 0;
  return it;
}

/** Runs a request to its end and notes what happened, in order. */
export function follow(handler, decide = (actions) => actions.accept()) {
  const events = [];
  handler
    .onConfirmationRequest((actions, request) => {
      events.push(['confirm', request]);
      decide(actions, request, events.length);
    })
    .onSuccess((actions, result) => events.push(['success', result]))
    .onError((error) => events.push(['error', error]));
  return handler.finished.then(
    () => events,
    () => events,
  );
}

/** The console, kept silent; gives what was written. */
export function quiet(t) {
  const written = [];
  for (const level of ['debug', 'info', 'log', 'warn', 'error']) {
    t.mock.method(console, level, (...words) => written.push([level, ...words]));
  }
  return written;
}

export async function refusalOf(promise) {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  throw new Error('was not refused');
}
