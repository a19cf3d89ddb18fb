import assert from 'node:assert/strict';
import { test } from 'node:test';
import { reply } from './support/fake-server.js';
import { aWhile, until } from './support/fake-clock.js';
import { enrolledPhone, phone, refusalOf } from './support/phone.js';

test('nobody logged in: 8005, and nothing is sent', async () => {
  const it = await phone();
  it.session = null;
  assert.equal((await refusalOf(it.mobileAuth.enroll())).code, 8005);
  assert.equal((await refusalOf(it.mobileAuth.disenroll())).code, 8005);
  assert.equal(it.server.requests.length, 0);
});

test('a temporary user cannot enroll: 9033', async () => {
  const it = await phone();
  it.session = { ...it.session, stateless: true };
  assert.equal((await refusalOf(it.mobileAuth.enroll())).code, 9033);
});

const REFUSALS = [
  [401, { error: 'invalid_token' }, { code: 9010 }],
  [401, undefined, { code: 9010 }],
  [403, { error: 'login_required' }, { code: 9010, reason: 'login_required' }],
  [409, { error: 'already_enrolled' }, { code: 9016 }],
  [403, { error: 'enrollment_disabled' }, { code: 9017 }],
  [403, { error: 'device_limit' }, { code: 9018 }],
  [403, { error: 'stateless_user' }, { code: 9033 }],
  [403, { error: 'device_deregistered' }, { code: 9002 }],
  [403, { error: 'user_deregistered' }, { code: 9003 }],
  [426, { error: 'app_outdated' }, { code: 9004 }],
  [426, { error: 'os_outdated' }, { code: 9005 }],
  [403, { error: 'attestation_refused' }, { code: 10024 }],
  [400, { error: 'invalid_enrollment' }, { code: 10015, reason: 'invalid_enrollment' }],
  [409, { error: 'already_decided' }, { code: 9029 }],
  [422, { error: 'malformed' }, { code: 10001, reason: 'malformed' }],
  [403, { error: 'unknown_app' }, { code: 10001, reason: 'unknown_app' }],
  [429, { error: 'rate_limited' }, { code: 10000, reason: 'rate_limited', retryable: true }],
  [429, undefined, { code: 10000, reason: 'rate_limited', retryable: true }],
  [503, { error: 'x' }, { code: 9001, retryable: true }],
  [404, undefined, { code: 10001 }],
  [403, { error: 'something_new' }, { code: 10000, reason: 'something_new' }],
];

for (const [status, body, expected] of REFUSALS) {
  test(`enroll: ${status} ${body?.error ?? 'without a word'} becomes ${expected.code}`, async () => {
    const it = await phone();
    it.server.between = () => reply(status, body);
    const { description, ...rest } = await refusalOf(it.mobileAuth.enroll());
    assert.deepEqual(rest, expected);
    assert.match(description, /^[A-Z].*\.$/);
    if (![9002, 9003].includes(expected.code)) assert.equal(await it.mobileAuth.isUserEnrolled('W8DUJ2'), false);
  });
}

test('no network is 9000, an unreachable server 9001', async () => {
  const it = await phone();
  for (const [cause, code] of [
    ['ENOTFOUND', 9000],
    ['ECONNREFUSED', 9001],
  ]) {
    it.server.between = () => {
      throw Object.assign(new TypeError('fetch failed'), { cause: { code: cause } });
    };
    assert.deepEqual(pick(await refusalOf(it.mobileAuth.enroll())), { code, retryable: true });
  }
});

test('a server that does not answer is given up after ten seconds: 9001', async () => {
  const it = await phone();
  it.server.between = () => new Promise(() => {});
  const refused = refusalOf(it.mobileAuth.enroll());
  await until(() => it.server.requests.length === 1);
  it.clock.advance(10_000);
  assert.equal((await refused).code, 9001);
});

test('the log-in page of a network is no answer: 9001', async () => {
  const it = await phone();
  for (const status of [200, 201]) {
    it.server.between = () => new Response('<html>Welcome</html>', { status });
    assert.equal((await refusalOf(it.mobileAuth.enroll())).code, 9001);
  }
});

test('another server name or no usable server key: 10001, and no key is kept', async () => {
  const it = await phone();
  for (const [changed, reason] of [
    [{ server: 'https://evil.example' }, 'server'],
    [{ jwks: { keys: [] } }, 'server_keys'],
    [
      { jwks: { keys: [{ kty: 'EC', crv: 'P-256', kid: 'a', x: it.server.jwk.x, y: it.server.jwk.x }] } },
      'server_keys',
    ],
    [{ jwks: null }, 'server_keys'],
  ]) {
    it.server.between = async (request, answer) => {
      const response = await answer();
      return reply(response.status, { ...(await response.json()), ...changed });
    };
    assert.deepEqual(pick(await refusalOf(it.mobileAuth.enroll())), { code: 10001, reason });
    assert.equal(it.server.count('POST', 'confirm'), 0);
  }
});

