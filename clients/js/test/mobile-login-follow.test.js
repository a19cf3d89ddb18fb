import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aWhile, until } from './support/fake-clock.js';
import { page } from './support/widget-page.js';

test('a state with a lower version is ignored, the same one is not', async () => {
  const it = page();
  await it.until('waiting');
  it.portal.move('scanned');
  it.portal.send('state', { version: 1, state: 'expired' });
  it.portal.send('state', { version: 1, state: 'approved' });
  assert.equal(it.state(), 'scanned');
  it.portal.send('state', { version: 2, state: 'scanned', expires_in: 7 });
  it.clock.advance(1_000);
  assert.equal(it.time(), '6 s left to answer');
});

test('what is no event of ours is ignored', async () => {
  const it = page();
  await it.until('waiting');
  for (const data of ['', '{', 'null', '7', '{"state":"winning","version":9}', '{"version":9}'])
    it.portal.send('state', data);
  for (const data of ['', 'null', '{"otp":7}']) it.portal.send('frame', data);
  assert.equal(it.state(), 'waiting');
  assert.equal(it.shown(), 'code-of-attempt-1');
  it.portal.move('scanned');
  assert.equal(it.state(), 'scanned');
});

test('a stream that is held back: the code comes by asking after 2 s, and after three mute tries asking takes over', async () => {
  const it = page({}, ({ portal }) => (portal.mute = true));
  await until(() => it.portal.streams.length === 1);
  await aWhile();
  assert.equal(it.shown(), undefined);
  it.clock.advance(2_000);
  await it.until('waiting');
  assert.equal(it.portal.count('status'), 1);
  for (const [at, streams] of [
    [13_000, 2],
    [15_000, 3],
  ]) {
    it.clock.advance(at);
    assert.equal(it.portal.streams.length, streams);
    assert.equal(it.portal.openStreams.length, 1, 'never two streams');
    await aWhile();
  }
  it.clock.advance(15_000);
  await aWhile();
  assert.equal(it.portal.openStreams.length, 0, 'never stream and asking at once');
  const asked = it.portal.count('status');
  for (let i = 1; i <= 4; i++) {
    it.clock.advance(2_000);
    await aWhile();
    assert.equal(it.portal.count('status'), asked + i, 'every two seconds, once');
  }
  it.portal.move('scanned', { display_number: '42' });
  it.clock.advance(2_000);
  await it.until('scanned');
  it.portal.move('approved');
  it.clock.advance(2_000);
  await it.until('done');
});

test('where streams were mute, the next attempt asks from the start', async () => {
  const it = page({}, ({ portal }) => (portal.mute = true));
  await until(() => it.portal.streams.length === 1);
  for (let i = 0; i < 3; i++) {
    it.clock.advance(15_000);
    await aWhile();
  }
  it.portal.move('expired');
  it.clock.advance(2_000);
  await until(() => it.shown() === 'code-of-attempt-2');
  assert.equal(it.portal.streams.length, 3);
});

test('a stream that spoke and then fell silent is opened again, without end', async () => {
  const it = page({}, ({ portal }) => (portal.expiresIn = 600));
  await it.until('waiting');
  for (let i = 2; i <= 6; i++) {
    it.clock.advance(15_000);
    assert.equal(it.portal.streams.length, i);
    assert.equal(it.portal.openStreams.length, 1);
    await aWhile();
  }
  it.clock.advance(14_000);
  it.portal.send('ping', '');
  it.clock.advance(14_000);
  assert.equal(it.portal.streams.length, 6, 'a ping counts');
});

test('a stream that spoke once gets its three mute tries too', async () => {
  const it = page({}, ({ portal }) => (portal.expiresIn = 600));
  await it.until('waiting');
  await aWhile();
  it.portal.mute = true;
  for (const streams of [2, 3, 4]) {
    it.clock.advance(15_000);
    assert.equal(it.portal.openStreams.length, 1);
    assert.equal(it.portal.streams.length, streams);
    await aWhile();
  }
  it.clock.advance(15_000);
  assert.equal(it.portal.openStreams.length, 0);
});

test('an answer that comes after the end changes nothing', async () => {
  const it = page();
  await it.until('waiting');
  let answerNow;
  it.portal.between = async (name, answer) => {
    if (name === 'status') await new Promise((resolve) => (answerNow = resolve));
    return answer();
  };
  it.document.setVisible(true);
  it.portal.move('denied');
  it.portal.move('approved');
  answerNow();
  await aWhile();
  assert.equal(it.state(), 'denied');
  assert.equal(it.portal.count('finish'), 0);
});

test('a stream that broke is opened again after a second; events of the old one count no more', async () => {
  const it = page();
  await it.until('waiting');
  await aWhile();
  const old = it.portal.stream;
  old.break();
  it.clock.advance(1_000);
  assert.equal(it.portal.streams.length, 2);
  old.emit('state', { version: 9, state: 'denied' });
  assert.equal(it.state(), 'waiting');
  await aWhile();
  it.portal.move('scanned');
  assert.equal(it.state(), 'scanned');
});

