import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aWhile, until } from './support/fake-clock.js';
import { enrolledPhone, follow, phone, quiet, refusalOf } from './support/phone.js';
import { F2 } from './support/vectors.js';

const names = (events) => events.map(([name]) => name);

test('1: no callback runs before the current task ended, and handlers may come in any order', async () => {
  const it = await enrolledPhone();
  const order = [];
  const handler = it.mobileAuth.otp.handleRequest({ otp: 'no code' });
  it.mobileAuth.otp.handleRequest({ otp: 'no code' }).onError(() => order.push('error'));
  await null;
  handler.onError(() => order.push('error'));
  for (let i = 0; i < 20; i++) await null;
  order.push('task ended');
  await until(() => order.length === 3);
  assert.deepEqual(order, ['task ended', 'error', 'error']);

  const events = [];
  it.mobileAuth.otp
    .handleRequest(it.server.start().code)
    .onError(() => events.push('error'))
    .onSuccess(() => events.push('success'))
    .onConfirmationRequest((actions) => {
      events.push('confirm');
      actions.accept();
    });
  await until(() => events.length === 2);
  assert.deepEqual(events, ['confirm', 'success']);
});

test('1: an event that finds no handler is kept until one comes', async (t) => {
  quiet(t);
  const it = await enrolledPhone();
  const handler = it.mobileAuth.otp.handleRequest(it.server.start().code);
  await until(() => it.server.count('POST', 'claims') === 1);
  await aWhile();
  const events = [];
  it.clock.advance(5000);
  let inTask = true;
  handler.onConfirmationRequest((actions, request) => {
    assert.equal(inTask, false);
    events.push(request.expiresInMs);
    actions.accept();
  });
  inTask = false;
  await handler.finished;
  assert.deepEqual(events, [115_000], 'the time left is that of the moment of delivery');
  handler.onSuccess((actions, result) => events.push(result));
  await until(() => events.length === 2);
  assert.deepEqual(events[1], {});

  const failed = it.mobileAuth.otp.handleRequest('no code');
  await aWhile();
  failed.onError(({ code }) => events.push(code));
  await until(() => events.length === 3);
  assert.equal(events[2], 10018);
});

test('an error that finds no handler is written to the console, once', async (t) => {
  const written = quiet(t);
  const { mobileAuth } = await phone();
  mobileAuth.otp.handleRequest('scanned by mistake');
  await aWhile();
  assert.deepEqual(
    written.map(([level]) => level),
    ['warn', 'error'],
  );
  assert.equal(JSON.stringify(written).includes('scanned by mistake'), false);
});

test('2: onConfirmationRequest comes once, before the end, with all that the app needs', async () => {
  const it = await enrolledPhone();
  const transaction = it.server.start();
  const events = await follow(it.mobileAuth.otp.handleRequest({ otp: transaction.code }));
  assert.deepEqual(names(events), ['confirm', 'success']);
  assert.deepEqual(events[0][1], {
    type: 'qr-code',
    message: 'Log in to Example Shop?',
    profileId: 'W8DUJ2',
    transactionId: transaction.id,
    userProfile: { profileId: 'W8DUJ2' },
    confirm: 'tap',
    expiresAt: 1767225720,
    expiresInMs: 120_000,
    origin: 'https://shop.example.com',
    portalName: 'Example Shop',
    context: { os: 'Linux', browser: 'Firefox 140', country: 'NL', city: 'Utrecht', proximity: 'same_country' },
  });
  assert.deepEqual(events[1][1], {});
  assert.equal(transaction.state, 'accepted');
});

test('2: an error before it skips it', async () => {
  const it = await phone();
  assert.deepEqual(await brief(it.mobileAuth.otp.handleRequest('no code')), [['error', 10018]]);
  assert.deepEqual(await brief(it.mobileAuth.otp.handleRequest(F2)), [['error', 9021]]);
  it.session = null;
  assert.deepEqual(await brief(it.mobileAuth.otp.handleRequest(F2)), [['error', 8005]]);
  assert.equal(it.server.requests.length, 0);
});

async function brief(handler) {
  return (await follow(handler)).map(([name, value]) => [name, value.code]);
}

