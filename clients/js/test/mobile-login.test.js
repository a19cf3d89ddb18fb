import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import vm from 'node:vm';
import { bundle } from '../build.mjs';
import { mountMobileLogin } from '../src/widget/index.js';
import { fakeClock, aWhile, until } from './support/fake-clock.js';
import { fakeDocument, FakePortal } from './support/fake-page.js';
import { readQrCode } from './support/qr-reader.js';
import { F1, F3 } from './support/vectors.js';

function page(options = {}, prepare = () => {}) {
  const portal = new FakePortal();
  const document = fakeDocument();
  const clock = fakeClock();
  const host = document.createElement('div');
  document.body.append(host);
  prepare({ portal, document, host });
  const it = { portal, document, clock, host, done: [], errors: [], states: [] };
  it.login = mountMobileLogin(host, {
    fetch: portal.fetch,
    EventSource: portal.EventSource,
    clock,
    onDone: (result) => it.done.push(result),
    onError: (error) => it.errors.push(error),
    onState: (state) => it.states.push(state),
    ...options,
  });
  it.section = host.children[0];
  it.state = () => it.section.getAttribute('data-state');
  it.message = () => host.all('watchword-message')[0].textContent;
  it.time = () => host.all('watchword-time')[0].textContent;
  it.stale = () => host.all('watchword-code')[0].getAttribute('data-stale') === 'true';
  it.buttons = () => host.all('button').map((button) => button.textContent);
  it.press = (text) => host.all('button').find((button) => button.textContent === text).dispatch('click');
  it.until = (state) => until(() => it.state() === state, state + ', not ' + it.state());
  it.shown = () => readPath(host);
  return it;
}

/** Reads the code back from the SVG's path. */
function readPath(host) {
  const [svg] = host.all('svg');
  if (!svg) return undefined;
  const size = Number(svg.getAttribute('viewBox').split(' ')[2]) - 8;
  const rows = Array.from({ length: size }, () => new Uint8Array(size));
  for (const [, x, y, length] of svg.all('path')[0].getAttribute('d').matchAll(/M(\d+) (\d+)h(\d+)v1h-\3z/g)) {
    rows[y - 4].fill(1, x - 4, x - 4 + Number(length));
  }
  return readQrCode(rows).text;
}

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

test('the number to compare is shown, isolated, and read out with the message', async () => {
  const it = page({ language: 'ar' });
  await it.until('waiting');
  it.portal.move('scanned', { display_number: '42', expires_in: 118 });
  const [message] = it.host.all('watchword-message');
  assert.equal(message.all('bdi')[0].textContent, '42');
  assert.equal(message.getAttribute('aria-live'), 'polite');
  assert.equal(message.getAttribute('aria-atomic'), 'true');
  assert.match(message.textContent, /42$/);
});

