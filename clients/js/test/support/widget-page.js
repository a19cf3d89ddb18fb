import { mountMobileLogin } from '../../src/widget/index.js';
import { fakeClock, until } from './fake-clock.js';
import { fakeDocument, FakePortal } from './fake-page.js';
import { readQrCode } from './qr-reader.js';

/** A login page with the widget on it. */
export function page(options = {}, prepare = () => {}) {
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
  it.notice = () => host.all('watchword-notice')[0].textContent;
  it.time = () => host.all('watchword-time')[0].textContent;
  it.stale = () => host.all('watchword-code')[0].getAttribute('data-stale') === 'true';
  it.buttons = () => host.all('button').map((button) => button.textContent);
  it.press = (text) =>
    host
      .all('button')
      .find((button) => button.textContent === text)
      .dispatch('click');
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
  for (const [, x, y, length] of svg
    .all('path')[0]
    .getAttribute('d')
    .matchAll(/M(\d+) (\d+)h(\d+)v1h-\3z/g)) {
    rows[y - 4].fill(1, x - 4, x - 4 + Number(length));
  }
  return readQrCode(rows).text;
}
