import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aWhile, until } from './support/fake-clock.js';
import { F1, F3 } from './support/vectors.js';
import { page } from './support/widget-page.js';

test('a log-in from the code to the end', async () => {
  const it = page();
  assert.equal(it.state(), 'loading');
  await it.until('waiting');
  assert.equal(it.shown(), 'code-of-attempt-1');
  assert.equal(it.time(), 'Valid for 60 s');
  it.portal.move('scanned', { expires_in: 120 });
  assert.equal(it.state(), 'scanned');
  assert.equal(it.message(), 'Scanned. Now answer in the app.');
  assert.equal(it.shown(), undefined, 'the code is hidden');
  assert.equal(it.time(), '120 s left to answer');
  it.portal.move('approved');
  await it.until('done');
  assert.deepEqual(it.done, [{ redirect: '/account' }]);
  assert.deepEqual(it.states, ['loading', 'waiting', 'scanned', 'finishing', 'done']);
  assert.equal(it.portal.openStreams.length, 0);
  assert.equal(it.portal.count('status'), 0);
  assert.equal(it.clock.waiting, 0, 'no alarm is left');
  const { init } = it.portal.calls.find(({ name }) => name === 'finish');
  assert.deepEqual([init.method, init.credentials, init.cache], ['POST', 'same-origin', 'no-store']);
});

for (const [state, words] of [
  ['denied', /denied/],
  ['failed', /did not work/],
  ['cancelled', /cancelled/],
]) {
  test(`${state}: says so in words, and a button begins again`, async () => {
    const it = page();
    await it.until('waiting');
    it.portal.move('scanned');
    it.portal.move(state);
    assert.equal(it.state(), state);
    assert.match(it.message(), words);
    assert.deepEqual(it.buttons(), ['Try again']);
    assert.equal(it.portal.openStreams.length, 0);
    it.press('Try again');
    await it.until('waiting');
    assert.equal(it.shown(), 'code-of-attempt-2');
  });
}

test('expired after the scan ends it; expired without one renews the code', async () => {
  const it = page();
  await it.until('waiting');
  it.portal.move('expired');
  await until(() => it.portal.attempts === 2 && it.shown() === 'code-of-attempt-2' && !it.stale());
  assert.equal(it.state(), 'waiting');
  it.portal.move('scanned');
  it.portal.move('expired');
  assert.equal(it.state(), 'expired');
  assert.equal(it.portal.attempts, 2);
});

test('after five renewals without a scan it stops, blurs the code and offers a new one', async () => {
  const it = page();
  for (let attempt = 1; attempt <= 6; attempt++) {
    await until(() => it.state() === 'waiting' && it.shown() === 'code-of-attempt-' + attempt && !it.stale());
    await aWhile();
    it.portal.move('expired');
  }
  assert.equal(it.state(), 'stopped');
  assert.equal(it.stale(), true);
  assert.deepEqual(it.buttons(), ['New code']);
  assert.equal(it.portal.attempts, 6);
  assert.equal(it.portal.openStreams.length, 0);
  assert.equal(it.clock.waiting, 0);
  it.press('New code');
  await it.until('waiting');
  assert.equal(it.portal.attempts, 7);
  await aWhile();
  it.portal.move('expired');
  await until(() => it.portal.attempts === 8);
});

test('a server that does not say that the code expired: the page does, soon after its own clock', async () => {
  const it = page();
  await it.until('waiting');
  await aWhile();
  it.clock.advance(59_000);
  assert.equal(it.time(), 'Valid for 1 s');
  it.portal.mute = true;
  it.portal.between = (name, answer) => (name === 'status' ? new Response(null, { status: 500 }) : answer());
  it.clock.advance(1_000);
  assert.ok(it.portal.count('status') >= 1, 'it asks first');
  assert.equal(it.portal.attempts, 1);
  it.clock.advance(3_000);
  await until(() => it.portal.attempts === 2);
});

test('frames of a rotating code keep one size, and one that got old is marked', async () => {
  const it = page({}, ({ portal }) => (portal.nextOtp = () => F1));
  await it.until('waiting');
  const [svg] = it.host.all('svg');
  assert.equal(svg.getAttribute('width'), String(53 * 5));
  await aWhile();
  it.portal.send('frame', { otp: F3[1], valid_ms: 8000 });
  assert.equal(it.shown(), F3[1]);
  assert.equal(it.host.all('svg')[0], svg, 'the same picture');
  it.clock.advance(7_000);
  assert.equal(it.stale(), false);
  it.clock.advance(1_000);
  assert.equal(it.stale(), true);
  it.portal.send('frame', { otp: F3[59], valid_ms: 8000 });
  assert.equal(it.stale(), false);
  it.clock.advance(5_000);
  it.portal.send('frame', { otp: F3[59], valid_ms: 8000 });
  it.clock.advance(5_000);
  assert.equal(it.stale(), false, 'the same frame again lives on');
});

test('a frame after the scan shows no code', async () => {
  const it = page();
  await it.until('waiting');
  it.portal.move('scanned');
  it.portal.send('frame', { otp: F3[1] });
  assert.equal(it.shown(), undefined);
  assert.equal(it.state(), 'scanned');
});

