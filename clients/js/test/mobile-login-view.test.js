import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import vm from 'node:vm';
import { bundle } from '../build.mjs';
import { mountMobileLogin } from '../src/widget/index.js';
import { until } from './support/fake-clock.js';
import { page } from './support/widget-page.js';

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
  assert.equal(it.document.activeElement, it.document.body, "the page's focus is left alone");
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

test("texts: English, French and Arabic are complete; the page's own win", async () => {
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
  assert.deepEqual(
    it.document.head.all('link').map((link) => link.getAttribute('href')),
    ['/widget.css'],
  );
  assert.equal(page().document.head.children.length, 0);
});

test('the stylesheet minds reduced motion and forced colours, and marks states without colour', () => {
  const css = readFileSync(new URL('../src/widget/widget.css', import.meta.url), 'utf8');
  assert.match(css, /prefers-reduced-motion: reduce/);
  assert.match(css, /forced-color-adjust: none/);
  assert.match(css, /focus-visible/);
  for (const state of ['scanned', 'done', 'denied', 'expired', 'failed', 'cancelled'])
    assert.ok(css.includes(`[data-state='${state}']`), state);
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
