import assert from 'node:assert/strict';
import { test } from 'node:test';
import { reply } from './support/fake-server.js';
import { aWhile, until } from './support/fake-clock.js';
import { enrolledPhone, follow, quiet, refusalOf } from './support/phone.js';
import { jsonCode, shortCode } from './support/codes.js';

const COMMON = [
  [401, { error: 'invalid_token' }, { code: 9010 }],
  [401, undefined, { code: 9010 }],
  [403, { error: 'revoked' }, { code: 9020 }],
  [403, { error: 'not_enrolled' }, { code: 9021 }],
  [403, { error: 'device_deregistered' }, { code: 9002 }],
  [403, { error: 'user_deregistered' }, { code: 9003 }],
  [404, { error: 'not_found' }, { code: 10013, reason: 'not_found' }],
  [410, { error: 'expired_token' }, { code: 10013, reason: 'expired' }],
  [410, { error: 'cancelled' }, { code: 10013, reason: 'cancelled' }],
  [422, { error: 'malformed' }, { code: 10018 }],
  [426, { error: 'app_outdated' }, { code: 9004 }],
  [426, { error: 'os_outdated' }, { code: 9005 }],
  [429, { error: 'rate_limited' }, { code: 10000, reason: 'rate_limited', retryable: true }],
  [400, { error: 'invalid_answer' }, { code: 10015, reason: 'invalid_answer' }],
  [404, undefined, { code: 10001 }],
  [418, { error: 'something_new' }, { code: 10000, reason: 'something_new' }],
];

const AT_CLAIM = [
  ...COMMON,
  [410, { error: 'frame_expired' }, { code: 10013, reason: 'frame_expired', retryable: true }],
  [403, { error: 'wrong_channel' }, { code: 10013, reason: 'wrong_channel' }],
  [403, { error: 'proximity_rejected' }, { code: 10013, reason: 'proximity_rejected' }],
  [409, { error: 'already_claimed' }, { code: 9029 }],
];

const AT_ANSWER = [
  ...COMMON,
  [409, { error: 'already_decided' }, { code: 9029 }],
  [403, { error: 'wrong_number' }, { code: 10015, reason: 'wrong_number' }],
  [403, { error: 'try_again', attempts_left: 1 }, { code: 10015, reason: 'wrong_number' }],
  [200, { status: 'denied' }, { code: 10001, reason: 'answer' }],
];

const DROPS_THE_KEY = [9002, 9003, 9020, 9021];

for (const [where, path, refusals] of [
  ['claim', '/otp/claims', AT_CLAIM],
  ['answer', '/answer', AT_ANSWER],
]) {
  for (const [status, body, expected] of refusals) {
    test(`${where}: ${status} ${body?.error ?? body?.status ?? 'without a word'} becomes ${expected.code}`, async () => {
      const it = await enrolledPhone();
      it.server.between = (request, answer) => (request.path.endsWith(path) ? reply(status, body) : answer());
      const events = await follow(it.mobileAuth.otp.handleRequest(it.server.start().code));
      const { description, ...error } = events.at(-1)[1];
      assert.deepEqual(error, expected);
      assert.equal(typeof description, 'string');
      assert.deepEqual(
        events.map(([name]) => name),
        where === 'claim' ? ['error'] : ['confirm', 'error'],
      );
      // With the token given, the profile counts as registered even after it was wiped.
      assert.equal(await it.mobileAuth.isUserEnrolled('W8DUJ2'), !DROPS_THE_KEY.includes(expected.code));
    });
  }
}

test('after 9002 nothing of this device is left, after 9003 nothing of the profile', async () => {
  for (const [error, kept] of [
    ['device_deregistered', 0],
    ['user_deregistered', 1],
  ]) {
    const it = await enrolledPhone();
    it.session = { profileId: 'OTHER1', accessToken: 'token-of-OTHER1' };
    await it.mobileAuth.enroll();
    it.server.between = () => reply(403, { error });
    await follow(it.mobileAuth.otp.handleRequest(it.server.start().code));
    assert.equal((await it.storage.keys()).length, kept);
  }
});