test('3: deny ends in onError 9006, and nothing comes after it', async (t) => {
  const it = await enrolledPhone();
  for (const [options, reason] of [
    [undefined, null],
    [{ reason: 'not_me' }, 'not_me'],
    [{ reason: 'no such' }, null],
  ]) {
    const transaction = it.server.start();
    const events = await follow(it.mobileAuth.otp.handleRequest(transaction.code), (actions) => actions.deny(options));
    assert.deepEqual(names(events), ['confirm', 'error']);
    assert.equal(events[1][1].code, 9006);
    assert.equal(transaction.state, 'denied');
    assert.equal(transaction.answer.reason, reason);
    await aWhile();
    assert.equal(events.length, 2);
  }
});

test('3: success comes only after the server recorded it', async () => {
  const it = await enrolledPhone();
  let answerNow;
  it.server.between = async (request, answer) => {
    if (request.path.endsWith('/answer')) await new Promise((resolve) => (answerNow = resolve));
    return answer();
  };
  let succeeded = false;
  const handler = it.mobileAuth.otp.handleRequest(it.server.start().code);
  handler.onConfirmationRequest((actions) => actions.accept()).onSuccess(() => (succeeded = true));
  await until(() => answerNow);
  await aWhile();
  assert.equal(succeeded, false);
  answerNow();
  await handler.finished;
  assert.equal(succeeded, true);
});

test('4: the first call decides, later ones are ignored with a warning', async (t) => {
  const written = quiet(t);
  const it = await enrolledPhone();
  const transaction = it.server.start();
  let kept;
  const events = await follow(it.mobileAuth.otp.handleRequest(transaction.code), (actions) => {
    kept = actions;
    assert.equal(actions.accept(), undefined);
    assert.equal(actions.accept(), undefined);
    assert.equal(actions.deny(), undefined);
  });
  assert.deepEqual(names(events), ['confirm', 'success']);
  kept.deny();
  await aWhile();
  assert.equal(it.server.count('POST', 'answer'), 1);
  assert.deepEqual(
    written.map(([level]) => level),
    ['warn', 'warn', 'warn'],
  );
});

test('4: nothing decides by itself: when the time is over it ends with 10013 expired', async (t) => {
  quiet(t);
  const it = await enrolledPhone();
  let actions;
  const done = follow(it.mobileAuth.otp.handleRequest(it.server.start().code), (given) => (actions = given));
  await until(() => actions);
  it.clock.advance(119_999);
  await aWhile();
  it.clock.advance(1);
  const events = await done;
  assert.deepEqual(names(events), ['confirm', 'error']);
  assert.deepEqual([events[1][1].code, events[1][1].reason], [10013, 'expired']);
  actions.accept();
  await aWhile();
  assert.equal(it.server.count('POST', 'answer'), 0);
});

test('4: a question that nobody saw in time is taken back', async (t) => {
  quiet(t);
  const it = await enrolledPhone();
  const handler = it.mobileAuth.otp.handleRequest(it.server.start().code);
  await until(() => it.server.count('POST', 'claims') === 1);
  await aWhile();
  it.clock.advance(120_000);
  assert.equal((await refusalOf(handler.finished)).code, 10013);
  const events = follow(handler);
  await aWhile();
  assert.deepEqual(names(await events), ['error']);
});

test('5: a second request gets 9007, the first goes on', async () => {
  const it = await enrolledPhone();
  let actions;
  const first = follow(it.mobileAuth.otp.handleRequest(it.server.start().code), (given) => (actions = given));
  assert.deepEqual(await brief(it.mobileAuth.otp.handleRequest(it.server.start().code)), [['error', 9007]]);
  await until(() => actions);
  assert.deepEqual(await brief(it.mobileAuth.otp.handleRequest(it.server.start().code)), [['error', 9007]]);
  assert.equal((await refusalOf(it.mobileAuth.enroll())).code, 9007);
  actions.accept();
  assert.deepEqual(names(await first), ['confirm', 'success']);
});

test('5: the next request may begin inside the last callback of the one before', async () => {
  const it = await enrolledPhone();
  const next = await new Promise((resolve) => {
    it.mobileAuth.otp.handleRequest('no code').onError(() => {
      resolve(brief(it.mobileAuth.otp.handleRequest(it.server.start().code)));
    });
  });
  assert.deepEqual(
    next.map(([name]) => name),
    ['confirm', 'success'],
  );
});

