import assert from 'node:assert/strict';
import { webcrypto } from 'node:crypto';
import { test } from 'node:test';
import vm from 'node:vm';
import { bundle } from '../build.mjs';
import { installOnegini } from '../src/index.js';
import { FakeServer } from './support/fake-server.js';
import { until } from './support/fake-clock.js';
import { DEVICE, enrolledPhone, phone, quiet } from './support/phone.js';

const SCRIPT = bundle(new URL('../src/index.js', import.meta.url).pathname, 'WatchwordMobileAuth');

// The published example for handling a scanned code, as it is but for the code and the user's will.
const example = (otp, accepted) => `
onegini.mobileAuth.otp.handleRequest({
  otp: '${otp}'
})
  .onConfirmationRequest((actions, request) => {
    console.log("New OTP mobile authentication request", request);

    // Ask user if they want to accept or deny the request. In this
    // example, the user accepts the request.
    let userAcceptedRequest = ${accepted};

    if (userAcceptedRequest) {
      actions.accept();
    } else {
      actions.deny();
    }
  })
  .onSuccess(() => {
    alert("OTP Mobile authentication request success!");
  })
  .onError((err) => {
    alert("OTP Mobile authentication request failed!\\n\\n" + err.description);
  });
`;

test('mobileAuth and mobileAuthentication are the same object, with a notice at each read of the latter', async (t) => {
  const written = quiet(t);
  const { mobileAuth } = await phone();
  const target = { onegini: { user: 'kept' } };
  const onegini = installOnegini(target, mobileAuth);
  assert.equal(target.onegini, onegini);
  assert.equal(onegini.user, 'kept');
  assert.equal(onegini.mobileAuth, mobileAuth);
  assert.equal(written.length, 0);
  assert.equal(onegini.mobileAuthentication, onegini.mobileAuth);
  assert.equal(onegini.mobileAuthentication, mobileAuth);
  assert.equal(written.length, 2);
  installOnegini(target, mobileAuth);
  assert.equal(installOnegini({}, mobileAuth).mobileAuth, mobileAuth);
});

test('the published example accepts', async (t) => {
  quiet(t);
  const it = await enrolledPhone();
  const transaction = it.server.start();
  assert.deepEqual(await alerts(it.mobileAuth, example(transaction.code, true)), [
    'OTP Mobile authentication request success!',
  ]);
  assert.equal(transaction.state, 'accepted');
});

test('the published example denies', async (t) => {
  quiet(t);
  const it = await enrolledPhone();
  const transaction = it.server.start();
  assert.deepEqual(await alerts(it.mobileAuth, example(transaction.code, false)), [
    'OTP Mobile authentication request failed!\n\nThe user denied the request.',
  ]);
  assert.equal(transaction.state, 'denied');
});

test('the published example fails with the text that stands in it', async (t) => {
  quiet(t);
  const it = await enrolledPhone();
  assert.deepEqual(await alerts(it.mobileAuth, example('base64 encoded OTP', true)), [
    'OTP Mobile authentication request failed!\n\nThis text is no code to log in with.',
  ]);
});

async function alerts(mobileAuth, code) {
  const said = [];
  const context = { console, alert: (text) => said.push(text) };
  installOnegini(context, mobileAuth);
  vm.runInNewContext(code, context);
  await until(() => said.length > 0);
  return said;
}

test('the single script enrolls and answers in a world of its own', async (t) => {
  quiet(t);
  const server = await FakeServer.start();
  const said = [];
  const context = vm.createContext({
    AbortController,
    TextDecoder,
    TextEncoder,
    URL,
    atob,
    btoa,
    clearTimeout,
    console,
    crypto: webcrypto,
    fetch: server.fetch,
    performance,
    setTimeout,
    alert: (text) => said.push(text),
    DEVICE,
  });
  vm.runInContext(SCRIPT, context, { filename: 'watchword-mobile-auth.js' });
  assert.deepEqual(Object.keys(context.WatchwordMobileAuth).sort(), [
    'createMobileAuth',
    'indexedDbStorage',
    'installOnegini',
    'memoryStorage',
  ]);
  const before = new Set(Object.keys(context));
  await vm.runInContext(
    `
    WatchwordMobileAuth.installOnegini(globalThis, WatchwordMobileAuth.createMobileAuth({
      server: 'https://login.example.com', appId: 'exampleapp', device: DEVICE,
      session: async () => ({ profileId: 'W8DUJ2', accessToken: 'token-of-W8DUJ2' }),
    }));
    onegini.mobileAuth.enroll();
  `,
    context,
  );
  const transaction = server.start();
  vm.runInContext(example(transaction.code, true), context);
  await until(() => said.length > 0);
  assert.deepEqual(said, ['OTP Mobile authentication request success!']);
  assert.deepEqual(
    Object.keys(context).filter((name) => !before.has(name)),
    ['onegini'],
  );
});

test('the single script is a classic one without any import, export or eval', () => {
  assert.doesNotThrow(() => new vm.Script(SCRIPT));
  assert.equal(/^\s*(import|export)\b/m.test(SCRIPT), false);
  assert.equal(/\beval\(|new Function/.test(SCRIPT), false);
});