test('a claim is what the contract says', async () => {
  const it = await enrolledPhone();
  const { id, otp } = it.server.start();
  const code = jsonCode(id, otp);
  it.server.transactions.get(id).code = code;
  await follow(it.mobileAuth.otp.handleRequest(` ${code}\n`));
  const { body, init } = it.server.requests[0];
  assert.deepEqual(Object.keys(body), ['otp', 'profile_id', 'device_id', 'key_id', 'source', 'nonce', 'signature']);
  assert.deepEqual(
    [body.otp, body.source, body.profile_id, body.device_id],
    [code, 'camera', 'W8DUJ2', '05ED8E51CB1EFAA2'],
  );
  assert.equal(Buffer.from(body.nonce, 'base64url').length, 16);
  assert.equal(init.headers.Authorization, 'Bearer token-of-W8DUJ2');
  const answer = it.server.requests[1].body;
  assert.deepEqual(Object.keys(answer), ['device_id', 'key_id', 'decision', 'number', 'reason', 'signature']);
  assert.deepEqual([answer.number, answer.reason], [null, null]);
});

test('a transaction id in capitals signs as the server writes it', async () => {
  const it = await enrolledPhone();
  const transaction = it.server.start();
  const json = `{"transaction_id":"${transaction.id.toUpperCase()}","otp":"${transaction.otp.toString('base64')}"}`;
  transaction.code = Buffer.from(json).toString('base64');
  const events = await follow(it.mobileAuth.otp.handleRequest(transaction.code));
  assert.equal(events.at(-1)[0], 'success');
});

test('a link says so, and gets back where to go on', async () => {
  const it = await enrolledPhone({ library: { link: 'https://app.example.com/login' } });
  const transaction = it.server.start({
    channel: 'link',
    returns: { return_uri: 'https://shop.example.com/back', code: 'abc' },
  });
  const otp = 'https://app.example.com/login#' + transaction.code;
  const refused = await follow(it.mobileAuth.otp.handleRequest({ otp }));
  assert.equal(refused[0][1].reason, 'wrong_channel');
  const events = await follow(it.mobileAuth.otp.handleRequest({ otp, source: 'link' }));
  assert.deepEqual(events[1], ['success', { returnUri: 'https://shop.example.com/back', returnCode: 'abc' }]);
});

const TAMPERED = {
  message: 'Log in to Another Shop?',
  origin: 'https://evil.example',
  type: 'other',
  confirm: 'enter',
  challenge: 'AAAA',
  expires: 1767225721,
  transaction_id: '00000000-0000-4000-8000-000000000000',
  server_signature: Buffer.alloc(64).toString('base64url'),
  server_key_id: 'unknown',
  numbers: ['17', '42', '84'],
};

for (const [name, value] of Object.entries(TAMPERED)) {
  test(`a challenge whose ${name} was altered is not shown: 10001`, async () => {
    const it = await enrolledPhone();
    it.server.between = async (request, answer) => {
      const response = await answer();
      return request.path === '/otp/claims' ? reply(200, { ...(await response.json()), [name]: value }) : response;
    };
    const confirm = name === 'numbers' ? 'choose' : 'tap';
    const events = await follow(it.mobileAuth.otp.handleRequest(it.server.start({ confirm }).code));
    assert.deepEqual(
      events.map(([event, { code }]) => [event, code]),
      [['error', 10001]],
    );
    assert.equal(it.server.count('POST', 'answer'), 0);
  });
}

test('a challenge without one of its members is not shown: 10001', async () => {
  const members = [
    'transaction_id',
    'type',
    'message',
    'origin',
    'challenge',
    'confirm',
    'numbers',
    'expires',
    'expires_in',
    'server_key_id',
    'server_signature',
  ];
  const it = await enrolledPhone();
  for (const name of members) {
    it.server.between = async (request, answer) => {
      const { [name]: left, ...rest } = await (await answer()).json();
      assert.notEqual(left, undefined);
      return reply(200, rest);
    };
    const events = await follow(it.mobileAuth.otp.handleRequest(it.server.start({ confirm: 'choose' }).code));
    assert.deepEqual(
      events.map(([event, { code }]) => [event, code]),
      [['error', 10001]],
      name,
    );
  }
});