test('6: choose: accept without a number that is offered is ignored, the person can still pick', async (t) => {
  const written = quiet(t);
  const it = await enrolledPhone();
  const transaction = it.server.start({ confirm: 'choose' });
  const events = await follow(it.mobileAuth.otp.handleRequest(transaction.code), (actions, request) => {
    assert.deepEqual(request.numbers, ['17', '42', '83']);
    for (const options of [undefined, {}, { number: '99' }, { number: 42 }]) actions.accept(options);
    actions.accept({ number: '42' });
  });
  assert.deepEqual(names(events), ['confirm', 'success']);
  assert.equal(transaction.answer.number, '42');
  assert.deepEqual(
    written.map(([level]) => level),
    ['warn', 'warn', 'warn', 'warn'],
  );
  assert.equal(/42|99/.test(JSON.stringify(written)), false, 'no number in any log');
});

test('choose: a wrong number ends it: 10015', async () => {
  const it = await enrolledPhone();
  const code = it.server.start({ confirm: 'choose' }).code;
  const events = await follow(it.mobileAuth.otp.handleRequest(code), (actions) => actions.accept({ number: '17' }));
  assert.deepEqual([events[1][1].code, events[1][1].reason], [10015, 'wrong_number']);
});

test('enter: a wrong number asks again with fewer attempts, the second wrong one ends it', async () => {
  const it = await enrolledPhone();
  const good = it.server.start({ confirm: 'enter' });
  const numbers = ['11', '42'];
  const right = await follow(it.mobileAuth.otp.handleRequest(good.code), (a) => a.accept({ number: numbers.shift() }));
  assert.deepEqual(names(right), ['confirm', 'confirm', 'success']);
  assert.equal(right[0][1].attemptsLeft, 2);
  assert.equal(right[0][1].numbers, undefined);
  assert.equal(right[1][1].attemptsLeft, 1);

  const bad = it.server.start({ confirm: 'enter' });
  const wrong = await follow(it.mobileAuth.otp.handleRequest(bad.code), (a) => a.accept({ number: '11' }));
  assert.deepEqual(names(wrong), ['confirm', 'confirm', 'error']);
  assert.deepEqual([wrong[2][1].code, wrong[2][1].reason], [10015, 'wrong_number']);
});

test('enter: what is no number of two digits is ignored, the person can still type one', async (t) => {
  const written = quiet(t);
  const it = await enrolledPhone();
  const events = await follow(
    it.mobileAuth.otp.handleRequest(it.server.start({ confirm: 'enter' }).code),
    (actions) => {
      for (const number of ['', '4', '142', '4x', 42]) actions.accept({ number });
      actions.accept({ number: '42' });
    },
  );
  assert.deepEqual(names(events), ['confirm', 'success']);
  assert.equal(written.length, 5);
});

test('setting a handler twice replaces it', async () => {
  const it = await enrolledPhone();
  const handler = it.mobileAuth.otp.handleRequest('no code').onError(() => assert.fail('replaced'));
  assert.equal(await new Promise((resolve) => handler.onError(({ code }) => resolve(code))), 10018);
});

test('an error thrown inside a callback does not break the request', async (t) => {
  quiet(t);
  const it = await enrolledPhone();
  const handler = it.mobileAuth.otp.handleRequest(it.server.start().code);
  handler
    .onConfirmationRequest((actions) => {
      actions.accept();
      throw new Error('in the app');
    })
    .onSuccess(() => {
      throw new Error('in the app');
    });
  await handler.finished;
});

test('finished never rejects unhandled', async (t) => {
  quiet(t);
  const unhandled = [];
  const listener = (thrown) => unhandled.push(thrown);
  process.on('unhandledRejection', listener);
  t.after(() => process.off('unhandledRejection', listener));
  const { mobileAuth } = await phone();
  mobileAuth.otp.handleRequest('no code');
  void mobileAuth.otp.handleRequest('no code').finished;
  mobileAuth.isUserEnrolled('NOBODY', () => {});
  await aWhile();
  assert.deepEqual(unhandled, []);
});