test('enrolling sends what the contract says, and the server takes the signature', async () => {
  const it = await phone();
  assert.equal(await it.mobileAuth.enroll(), undefined);
  const [begin, confirm] = it.server.requests;
  assert.deepEqual(begin.body, {
    profile_id: 'W8DUJ2',
    app_id: 'exampleapp',
    device: { id: '05ED8E51CB1EFAA2', name: "Jane's phone", platform: 'android', os_version: '15', app_version: '3.1' },
  });
  assert.deepEqual(Object.keys(confirm.body), ['jwk', 'signature', 'attestation']);
  assert.equal(begin.init.credentials, 'omit');
  assert.equal(begin.init.redirect, 'error');
  assert.equal(await it.mobileAuth.isUserEnrolled({ profileId: 'W8DUJ2' }), true);
  assert.equal(it.server.devices.size, 1);
});

test("the key is the app's only after the server's 201", async () => {
  const it = await phone();
  let answerNow;
  it.server.between = async (request, answer) => {
    if (!request.path.endsWith('/confirm')) return answer();
    await new Promise((resolve) => (answerNow = resolve));
    return answer();
  };
  const enrolled = it.mobileAuth.enroll();
  await until(() => answerNow);
  assert.equal(await it.mobileAuth.isUserEnrolled('W8DUJ2'), false);
  answerNow();
  await enrolled;
  assert.equal(await it.mobileAuth.isUserEnrolled('W8DUJ2'), true);
});

test('a lost answer to the confirmation: the same confirmation is sent again', async () => {
  const it = await phone();
  let lost = 0;
  it.server.between = async (request, answer) => {
    const response = await answer();
    if (request.path.endsWith('/confirm') && lost++ < 2) throw new TypeError('connection reset');
    return response;
  };
  const enrolled = it.mobileAuth.enroll();
  await until(() => lost === 1);
  await aWhile();
  it.clock.advance(500);
  await until(() => lost === 2);
  await aWhile();
  it.clock.advance(2000);
  await enrolled;
  const bodies = it.server.requests.filter(({ path }) => path.endsWith('/confirm')).map(({ init }) => init.body);
  assert.equal(bodies.length, 3);
  assert.equal(new Set(bodies).size, 1);
});

/** A phone whose process died after the server took the key and before the library kept it. */
async function killedPhone() {
  const it = await phone();
  it.server.between = async (request, answer) => {
    const response = await answer();
    return request.path.endsWith('/confirm') ? new Promise(() => {}) : response;
  };
  it.mobileAuth.enroll().catch(() => {});
  await until(() => it.server.devices.size === 1);
  it.server.between = (request, answer) => answer();
  it.server.requests.length = 0;
  it.restart();
  return it;
}

test('a process killed between confirm and commit: the next enroll repeats the confirmation only', async () => {
  const it = await killedPhone();
  assert.equal(await it.mobileAuth.isUserEnrolled('W8DUJ2'), false);
  await it.mobileAuth.enroll();
  assert.equal(await it.mobileAuth.isUserEnrolled('W8DUJ2'), true);
  assert.deepEqual(
    it.server.requests.map(({ path }) => path.split('/').at(-1)),
    ['confirm'],
  );
});

test('a process killed between confirm and commit: the next scan recovers too', async () => {
  const it = await killedPhone();
  const { code, state } = it.server.start();
  assert.equal(state, 'created');
  await it.mobileAuth.otp.handleRequest(code).onConfirmationRequest((actions) => actions.accept()).finished;
  assert.equal(await it.mobileAuth.isUserEnrolled('W8DUJ2'), true);
});

test('a pending enrollment that the server forgot is begun anew', async () => {
  const it = await killedPhone();
  it.server.enrollments.clear();
  it.server.devices.clear();
  await it.mobileAuth.enroll();
  assert.equal(await it.mobileAuth.isUserEnrolled('W8DUJ2'), true);
  const paths = it.server.requests.map(({ path }) => path.split('/').at(-1).split('?')[0]);
  assert.deepEqual(paths, ['confirm', 'current', 'enrollments', 'confirm']);
});

test('a pending enrollment that the server forgot, but not its key, is kept', async () => {
  const it = await killedPhone();
  it.server.enrollments.clear();
  await it.mobileAuth.enroll();
  assert.equal(await it.mobileAuth.isUserEnrolled('W8DUJ2'), true);
  assert.equal(it.server.requests.length, 2);
  await it.mobileAuth.otp.handleRequest(it.server.start().code).onConfirmationRequest((a) => a.accept()).finished;
});

test('while nobody knows whether the key is known, the pending enrollment stays', async () => {
  const it = await killedPhone();
  it.server.enrollments.clear();
  it.server.between = (request, answer) => (request.method === 'GET' ? reply(429) : answer());
  assert.equal((await refusalOf(it.mobileAuth.enroll())).reason, 'rate_limited');
  it.server.between = (request, answer) => answer();
  await it.mobileAuth.enroll();
  assert.equal(it.server.count('POST', '/enrollments'), 2);
});