for (const [state, words] of [['denied', /denied/], ['failed', /did not work/], ['cancelled', /cancelled/]]) {
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
  for (const data of ['', '{', 'null', '7', '{"state":"winning","version":9}', '{"version":9}']) it.portal.send('state', data);
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
  for (const [at, streams] of [[13_000, 2], [15_000, 3]]) {
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
  it.clock.now = ((now) => () => now() + 31_000)(it.clock.now);
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
  for (const [response, status] of [[() => new Response(null, { status: 429 }), 429], [() => Promise.reject(new TypeError('x')), 0]]) {
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
    if (name === 'finish' && ++tries < 3) throw new TypeError('connection reset');
    return answer();
  };
  it.portal.move('approved');
  for (const [count, delay] of [[1, 1_000], [2, 2_000]]) {
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

test('an error in the page\'s own callback is not taken for a failed finish', async (t) => {
  const { mock } = t.mock.method(console, 'error', () => {});
  const it = page({ onDone: () => { throw new Error('in the page'); } });
  await it.until('waiting');
  it.portal.move('approved');
  await it.until('done');
  assert.deepEqual([mock.callCount(), it.portal.count('finish'), it.errors], [1, 1, []]);
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

test('"I cannot scan" is offered only if the page has another way', async () => {
  let pressed = 0;
  const it = page({ onCannotScan: () => pressed++ });
  await it.until('waiting');
  assert.deepEqual(it.buttons(), ['I cannot scan']);
  it.press('I cannot scan');
  assert.equal(pressed, 1);
  it.portal.move('scanned');
  assert.deepEqual(it.buttons(), ['Cancel']);
});

test('the keyboard: real buttons, and focus moves on with them but is never taken', async () => {
  const it = page({ onCannotScan: () => {} });
  await it.until('waiting');
  it.portal.move('scanned');
  assert.equal(it.document.activeElement, it.document.body, 'the page\'s focus is left alone');
  const [cancel] = it.host.all('button');
  assert.equal(cancel.getAttribute('type'), 'button');
  cancel.focus();
  it.portal.move('denied');
  assert.equal(it.document.activeElement.textContent, 'Try again');
  it.press('Try again');
  await it.until('waiting');
  assert.equal(it.document.activeElement.textContent, 'I cannot scan');
});

test('a renewed code is not read out again', async () => {
  const it = page();
  await it.until('waiting');
  const before = it.host.all('watchword-message')[0].children[0];
  const texts = [];
  const [message] = it.host.all('watchword-message');
  message.replaceChildren = (...nodes) => texts.push(...nodes);
  it.portal.move('expired');
  await until(() => it.shown() === 'code-of-attempt-2');
  assert.deepEqual(texts, []);
  assert.equal(message.children[0], before);
});

test('the code is an image with a name, dark on light whatever the page looks like, with a quiet zone of four', async () => {
  const it = page();
  await it.until('waiting');
  const [svg] = it.host.all('svg');
  assert.equal(svg.namespaceURI, 'http://www.w3.org/2000/svg');
  assert.deepEqual([svg.getAttribute('role'), svg.getAttribute('aria-label')], ['img', 'Code to scan with the app']);
  assert.equal(svg.all('rect')[0].getAttribute('fill'), '#fff');
  assert.equal(svg.all('path')[0].getAttribute('fill'), '#000');
  assert.match(svg.all('path')[0].getAttribute('d'), /^M4 4h7v1h-7z/);
  assert.equal(svg.getAttribute('viewBox'), '0 0 33 33');
  const small = page({ moduleSize: 1 });
  await small.until('waiting');
  assert.equal(small.host.all('svg')[0].getAttribute('width'), String(33 * 4), 'never below 4 pixels a module');
});

test('texts: English, French and Arabic are complete; the page\'s own win', async () => {
  const languages = {};
  for (const language of ['en', 'fr-CA', 'ar', 'xx']) {
    const it = page({ language });
    await it.until('waiting');
    languages[language] = [it.section.getAttribute('lang'), it.section.getAttribute('dir'), it.message()];
  }
  assert.deepEqual(languages.en.slice(0, 2), ['en', 'ltr']);
  assert.deepEqual(languages['fr-CA'].slice(0, 2), ['fr', 'ltr']);
  assert.deepEqual(languages.ar.slice(0, 2), ['ar', 'rtl']);
  assert.deepEqual(languages.xx, languages.en);
  assert.equal(new Set(Object.values(languages).map(([, , message]) => message)).size, 3);

  const { textsFor } = await import('../src/widget/texts.js');
  const names = Object.keys(textsFor('en').texts);
  for (const language of ['fr', 'ar']) {
    const { texts } = textsFor(language);
    assert.deepEqual(Object.keys(texts), names);
    for (const name of names) assert.notEqual(texts[name], textsFor('en').texts[name], `${language} ${name}`);
    for (const name of ['waitingTime', 'scannedTime']) assert.match(texts[name], /\{seconds\}/);
  }
  assert.deepEqual(textsFor('he', { scanned: 'x' }).direction, 'rtl');
  const own = page({ texts: { waiting: 'Scan, please.' } });
  await own.until('waiting');
  assert.equal(own.message(), 'Scan, please.');
});

test('without a language option it is that of the element', async () => {
  const it = page({}, ({ document }) => document.body.setAttribute('lang', 'fr'));
  assert.equal(it.section.getAttribute('lang'), 'fr');
});

test('the stylesheet is linked once, and only if its address is given', () => {
  const it = page({ stylesheet: '/widget.css' });
  mountMobileLogin(it.host, { fetch: it.portal.fetch, EventSource: null, clock: it.clock, stylesheet: '/widget.css' });
  assert.deepEqual(it.document.head.all('link').map((link) => link.getAttribute('href')), ['/widget.css']);
  assert.equal(page().document.head.children.length, 0);
});

test('the stylesheet minds reduced motion and forced colours, and marks states without colour', () => {
  const css = readFileSync(new URL('../src/widget/widget.css', import.meta.url), 'utf8');
  assert.match(css, /prefers-reduced-motion: reduce/);
  assert.match(css, /forced-color-adjust: none/);
  assert.match(css, /focus-visible/);
  for (const state of ['scanned', 'done', 'denied', 'expired', 'failed', 'cancelled']) assert.ok(css.includes(`[data-state='${state}']`), state);
  assert.equal(/@import|url\(/.test(css), false);
});

test('the single script of the widget defines one global', () => {
  const script = bundle(new URL('../src/widget/index.js', import.meta.url).pathname, 'WatchwordMobileLogin');
  const context = vm.createContext({});
  vm.runInContext(script, context);
  assert.deepEqual(Object.keys(context), ['WatchwordMobileLogin']);
  assert.deepEqual(Object.keys(context.WatchwordMobileLogin), ['mountMobileLogin']);
  assert.equal(/innerHTML|\beval\(|new Function|\.style\b/.test(script), false);
});