test('a challenge that was signed for another claim is not shown', async () => {
  const it = await enrolledPhone();
  const transaction = it.server.start();
  let first;
  it.server.between = async (request, answer) => {
    const response = await answer();
    if (request.path !== '/otp/claims') return response;
    first ??= await response.text();
    return new Response(first, { status: 200 });
  };
  assert.equal((await follow(it.mobileAuth.otp.handleRequest(transaction.code))).at(-1)[0], 'success');
  transaction.state = 'claimed';
  const again = await follow(it.mobileAuth.otp.handleRequest(transaction.code));
  assert.deepEqual([again[0][0], again[0][1].reason], ['error', 'server_signature']);
});

test('texts of all kinds sign alike here and there; override characters are not shown', async () => {
  const it = await enrolledPhone();
  const message = '\u{1f511} "quoted" \'y\'\n\u0645\u0631\u062d\u0628\u0627 10 \u20ac caf\u00e9';
  const events = await follow(it.mobileAuth.otp.handleRequest(it.server.start({ message }).code));
  assert.deepEqual(
    events.map(([name]) => name),
    ['confirm', 'success'],
  );
  assert.equal(events[0][1].message, message);
  for (const override of ['\u202d', '\u202e']) {
    const refused = await follow(it.mobileAuth.otp.handleRequest(it.server.start({ message: `a${override}b` }).code));
    assert.deepEqual([refused[0][0], refused[0][1].code], ['error', 10001]);
  }
});

test('a portal without origin, name and context: they are absent', async () => {
  const it = await enrolledPhone();
  it.server.between = async (request, answer) => {
    const response = await answer();
    if (request.path !== '/otp/claims') return response;
    const { portal_name: name, context, ...rest } = await response.json();
    return reply(200, rest);
  };
  const [[, request], [end]] = await follow(it.mobileAuth.otp.handleRequest(it.server.start({ origin: null }).code));
  assert.equal(end, 'success');
  for (const name of ['origin', 'portalName', 'context', 'numbers', 'attemptsLeft'])
    assert.equal(name in request, false, name);
});

test('a lost answer to a claim is asked for again', async () => {
  const it = await enrolledPhone();
  let lost = false;
  it.server.between = async (request, answer) => {
    const response = await answer();
    if (request.path === '/otp/claims' && !lost) {
      lost = true;
      throw new TypeError('connection reset');
    }
    return response;
  };
  const done = follow(it.mobileAuth.otp.handleRequest(it.server.start().code));
  await until(() => lost);
  await aWhile();
  it.clock.advance(500);
  assert.deepEqual(
    (await done).map(([name]) => name),
    ['confirm', 'success'],
  );
});

test('a lost answer to an answer is asked for again, and given up in the end: 9001', async () => {
  const it = await enrolledPhone();
  let answers = 0;
  it.server.between = async (request, answer) => {
    const response = await answer();
    if (request.path.endsWith('/answer') && ++answers < 3) throw new TypeError('connection reset');
    return response;
  };
  const transaction = it.server.start();
  const done = follow(it.mobileAuth.otp.handleRequest(transaction.code));
  for (const [count, delay] of [
    [1, 500],
    [2, 2000],
  ]) {
    await until(() => answers === count);
    await aWhile();
    it.clock.advance(delay);
  }
  assert.deepEqual(
    (await done).map(([name]) => name),
    ['confirm', 'success'],
  );

  answers = -10;
  const dead = follow(it.mobileAuth.otp.handleRequest(it.server.start().code));
  for (const [count, delay] of [
    [-9, 500],
    [-8, 2000],
    [-7, 5000],
  ]) {
    await until(() => answers === count);
    await aWhile();
    it.clock.advance(delay);
  }
  const [, [name, error]] = await dead;
  assert.deepEqual([name, error.code, error.retryable], ['error', 9001, true]);
});

