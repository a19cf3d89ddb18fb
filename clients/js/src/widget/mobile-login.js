import { systemClock } from '../clock.js';
import { Follower } from './follower.js';
import { LoginView } from './login-view.js';
import { PortalCalls } from './portal-calls.js';
import { qrCode } from './qr-code.js';
import { textsFor } from './texts.js';

const LIFETIME = 60;
const RENEWALS = 5;
const HIDDEN = 30_000;
const TICK = 1_000;
const FOLLOWED = ['waiting', 'scanned'];
const GRACE = 3_000;
// Somebody has accepted, so a server that restarts is waited for.
const FINISH_DELAYS = [1_000, 2_000, 4_000, 8_000];

/**
 * Shows a code to scan and follows the log-in to its end.
 *
 * @param {Element} element whose content is replaced
 * @param {object} options see `widget.d.ts`
 * @returns {{restart: () => void, stop: () => void}}
 */
export function mountMobileLogin(element, options = {}) {
  const login = new MobileLogin(element, readWidgetOptions(element, options));
  login.restart();
  return { restart: () => login.restart(), stop: () => login.stop() };
}

function readWidgetOptions(element, options) {
  const { ownerDocument: document } = element;
  const { fetch = globalThis.fetch, EventSource = globalThis.EventSource, clock = systemClock } = options;
  const language = options.language ?? element.closest?.('[lang]')?.getAttribute('lang') ?? 'en';
  return {
    document,
    clock,
    EventSource,
    calls: new PortalCalls(
      (options.base ?? '/mobile-login').replace(/\/+$/, ''),
      (url, init) => fetch(url, init),
      clock,
      options.headers ?? (() => ({})),
    ),
    words: textsFor(language, options.texts),
    moduleSize: Math.max(4, options.moduleSize ?? 5),
    stylesheet: options.stylesheet,
    onDone: guarded(options.onDone),
    onError: guarded(options.onError),
    onState: guarded(options.onState),
    onCannotScan: options.onCannotScan && guarded(options.onCannotScan),
  };
}

/** What a page's callback throws must not stop the log-in. */
function guarded(callback) {
  return (...args) => {
    try {
      callback?.(...args);
    } catch (thrown) {
      console.error('Error in a callback', thrown);
    }
  };
}

class MobileLogin {
  #options;
  #view;
  #follower;
  #state = 'loading';
  #attempt = 0;
  #renewals = 0;
  #version = 1;
  #shown;
  #streams = true;
  #deadline = 0;
  #askedAtEnd = false;
  #hiddenSince;
  #alarms = {};
  #onVisibility = () => this.#visibilityChanged();