test('hidden for 30 s without a scan: it stops; a scan of the last moment is still found', async () => {
  const it = page();
  await it.until('waiting');
  await aWhile();
  it.document.setVisible(false);
  it.clock.advance(29_000);
  assert.equal(it.state(), 'waiting');
  it.clock.advance(1_000);
  assert.equal(it.state(), 'stopped');
  assert.equal(it.stale(), true);
  assert.equal(it.portal.openStreams.length, 0);
  assert.equal(it.portal.count('cancel'), 0);
  it.portal.move('scanned', { expires_in: 50 });
  it.document.setVisible(true);
  await it.until('scanned');
  assert.equal(it.time(), '50 s left to answer');
  await aWhile();
  it.portal.move('approved');
  await it.until('done');
});

test('hidden while alarms were frozen: it stops when it is seen again', async () => {
  const it = page();
  await it.until('waiting');
  await aWhile();
  it.document.setVisible(false);
  const { setTimeout } = it.clock;
  it.clock.setTimeout = () => undefined;
  it.clock.now = (
    (now) => () =>
      now() + 31_000
  )(it.clock.now);
  it.document.setVisible(true);
  it.clock.setTimeout = setTimeout;
  assert.equal(it.state(), 'stopped');
  assert.deepEqual(it.buttons(), ['New code']);
});

test('hidden after the scan: it goes on', async () => {
  const it = page();
  await it.until('waiting');
  it.portal.move('scanned', { expires_in: 120 });
  it.document.setVisible(false);
  it.clock.advance(40_000);
  assert.equal(it.state(), 'scanned');
});

test('a start that fails is told, and a button begins again', async () => {
  for (const [response, status] of [
    [() => new Response(null, { status: 429 }), 429],
    [() => Promise.reject(new TypeError('x')), 0],
  ]) {
    const it = page({}, ({ portal }) => (portal.between = response));
    await it.until('failed');
    assert.deepEqual(it.errors, [{ stage: 'start', status }]);
    it.portal.between = (name, answer) => answer();
    it.press('Try again');
    await it.until('waiting');
  }
});

test('finish is tried again when it was not reached, and not when it was refused', async () => {
  const it = page();
  await it.until('waiting');
  let tries = 0;
  it.portal.between = (name, answer) => {
    if (name === 'finish' && ++tries < 5) throw new TypeError('connection reset');
    return answer();
  };
  it.portal.move('approved');
  for (const [count, delay] of [
    [1, 1_000],
    [2, 2_000],
    [3, 4_000],
    [4, 8_000],
  ]) {
    await until(() => tries === count);
    await aWhile();
    it.clock.advance(delay);
  }
  await it.until('done');

  const refused = page();
  await refused.until('waiting');
  refused.portal.between = (name, answer) => (name === 'finish' ? new Response(null, { status: 403 }) : answer());
  refused.portal.move('approved');
  await refused.until('failed');
  assert.deepEqual(refused.errors, [{ stage: 'finish', status: 403 }]);
  assert.equal(refused.portal.count('finish'), 1);
});

test("an error in the page's own callback is not taken for a failed finish", async (t) => {
  const { mock } = t.mock.method(console, 'error', () => {});
  const it = page({
    onDone: () => {
      throw new Error('in the page');
    },
  });
  await it.until('waiting');
  it.portal.move('approved');
  await it.until('done');
  assert.deepEqual([mock.callCount(), it.portal.count('finish'), it.errors], [1, 1, []]);
});

test('a code that fits in no symbol is an error', async () => {
  const it = page({}, ({ portal }) => (portal.nextOtp = () => 'x'.repeat(300)));
  await it.until('failed');
  assert.deepEqual(it.errors, [{ stage: 'code', status: 0 }]);
});

test('cancel after the scan tells the server', async () => {
  const it = page({ headers: () => ({ 'X-CSRF-Token': 'abc' }) });
  await it.until('waiting');
  it.portal.move('scanned');
  it.press('Cancel');
  assert.equal(it.state(), 'cancelled');
  const { init } = it.portal.calls.find(({ name }) => name === 'cancel');
  assert.equal(init.headers['X-CSRF-Token'], 'abc');
  assert.equal(init.keepalive, true);
  assert.equal(it.portal.openStreams.length, 0);
});

test('stop cancels, empties the element and leaves nothing behind', async () => {
  const it = page();
  await it.until('waiting');
  it.login.stop();
  assert.equal(it.portal.count('cancel'), 1);
  assert.equal(it.host.children.length, 0);
  await aWhile();
  assert.equal(it.clock.waiting, 0);
  it.document.setVisible(true);
  await aWhile();
  assert.equal(it.portal.count('status'), 0);

  const early = page();
  early.login.stop();
  await aWhile();
  assert.equal(early.portal.streams.length, 0);
});

test('restart while a start is under way shows the last one only', async () => {
  const it = page();
  const waiting = [];
  it.portal.between = async (name, answer) => {
    if (name === 'start') await new Promise((resolve) => waiting.push(resolve));
    return answer();
  };
  it.login.restart();
  it.login.restart();
  await until(() => waiting.length === 2);
  for (const go of waiting) go();
  await it.until('waiting');
  await aWhile();
  assert.equal(it.portal.openStreams.length, 1);
});