test('a session that ended or changed while the person thought: 8005, and nothing is answered', async () => {
  for (const session of [null, { profileId: 'OTHER1', accessToken: 'token-of-OTHER1' }]) {
    const it = await enrolledPhone();
    const events = await follow(it.mobileAuth.otp.handleRequest(it.server.start().code), (actions) => {
      it.session = session;
      actions.accept();
    });
    assert.equal(events[1][1].code, 8005);
    assert.equal(it.server.count('POST', 'answer'), 0);
  }
});

test('a token that was renewed while the person thought is used', async () => {
  const it = await enrolledPhone();
  const events = await follow(it.mobileAuth.otp.handleRequest(it.server.start().code), (actions) => {
    it.server.tokens.delete('token-of-W8DUJ2');
    it.server.tokens.set('renewed', 'W8DUJ2');
    it.session = { profileId: 'W8DUJ2', accessToken: 'renewed' };
    actions.accept();
  });
  assert.equal(events[1][0], 'success');
});

test('two phones claim at once: one goes on, the other gets 9029', async () => {
  const one = await enrolledPhone();
  const other = await enrolledPhone({
    server: one.server,
    library: { device: { id: 'second', name: 'x', platform: 'ios' } },
  });
  const { code } = one.server.start();
  const ends = await Promise.all([one, other].map((it) => follow(it.mobileAuth.otp.handleRequest(code))));
  assert.deepEqual(ends.map((events) => events.at(-1)[1].code ?? 'success').sort(), [9029, 'success']);
});

test('a code with one bit flipped is 10013', async () => {
  const it = await enrolledPhone();
  const { id, otp } = it.server.start();
  otp[15] ^= 1;
  const events = await follow(it.mobileAuth.otp.handleRequest(shortCode(id, otp)));
  assert.deepEqual([events[0][1].code, events[0][1].reason], [10013, 'not_found']);
});

test('when all is done no alarm is left behind', async () => {
  const it = await enrolledPhone();
  await follow(it.mobileAuth.otp.handleRequest(it.server.start().code));
  await follow(it.mobileAuth.otp.handleRequest(it.server.start().code), (actions) => actions.deny());
  assert.equal(it.clock.waiting, 0);
});

test('a storage or session that fails is 8000', async () => {
  const it = await enrolledPhone();
  const broken = async () => {
    throw new DOMException('no space', 'QuotaExceededError');
  };
  it.restart({ storage: { ...it.storage, get: broken } });
  const error = await refusalOf(it.mobileAuth.otp.handleRequest(it.server.start().code).finished);
  assert.deepEqual([error.code, error.reason], [8000, 'QuotaExceededError']);
  it.restart({ session: broken });
  assert.equal((await refusalOf(it.mobileAuth.enroll())).code, 8000);
  it.restart();
  for (const session of [
    {},
    { profileId: 'W8DUJ2' },
    { profileId: 'W8DUJ2', accessToken: 'a\nb' },
    { profileId: 'a b', accessToken: 'x' },
  ]) {
    it.session = session;
    assert.equal((await refusalOf(it.mobileAuth.enroll())).code, 8000);
  }
});

test('no code, key, token or number is written to the console', async (t) => {
  const written = quiet(t);
  const it = await enrolledPhone();
  const transaction = it.server.start({ confirm: 'enter' });
  await follow(it.mobileAuth.otp.handleRequest(transaction.code), (actions) => {
    actions.accept({ number: 'x42' });
    actions.accept({ number: '42' });
    actions.accept({ number: '42' });
  });
  it.server.between = () => reply(410, { error: 'expired_token' });
  it.mobileAuth.otp.handleRequest(it.server.start().code);
  await aWhile();
  const text = JSON.stringify(written);
  assert.equal(written.length, 4);
  for (const secret of [transaction.code, 'token-of', '42', transaction.challenge])
    assert.equal(text.includes(secret), false, secret);
});