test('streams that are refused three times: asking takes over', async () => {
  const it = page({}, ({ portal }) => (portal.mute = true));
  await until(() => it.portal.streams.length === 1);
  for (let i = 0; i < 3; i++) {
    it.portal.stream.break();
    it.clock.advance(1_000);
    await aWhile();
  }
  assert.equal(it.portal.openStreams.length, 0);
  await it.until('waiting');
});

test('a browser without streams asks', async () => {
  const it = page({ EventSource: null });
  await it.until('waiting');
  it.portal.move('approved');
  it.clock.advance(2_000);
  await it.until('done');
});

test('a server that knows the attempt no more: the code is renewed', async () => {
  const it = page({ EventSource: null });
  await it.until('waiting');
  it.portal.between = (name, answer) => {
    if (name !== 'status') return answer();
    it.portal.between = (_, next) => next();
    return new Response(null, { status: 404 });
  };
  it.clock.advance(2_000);
  await until(() => it.portal.attempts === 2);
});

test('a page that becomes visible asks at once, and finishes', async () => {
  const it = page();
  await it.until('waiting');
  it.portal.move('scanned');
  it.document.setVisible(false);
  it.portal.mute = true;
  it.portal.move('approved');
  it.clock.advance(10_000);
  await aWhile();
  it.document.setVisible(true);
  await it.until('done');
  assert.ok(it.portal.count('status') >= 1);
});

test('a question that nobody answers does not keep others from being asked', async () => {
  const it = page({ EventSource: null });
  await it.until('waiting');
  it.portal.between = (name, answer) => (name === 'status' ? new Promise(() => {}) : answer());
  it.clock.advance(2_000);
  it.portal.between = (name, answer) => answer();
  it.portal.move('approved');
  it.document.setVisible(true);
  await aWhile();
  assert.equal(it.state(), 'waiting');
  it.clock.advance(4_000);
  await it.until('done');
});

const AWAY = 'The connection is lost. Trying again…';

test('a server that is away for more than 3 s is told of, and the log-in goes on when it is back', async () => {
  const it = page();
  await it.until('waiting');
  const [stream] = it.portal.streams;
  stream.readyState = 0;
  stream.emit('error', '');
  it.clock.advance(2_000);
  stream.emit('error', '');
  it.clock.advance(999);
  assert.equal(it.notice(), '');
  it.clock.advance(1);
  assert.equal(it.notice(), AWAY, 'counted from the first error, not from the last');
  assert.equal(it.state(), 'waiting');
  stream.readyState = 1;
  it.portal.move('scanned');
  assert.deepEqual([it.state(), it.notice()], ['scanned', '']);
  it.clock.advance(3_000);
  assert.equal(it.notice(), '');
});

test('a stream that ends and is open again after a second is no news', async () => {
  const it = page();
  await it.until('waiting');
  it.portal.stream.emit('error', '');
  it.clock.advance(1_000);
  it.portal.send('ping', {});
  it.clock.advance(5_000);
  assert.equal(it.notice(), '');
});

test('while it asks, two answers that do not come are told of; a refusal by the server is not', async () => {
  const it = page({ EventSource: undefined });
  await it.until('waiting');
  const poll = async () => {
    it.clock.advance(2_000);
    await aWhile();
    return it.notice();
  };
  it.portal.between = () => new Response(null, { status: 429 });
  assert.deepEqual([await poll(), await poll(), await poll()], ['', '', '']);
  it.portal.between = () => {
    throw new TypeError('refused');
  };
  assert.deepEqual([await poll(), await poll()], ['', AWAY]);
  it.portal.between = () => new Response(null, { status: 502 });
  assert.equal(await poll(), AWAY);
  it.portal.between = (_, answer) => answer();
  assert.equal(await poll(), '');
  it.portal.between = () => {
    throw new TypeError('refused');
  };
  assert.deepEqual([await poll(), await poll()], ['', AWAY], 'counted anew');
});

test('a log-in that has ended shows no lost connection', async () => {
  for (const [state, end] of [
    ['loading', (it) => it.login.restart()],
    ['cancelled', (it) => it.press('Cancel')],
    ['stopped', (it) => it.document.setVisible(false) ?? it.clock.advance(30_000)],
  ]) {
    const it = page({}, ({ portal }) => (portal.expiresIn = 600));
    await it.until('waiting');
    if (state === 'cancelled') it.portal.move('scanned', { expires_in: 60 });
    it.portal.between = () => new Promise(() => {});
    it.portal.stream.emit('error', '');
    it.clock.advance(3_000);
    assert.equal(it.notice(), AWAY);
    end(it);
    assert.deepEqual([it.state(), it.notice()], [state, '']);
  }
});

test('a code that cannot be fetched because the server is away: that is said, in other words than a failure', async () => {
  for (const [answer, says] of [
    [() => Promise.reject(new TypeError('refused')), 'The server cannot be reached. Try again in a moment.'],
    [() => new Response(null, { status: 503 }), 'The server cannot be reached. Try again in a moment.'],
    [() => new Response(null, { status: 403 }), 'That did not work.'],
  ]) {
    const it = page({}, ({ portal }) => (portal.between = answer));
    await it.until('failed');
    assert.equal(it.message(), says);
    assert.deepEqual(it.buttons(), ['Try again']);
  }
});