test('a token that died leaves the pending enrollment as it is', async () => {
  const it = await killedPhone();
  const good = it.session;
  it.session = { ...good, accessToken: 'old' };
  assert.equal((await refusalOf(it.mobileAuth.enroll())).code, 9010);
  it.session = good;
  await it.mobileAuth.enroll();
  assert.deepEqual(
    it.server.requests.map(({ path }) => path.split('/').at(-1)),
    ['confirm', 'confirm'],
  );
});

test('a refused re-enrollment leaves the old key working', async () => {
  const it = await enrolledPhone();
  for (const refusedAt of ['/enrollments', '/confirm']) {
    it.server.between = (request, answer) =>
      request.path.endsWith(refusedAt) ? reply(409, { error: 'already_enrolled' }) : answer();
    assert.equal((await refusalOf(it.mobileAuth.enroll())).code, 9016);
    it.server.between = (request, answer) => answer();
    await it.mobileAuth.otp.handleRequest(it.server.start().code).onConfirmationRequest((a) => a.accept()).finished;
  }
});

test('a re-enrollment with override replaces the key', async () => {
  const it = await enrolledPhone();
  const before = it.server.devices.get('W8DUJ2 05ED8E51CB1EFAA2').key;
  await it.mobileAuth.enroll();
  assert.notEqual(it.server.devices.get('W8DUJ2 05ED8E51CB1EFAA2').key, before);
  await it.mobileAuth.otp.handleRequest(it.server.start().code).onConfirmationRequest((a) => a.accept()).finished;
});

test('a second enroll while one is under way: 9007, and the first finishes', async () => {
  const it = await phone();
  const first = it.mobileAuth.enroll();
  assert.equal((await refusalOf(it.mobileAuth.enroll())).code, 9007);
  await first;
});

test('isUserEnrolled needs neither login nor network, once the profile was here', async () => {
  const it = await enrolledPhone();
  it.session = null;
  it.restart({ session: () => Promise.reject(new Error('no session service')) });
  assert.equal(await it.mobileAuth.isUserEnrolled('W8DUJ2'), true);
  assert.equal((await refusalOf(it.mobileAuth.isUserEnrolled('NOBODY'))).code, 8003);
  assert.equal(it.server.requests.length, 0);
});

test('a profile that is logged in but never enrolled is not enrolled; another one is not registered: 8003', async () => {
  const it = await phone();
  assert.equal(await it.mobileAuth.isUserEnrolled('W8DUJ2'), false);
  assert.equal((await refusalOf(it.mobileAuth.isUserEnrolled('OTHER1'))).code, 8003);
});

test('each profile has a key of its own, and so has each device, app and server', async () => {
  const it = await enrolledPhone();
  it.session = { profileId: 'OTHER1', accessToken: 'token-of-OTHER1' };
  assert.equal(await it.mobileAuth.isUserEnrolled('OTHER1'), false);
  await it.mobileAuth.enroll();
  assert.equal(new Set([...it.server.devices.values()].map(({ key }) => key)).size, 2);
  it.session = { profileId: 'W8DUJ2', accessToken: 'token-of-W8DUJ2' };
  for (const other of [
    { device: { id: 'other', name: 'x', platform: 'ios' } },
    { appId: 'other' },
    { server: 'https://other.example' },
  ]) {
    assert.equal(await it.restart(other).isUserEnrolled('W8DUJ2'), false);
  }
});

test('disenroll tells the server and drops the key; twice does no harm', async () => {
  const it = await enrolledPhone();
  const { key } = it.server.devices.get('W8DUJ2 05ED8E51CB1EFAA2');
  assert.equal(await it.mobileAuth.disenroll(), undefined);
  assert.equal(it.server.requests[0].path, '/enrollments/current?key_id=' + key);
  assert.equal(it.server.devices.size, 0);
  assert.equal(await it.mobileAuth.isUserEnrolled('W8DUJ2'), false);
  await it.mobileAuth.disenroll({ profileId: 'W8DUJ2' });
  assert.equal(it.server.requests.length, 1);
});

test('disenroll keeps the key while the server is not reached, and drops it when the server had dropped it before', async () => {
  const it = await enrolledPhone();
  it.server.between = () => reply(503);
  assert.equal((await refusalOf(it.mobileAuth.disenroll())).code, 9001);
  assert.equal(await it.mobileAuth.isUserEnrolled('W8DUJ2'), true);
  it.server.between = () => reply(403, { error: 'revoked' });
  await it.mobileAuth.disenroll();
  assert.equal(await it.mobileAuth.isUserEnrolled('W8DUJ2'), false);
});

test('disenroll is for who is logged in: 8005 for another profile', async () => {
  const it = await enrolledPhone();
  assert.equal((await refusalOf(it.mobileAuth.disenroll({ profileId: 'OTHER1' }))).code, 8005);
});

test('disenroll takes back a key too of which nobody knows whether the server has it', async () => {
  const it = await killedPhone();
  await it.mobileAuth.disenroll();
  assert.equal(it.server.devices.size, 0);
});

function pick({ description, ...rest }) {
  return rest;
}
