/** As much of a document as the widget uses. What would break a strict content security policy throws. */
class FakeElement {
  attributes = new Map();
  children = [];
  listeners = new Map();
  parent = null;

  constructor(document, name, namespace = 'http://www.w3.org/1999/xhtml') {
    this.ownerDocument = document;
    this.name = name;
    this.namespaceURI = namespace;
  }

  setAttribute(key, value) {
    if (key === 'style' || key.startsWith('on')) throw new Error('refused by the content security policy: ' + key);
    if (typeof value !== 'string') throw new TypeError(key);
    this.attributes.set(key, value);
  }

  getAttribute(key) {
    return this.attributes.get(key) ?? null;
  }

  set innerHTML(html) {
    throw new Error('refused by trusted types');
  }

  get style() {
    throw new Error('no inline styles');
  }

  append(...nodes) {
    for (const node of nodes) {
      if (typeof node === 'object') node.parent = this;
      this.children.push(node);
    }
  }

  replaceChildren(...nodes) {
    for (const child of this.children) {
      if (typeof child !== 'object') continue;
      child.parent = null;
      if (child.contains(this.ownerDocument.activeElement)) this.ownerDocument.activeElement = this.ownerDocument.body;
    }
    this.children = [];
    this.append(...nodes);
  }

  get textContent() {
    return this.children.map((child) => (typeof child === 'string' ? child : child.textContent)).join('');
  }

  set textContent(text) {
    this.replaceChildren(...(text === '' ? [] : [text]));
  }

  addEventListener(type, listener) {
    if (!this.listeners.has(type)) this.listeners.set(type, new Set());
    this.listeners.get(type).add(listener);
  }

  removeEventListener(type, listener) {
    this.listeners.get(type)?.delete(listener);
  }

  dispatch(type, event = {}) {
    for (const listener of [...(this.listeners.get(type) ?? [])]) listener(event);
  }

  focus() {
    this.ownerDocument.activeElement = this;
  }

  contains(other) {
    for (let node = other; node; node = node.parent) if (node === this) return true;
    return false;
  }

  closest(selector) {
    if (selector !== '[lang]') throw new Error(selector);
    for (let node = this; node; node = node.parent) if (node.attributes.has('lang')) return node;
    return null;
  }

  /** All elements below, by name or class. */
  all(wanted) {
    const found = [];
    for (const child of this.children) {
      if (typeof child !== 'object') continue;
      if (child.name === wanted || child.getAttribute('class') === wanted) found.push(child);
      found.push(...child.all(wanted));
    }
    return found;
  }
}

export function fakeDocument() {
  const document = new FakeElement(null, '#document');
  document.createElement = (name) => new FakeElement(document, name);
  document.createElementNS = (namespace, name) => new FakeElement(document, name, namespace);
  document.querySelectorAll = (selector) => {
    if (selector !== 'link[rel="stylesheet"]') throw new Error(selector);
    return document.all('link').filter((link) => link.getAttribute('rel') === 'stylesheet');
  };
  document.visibilityState = 'visible';
  const html = document.createElement('html');
  document.head = document.createElement('head');
  document.body = document.createElement('body');
  document.append(html);
  html.append(document.head, document.body);
  document.activeElement = document.body;
  document.setVisible = (visible) => {
    document.visibilityState = visible ? 'visible' : 'hidden';
    document.dispatch('visibilitychange');
  };
  return document;
}

/** The login page's own server: attempts, their state, and streams that a test may hold back. */
export class FakePortal {
  calls = [];
  streams = [];
  attempts = 0;
  expiresIn = 60;
  version = 0;
  state = { version: 0, state: 'pending' };
  /** `(name, answer) => response`; may fail or be late. */
  between = (name, answer) => answer();
  /** Streams deliver nothing while this holds. */
  mute = false;

  fetch = async (url, init) => {
    const name = url.replace('/mobile-login/', '');
    this.calls.push({ name, init });
    const aborted = new Promise((_, reject) => init.signal.addEventListener('abort', () => reject(init.signal.reason)));
    return Promise.race([aborted, this.between(name, () => this.#answer(name))]);
  };

  #answer(name) {
    if (name === 'start') {
      this.attempts++;
      this.version = 1;
      this.state = { version: 1, state: 'pending', expires_in: this.expiresIn };
      this.otp = this.nextOtp?.() ?? `code-of-attempt-${this.attempts}`;
      return json({ expires_in: this.expiresIn, mode: 'static' });
    }
    if (name === 'status') return json({ ...this.state, ...(this.state.state === 'pending' && { otp: this.otp }) });
    if (name === 'finish') return json({ redirect: '/account' });
    if (name === 'cancel') return new Response(null, { status: 204 });
    return new Response(null, { status: 404 });
  }

  count(name) {
    return this.calls.filter((call) => call.name === name).length;
  }

  get stream() {
    return this.streams.at(-1);
  }

  get openStreams() {
    return this.streams.filter(({ readyState }) => readyState !== 2);
  }

  /** The attempt moves on; streams hear of it. */
  move(state, more = {}) {
    this.version++;
    this.state = { version: this.version, state, ...more };
    this.send('state', this.state);
  }

  send(event, data) {
    if (!this.mute) for (const stream of this.openStreams) stream.emit(event, data);
  }

  get EventSource() {
    const portal = this;
    return class {
      readyState = 0;
      #listeners = new Map();

      constructor(url) {
        this.url = url;
        portal.streams.push(this);
        setTimeout(() => {
          if (this.readyState === 2) return;
          this.readyState = 1;
          if (portal.mute) return;
          if (portal.otp && portal.state.state === 'pending') this.emit('frame', { otp: portal.otp });
          this.emit('state', portal.state);
        }, 0);
      }

      addEventListener(event, listener) {
        this.#listeners.set(event, listener);
      }

      emit(event, data) {
        this.#listeners.get(event)?.({ data: typeof data === 'string' ? data : JSON.stringify(data) });
      }

      close() {
        this.readyState = 2;
      }

      /** The server refused, or the stream ended for good. */
      break() {
        this.readyState = 2;
        this.emit('error', '');
      }
    };
  }
}

function json(body) {
  return new Response(JSON.stringify(body), { status: 200 });
}
