import { CodePicture } from './code-picture.js';

/**
 * What people see and hear. It makes elements and sets attributes only, which a strict content security policy allows.
 */
export class LoginView {
  #document;
  #host;
  #texts;
  #moduleSize;
  #section;
  #message;
  #code;
  #time;
  #notice;
  #actions;
  #picture;

  /**
   * @param {Element} host
   * @param {{language: string, direction: string, texts: Record<string, string>}} words
   * @param {number} moduleSize
   */
  constructor(host, { language, direction, texts }, moduleSize) {
    this.#document = host.ownerDocument;
    this.#host = host;
    this.#texts = texts;
    this.#moduleSize = moduleSize;
    this.#section = this.#make('section', 'watchword-login', {
      lang: language,
      dir: direction,
      'aria-label': texts.label,
      tabindex: '-1',
    });
    this.#message = this.#make('p', 'watchword-message', {
      role: 'status',
      'aria-live': 'polite',
      'aria-atomic': 'true',
    });
    this.#code = this.#make('div', 'watchword-code');
    this.#time = this.#make('p', 'watchword-time', { role: 'timer', 'aria-live': 'off' });
    this.#notice = this.#make('p', 'watchword-notice', { role: 'status', 'aria-live': 'polite' });
    this.#actions = this.#make('p', 'watchword-actions');
    this.#section.append(this.#message, this.#code, this.#time, this.#notice, this.#actions);
    host.replaceChildren(this.#section);
  }

  /**
   * @param {string} state
   * @param {{text?: string, number?: string, buttons?: [string, () => void][]}} [more] the names of a text other than
   *     that of the state, and of those of the buttons
   */
  show(state, { text = state, number, buttons = [] } = {}) {
    const hadFocus = this.#section.contains(this.#document.activeElement);
    this.#section.setAttribute('data-state', state);
    this.#say(this.#texts[number === undefined ? text : 'number'], number);
    if (state !== 'waiting' && state !== 'stopped') this.#removeCode();
    this.#time.textContent = '';
    const made = buttons.map(([name, press]) => this.#button(name, press));
    this.#actions.replaceChildren(...made);
    if (hadFocus) (made[0] ?? this.#section).focus();
  }

  #say(text, number) {
    // The same again would be read out again.
    if (number === undefined && this.#message.textContent === text) return;
    this.#message.textContent = text;
    if (number === undefined) return;
    const strong = this.#make('strong', 'watchword-number');
    // Isolated, so that the number reads as on the phone within right-to-left text.
    const isolated = this.#make('bdi', 'watchword-digits');
    isolated.textContent = number;
    strong.append(isolated);
    this.#message.append(' ', strong);
  }

  /** @param {Uint8Array[]} rows */
  showCode(rows) {
    if (!this.#picture?.show(rows)) {
      this.#picture = new CodePicture(this.#document, this.#moduleSize, this.#texts.code, rows);
      this.#code.replaceChildren(this.#picture.element);
    }
    this.markStale(false);
  }

  /** @param {boolean} stale the code that is shown works no more */
  markStale(stale) {
    this.#code.setAttribute('data-stale', String(stale));
  }

  /** @param {boolean} away nobody knows what becomes of the log-in, since the server cannot be reached */
  showAway(away) {
    const text = away ? this.#texts.away : '';
    if (this.#notice.textContent !== text) this.#notice.textContent = text;
  }

  #removeCode() {
    this.#picture = undefined;
    this.#code.replaceChildren();
  }

  /** @param {string} name of the text @param {number} seconds */
  countDown(name, seconds) {
    this.#time.textContent = this.#texts[name].replace('{seconds}', String(seconds));
  }

  remove() {
    this.#host.replaceChildren();
  }

  #button(name, press) {
    const button = this.#make('button', 'watchword-button', { type: 'button' });
    button.textContent = this.#texts[name];
    button.addEventListener('click', press);
    return button;
  }

  #make(name, className, attributes = {}) {
    const element = this.#document.createElement(name);
    element.setAttribute('class', className);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    return element;
  }
}