  constructor(element, options) {
    this.#options = options;
    this.#view = new LoginView(element, options.words, options.moduleSize);
    if (options.stylesheet) linkOnce(options.document, options.stylesheet);
    options.document.addEventListener('visibilitychange', this.#onVisibility);
    if (options.document.visibilityState === 'hidden') this.#visibilityChanged();
  }

  /** A code for somebody who asks for one. */
  restart() {
    this.#cancelOpen();
    this.#renewals = 0;
    this.#enter('loading');
    this.#start();
  }

  stop() {
    this.#cancelOpen();
    this.#attempt++;
    this.#state = 'removed';
    for (const name of Object.keys(this.#alarms)) this.#silence(name);
    this.#options.document.removeEventListener('visibilitychange', this.#onVisibility);
    this.#view.remove();
  }

  async #start() {
    const attempt = ++this.#attempt;
    this.#follower?.stop();
    this.#view.showAway(false);
    let started;
    try {
      started = await this.#options.calls.post('start');
    } catch ({ status }) {
      if (attempt === this.#attempt) this.#fail({ stage: 'start', status });
      return;
    }
    if (attempt !== this.#attempt) return;
    this.#shown = undefined;
    const { EventSource, clock, calls } = this.#options;
    this.#state = 'pending';
    this.#expireIn(started.expires_in ?? LIFETIME);
    const environment = { EventSource, clock, streams: this.#streams };
    this.#follower = new Follower(calls, environment, {
      onFrame: (frame) => this.#frame(frame),
      onState: (state) => this.#follow(state),
      onMute: () => (this.#streams = false),
      onAway: (away) => this.#view.showAway(away),
    });
    this.#follower.follow();
    if (typeof started.otp === 'string') this.#frame(started);
    this.#tick();
  }

  #frame({ otp, valid_ms: valid }) {
    if (this.#state !== 'pending' && this.#state !== 'waiting') return;
    this.#silence('frame');
    if (otp !== this.#shown && !this.#draw(otp)) return;
    if (valid > 0) this.#alarm('frame', valid, () => this.#view.markStale(true));
  }

  #draw(otp) {
    try {
      const { version, rows } = qrCode(otp, this.#version);
      this.#version = version;
      if (this.#state === 'pending') this.#enter('waiting');
      this.#view.showCode(rows);
      this.#shown = otp;
      return true;
    } catch {
      this.#fail({ stage: 'code', status: 0 });
      return false;
    }
  }

  #follow({ state, display_number: number, expires_in: expiresIn }) {
    if (this.#state !== 'stopped') this.#expireIn(expiresIn);
    if (state === 'pending') return;
    if (state === 'approved') {
      this.#finish();
    } else if (state === 'scanned') {
      this.#scanned(number, expiresIn);
    } else if (state === 'expired' && this.#state !== 'scanned') {
      this.#renew();
    } else {
      this.#end(state);
    }
  }

  #scanned(number, expiresIn) {
    if (this.#state === 'scanned') return;
    const wasStopped = this.#state === 'stopped';
    this.#renewals = 0;
    this.#silence('frame');
    this.#enter('scanned', { number, buttons: [['cancel', () => this.#cancel()]] });
    this.#expireIn(expiresIn);
    if (wasStopped) this.#follower.follow();
    this.#tick();
  }

  #renew() {
    if (this.#state === 'stopped') return;
    if (this.#renewals === RENEWALS) {
      this.#pause();
      return;
    }
    this.#renewals++;
    this.#view.markStale(true);
    // Until the next code is here, nothing of this attempt counts any more.
    this.#state = 'pending';
    this.#silence('tick');
    this.#start();
  }

  /** Nobody seems to be there. The attempt is left alone: it may have been scanned a moment ago. */
  #pause() {
    this.#follower.pause();
    this.#silence('frame');
    this.#silence('tick');
    this.#view.markStale(true);
    this.#enter('stopped', { buttons: [['newCode', () => this.restart()]] });
  }

  async #finish() {
    this.#follower.stop();
    this.#enter('finishing');
    const attempt = this.#attempt;
    for (const delay of [...FINISH_DELAYS, undefined]) {
      const [result, refusal] = await this.#options.calls.post('finish').then(
        (answer) => [answer],
        (thrown) => [undefined, thrown],
      );
      if (attempt !== this.#attempt) return;
      if (!refusal) {
        this.#enter('done');
        this.#options.onDone(result);
        return;
      }
      const { status } = refusal;
      const mayWork = status === 0 || status >= 500;
      if (delay === undefined || !mayWork) {
        this.#fail({ stage: 'finish', status });
        return;
      }
      await new Promise((resolve) => this.#alarm('finish', delay, resolve));
    }
  }

  #cancel() {
    this.#cancelOpen();
    this.#end('cancelled');
  }

  /** Tells the server of an attempt that nobody waits for any more. */
  #cancelOpen() {
    if (!['pending', 'waiting', 'scanned', 'stopped'].includes(this.#state) || !this.#follower) return;
    this.#follower.stop();
    this.#options.calls.post('cancel').catch(() => {});
  }

  #fail(error) {
    const isUnreachable = error.stage !== 'code' && (error.status === 0 || error.status >= 500);
    this.#end('failed', isUnreachable ? 'unreachable' : undefined);
    this.#options.onError(error);
  }

  #end(state, text) {
    this.#follower?.stop();
    this.#silence('frame');
    this.#enter(state, { text, buttons: [['tryAgain', () => this.restart()]] });
  }

  #enter(state, { text, number, buttons = [] } = {}) {
    this.#state = state;
    if (!['waiting', 'scanned'].includes(state)) this.#silence('tick');
    const { onCannotScan } = this.#options;
    const other = onCannotScan && !['scanned', 'finishing', 'done'].includes(state);
    const all = other ? [...buttons, ['cannotScan', () => onCannotScan()]] : buttons;
    this.#view.show(state, { text, number, buttons: all });
    if (!FOLLOWED.includes(state)) this.#view.showAway(false);
    if (state === 'waiting') this.#countDown();
    this.#options.onState(state);
  }

  #expireIn(seconds) {
    if (typeof seconds !== 'number') return;
    this.#deadline = this.#options.clock.now() + seconds * 1000;
    this.#askedAtEnd = false;
  }

  #tick() {
    this.#countDown();
    const left = this.#deadline - this.#options.clock.now();
    if (left <= 0 && !this.#askedAtEnd) {
      this.#askedAtEnd = true;
      this.#follower.ask();
    }
    if (left <= -GRACE) {
      this.#follow({ state: 'expired' });
      return;
    }
    this.#alarm('tick', TICK, () => this.#tick());
  }

  #countDown() {
    if (this.#state !== 'waiting' && this.#state !== 'scanned') return;
    const seconds = Math.max(0, Math.ceil((this.#deadline - this.#options.clock.now()) / 1000));
    this.#view.countDown(this.#state + 'Time', seconds);
  }

  #visibilityChanged() {
    const now = this.#options.clock.now();
    if (this.#options.document.visibilityState === 'hidden') {
      this.#hiddenSince ??= now;
      this.#alarm('hidden', HIDDEN, () => this.#pauseUnscanned());
      return;
    }
    this.#silence('hidden');
    // Alarms of hidden pages may be frozen.
    if (now - (this.#hiddenSince ?? now) >= HIDDEN) this.#pauseUnscanned();
    this.#hiddenSince = undefined;
    if (['pending', 'waiting', 'scanned', 'stopped'].includes(this.#state)) this.#follower?.ask();
  }

  #pauseUnscanned() {
    if (this.#state === 'waiting') this.#pause();
  }

  #alarm(name, delay, callback) {
    this.#silence(name);
    this.#alarms[name] = this.#options.clock.setTimeout(callback, delay);
  }

  #silence(name) {
    this.#options.clock.clearTimeout(this.#alarms[name]);
    delete this.#alarms[name];
  }
}

function linkOnce(document, href) {
  const links = [...document.querySelectorAll('link[rel="stylesheet"]')];
  if (links.some((link) => link.getAttribute('href') === href)) return;
  const link = document.createElement('link');
  link.setAttribute('rel', 'stylesheet');
  link.setAttribute('href', href);
  document.head.append(link);
}
