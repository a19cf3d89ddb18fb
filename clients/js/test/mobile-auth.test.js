import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createMobileAuth } from '../src/index.js';
import { until } from './support/fake-clock.js';
import { enrolledPhone, phone, quiet, refusalOf } from './support/phone.js';
import { F1, F2, F3 } from './support/vectors.js';

test('a missing or empty otp throws a TypeError at once', async () => {
  const { mobileAuth } = await phone();
  for (const arg of [undefined, null, '', {}, { otp: '' }, { otp: null }]) {
    assert.throws(
      () => mobileAuth.otp.handleRequest(arg),
      (thrown) =>
        thrown instanceof TypeError && /"otp"/.test(thrown.message) && /otp\.handleRequest/.test(thrown.message),
    );
  }
});

test('a missing or empty profileId throws a TypeError at once, with callbacks too', async () => {
  const { mobileAuth } = await phone();
  for (const arg of [undefined, null, '', {}, { profileId: '' }]) {
    for (const callbacks of [[], [() => {}, () => {}]]) {
      assert.throws(
        () => mobileAuth.isUserEnrolled(arg, ...callbacks),
        (thrown) =>
          thrown instanceof TypeError &&
          /"profileId"/.test(thrown.message) &&
          /user\.mobileAuth\.isUserEnrolled/.test(thrown.message),
      );
    }
  }
});

test('arguments of a wrong type: 8002 and 10018', async () => {
  const it = await phone();
  assert.equal((await refusalOf(it.mobileAuth.isUserEnrolled({ profileId: 5 }))).code, 8002);
  assert.equal((await refusalOf(it.mobileAuth.otp.handleRequest({ otp: 5 }).finished)).code, 10018);
});

test('a promise comes back only without a success callback', async () => {
  const it = await enrolledPhone();
  const { mobileAuth } = it;
  assert.ok(mobileAuth.isUserEnrolled('W8DUJ2') instanceof Promise);
  let failures = 0;
  const promise = mobileAuth.isUserEnrolled('NOBODY', undefined, () => failures++);
  assert.equal((await refusalOf(promise)).code, 8003);
  assert.equal(failures, 0, 'a failure callback alone is ignored');

  const got = [];
  assert.equal(
    mobileAuth.isUserEnrolled(
      'W8DUJ2',
      (...args) => got.push(args),
      () => got.push('failed'),
    ),
    undefined,
  );
  await until(() => got.length === 1);
  assert.equal(
    mobileAuth.isUserEnrolled(
      'NOBODY',
      () => got.push('wrong'),
      ({ code }) => got.push(code),
    ),
    undefined,
  );
  await until(() => got.length === 2);
  assert.equal(
    mobileAuth.enroll(
      (...args) => got.push(args),
      () => got.push('failed'),
    ),
    undefined,
  );
  await until(() => got.length === 3);
  assert.deepEqual(got, [[true], 8003, []]);
  it.session = null;
  assert.equal(
    mobileAuth.enroll(
      () => got.push('wrong'),
      ({ code }) => got.push(code),
    ),
    undefined,
  );
  await until(() => got.length === 4);
  assert.equal(got[3], 8005);
});

test('handleRequest returns a chainable handler that is no promise', async (t) => {
  quiet(t);
  const { mobileAuth } = await phone();
  const handler = mobileAuth.otp.handleRequest(F2);
  assert.equal(handler.constructor.name, 'OtpMobileAuthHandler');
  assert.equal('then' in handler, false);
  assert.equal(await handler, handler);
  assert.equal(
    handler
      .onError(() => {})
      .onSuccess(() => {})
      .onConfirmationRequest(() => {}),
    handler,
  );
  assert.throws(() => handler.onError('no function'), TypeError);
});

test('canHandleRequest: true for every form, false for anything else, and it never throws', async () => {
  const { mobileAuth } = await phone({ library: { link: 'https://app.example.com/login#' } });
  const can = mobileAuth.otp.canHandleRequest;
  const standard = F3[4294967295].replaceAll('-', '+').replaceAll('_', '/');
  for (const good of [F1, F2, F3[0], standard, F1 + '=', F2 + '==', 'https://app.example.com/login#' + F2]) {
    assert.equal(can(good), true, good);
    assert.equal(can({ otp: good }), true, good);
  }
  const trap = {
    get otp() {
      throw new Error('trap');
    },
  };
  const json = Buffer.from('{"a":1}').toString('base64');
  for (const bad of [
    '',
    'A'.repeat(513),
    F2 + ' '.repeat(470),
    json,
    'https://other.example/login#' + F2,
    null,
    undefined,
    7,
    {},
    trap,
    Symbol('x'),
  ]) {
    assert.equal(can(bad), false);
  }
});

test('wrong options throw a TypeError at once', async () => {
  const good = {
    server: 'https://login.example.com',
    appId: 'exampleapp',
    device: { id: 'x', name: 'y', platform: 'z' },
    session: async () => null,
  };
  assert.ok(createMobileAuth(good));
  for (const wrong of [
    { server: undefined },
    { server: 'login.example.com' },
    { server: 'http://login.example.com' },
    { server: 'https://a.example/?x=1' },
    { appId: '' },
    { appId: 'a b' },
    { device: undefined },
    { device: { id: 'a b', name: 'y', platform: 'z' } },
    { device: { id: 'x', platform: 'z' } },
    { session: {} },
    { link: '' },
    { crypto: {} },
    { fetch: null },
  ]) {
    assert.throws(() => createMobileAuth({ ...good, ...wrong }), TypeError, JSON.stringify(wrong));
  }
  assert.throws(() => createMobileAuth(), TypeError);
  for (const server of ['http://localhost:8080', 'http://127.0.0.1:8080/', 'https://a.example/path/']) {
    assert.ok(createMobileAuth({ ...good, server }));
  }
});
