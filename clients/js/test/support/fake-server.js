import { createHash, randomBytes, randomUUID, webcrypto } from 'node:crypto';
import { shortCode } from './codes.js';

const SIGNATURE = { name: 'ECDSA', hash: 'SHA-256' };
const KEY = { name: 'ECDSA', namedCurve: 'P-256' };

/**
 * Answers as the server does, and truly verifies what devices sign. It writes signature bases for itself, so that a
 * mistake of the library cannot cancel out.
 */
export class FakeServer {
  address = 'https://login.example.com';
  requests = [];
  enrollments = new Map();
  devices = new Map();
  transactions = new Map();
  tokens = new Map([
    ['token-of-W8DUJ2', 'W8DUJ2'],
    ['token-of-OTHER1', 'OTHER1'],
  ]);
  /** May answer in the server's place, or lose its answer: `(request, answer) => response`. */
  between = (request, answer) => answer();

  static async start() {
    const server = new FakeServer();
    server.key = await webcrypto.subtle.generateKey(KEY, true, ['sign', 'verify']);
    server.jwk = publicPart(await webcrypto.subtle.exportKey('jwk', server.key.publicKey));
    return server;
  }

  fetch = async (url, init) => {
    if (init.signal?.aborted) throw init.signal.reason;
    const path = url.slice((this.address + '/oauth/mobile-auth/v1').length);
    const request = { method: init.method, path, init, body: init.body && JSON.parse(init.body) };
    this.requests.push(request);
    const aborted = new Promise((_, reject) =>
      init.signal?.addEventListener('abort', () => reject(init.signal.reason)),
    );
    return Promise.race([aborted, this.between(request, () => this.#answer(request))]);
  };

  start(options = {}) {
    const transaction = {
      id: randomUUID(),
      otp: randomBytes(16),
      state: 'created',
      type: 'qr-code',
      message: 'Log in to Example Shop?',
      origin: 'https://shop.example.com',
      confirm: 'tap',
      number: '42',
      numbers: ['17', '42', '83'],
      attempts: 2,
      expiresIn: 120,
      ...options,
    };
    transaction.code ??= shortCode(transaction.id, transaction.otp);
    this.transactions.set(transaction.id, transaction);
    return transaction;
  }

  count(method, part) {
    return this.requests.filter((request) => request.method === method && request.path.includes(part)).length;
  }

  async #answer({ method, path, init, body }) {
    const profile = this.tokens.get(init.headers.Authorization?.replace('Bearer ', ''));
    if (!profile) return reply(401, { error: 'invalid_token' });
    const parts = path.split(/[/?]/);
    if (method === 'POST' && path === '/enrollments') return this.#enroll(profile, body);
    if (method === 'POST' && parts[3] === 'confirm') return this.#confirm(profile, parts[2], body);
    if (method === 'GET' && path.startsWith('/enrollments/current')) return this.#current(profile, parts[3]);
    if (method === 'DELETE' && path.startsWith('/enrollments/current')) return this.#disenroll(profile, parts[3]);
    if (method === 'POST' && path === '/otp/claims') return this.#claim(profile, body);
    if (method === 'POST' && parts[4] === 'answer') return this.#decide(profile, parts[3], body);
    return reply(404, { error: 'not_found' });
  }

  #enroll(profile, body) {
    if (body.profile_id !== profile) return reply(403, { error: 'not_enrolled' });
    const enrollment = { id: randomUUID(), profile, body, challenge: randomBytes(32).toString('base64url') };
    this.enrollments.set(enrollment.id, enrollment);
    return reply(201, {
      enrollment_id: enrollment.id,
      challenge: enrollment.challenge,
      expires_in: 120,
      server: this.address,
      jwks: { keys: [{ ...this.jwk, kid: thumbprint(this.jwk), use: 'sig' }] },
    });
  }

  async #confirm(profile, id, { jwk, signature }) {
    const enrollment = this.enrollments.get(id);
    if (!enrollment || enrollment.profile !== profile) return reply(404, { error: 'not_found' });
    const key = thumbprint(jwk);
    const device = enrollment.body.device.id;
    const base = lines('MAUTH-ENROLL-V1', [
      ['server', this.address],
      ['enrollment', id],
      ['app', enrollment.body.app_id],
      ['profile', profile],
      ['device', device],
      ['key', key],
      ['challenge', enrollment.challenge],
    ]);
    if (!(await verifies(jwk, signature, base))) return reply(400, { error: 'invalid_enrollment' });
    if (enrollment.key && enrollment.key !== key) return reply(409, { error: 'already_enrolled' });
    enrollment.key = key;
    this.devices.set(profile + ' ' + device, { key, jwk });
    return reply(201, { device_id: device, key_id: key, enrolled_at: 1767225600 });
  }

  #withKey(profile, query) {
    return [...this.devices].find(([id, { key }]) => id.startsWith(profile + ' ') && query === 'key_id=' + key);
  }

  #current(profile, query) {
    const found = this.#withKey(profile, query);
    return found ? reply(200, { key_id: found[1].key, state: 'active' }) : reply(403, { error: 'not_enrolled' });
  }

  #disenroll(profile, query) {
    const found = this.#withKey(profile, query);
    if (!found) return reply(403, { error: 'not_enrolled' });
    this.devices.delete(found[0]);
    return reply(204);
  }

  #device(profile, { device_id: device, key_id: key }) {
    const enrolled = this.devices.get(profile + ' ' + device);
    return enrolled?.key === key ? enrolled : undefined;
  }

  async #claim(profile, body) {
    const device = this.#device(profile, body);
    if (!device || body.profile_id !== profile)
      return reply(403, { error: device?.revoked ? 'revoked' : 'not_enrolled' });
    const scanned = Buffer.from(body.otp, 'base64');
    const hex = scanned[0] === 0x7b ? null : scanned.subarray(1, 17).toString('hex');
    const id = hex
      ? hex.replace(/(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
      : JSON.parse(scanned).transaction_id.toLowerCase();
    const base = lines('MAUTH-CLAIM-V1', [
      ['server', this.address],
      ['transaction', id],
      ['device', body.device_id],
      ['key', body.key_id],
      ['profile', profile],
      ['code', sha256(body.otp)],
      ['source', body.source],
      ['nonce', body.nonce],
    ]);
    if (!(await verifies(device.jwk, body.signature, base))) return reply(400, { error: 'invalid_answer' });
    const transaction = this.transactions.get(id);
    if (!transaction || transaction.code !== body.otp) return reply(404, { error: 'not_found' });
    if (transaction.state === 'expired') return reply(410, { error: 'expired_token' });
    if (transaction.state !== 'created' && transaction.key !== body.key_id)
      return reply(409, { error: 'already_claimed' });
    if (body.source !== (transaction.channel ?? 'camera')) return reply(403, { error: 'wrong_channel' });
    transaction.state = 'claimed';
    transaction.key = body.key_id;
    transaction.challenge ??= randomBytes(32).toString('base64url');
    return reply(200, await this.challengeOf(transaction, profile, body));
  }

  async challengeOf(transaction, profile, { device_id: device, key_id: key, nonce }) {
    const { id, type, message, origin, challenge, confirm, numbers, expiresIn } = transaction;
    const expires = 1767225600 + expiresIn;
    const base = lines('MAUTH-CHALLENGE-V1', [
      ['server', this.address],
      ['transaction', id],
      ['device', device],
      ['key', key],
      ['profile', profile],
      ['nonce', nonce],
      ['challenge', challenge],
      ['type', type],
      ['origin', origin ?? '-'],
      ['message', sha256(message)],
      ['confirm', confirm],
      ['numbers', confirm === 'choose' ? numbers.join(',') : '-'],
      ['expires', expires],
    ]);
    const signature = Buffer.from(await webcrypto.subtle.sign(SIGNATURE, this.key.privateKey, Buffer.from(base)));
    return {
      transaction_id: id,
      type,
      message,
      ...(origin && { origin }),
      portal_name: 'Example Shop',
      context: { os: 'Linux', browser: 'Firefox 140', country: 'NL', city: 'Utrecht', proximity: 'same_country' },
      challenge,
      confirm,
      ...(confirm === 'choose' && { numbers }),
      ...(confirm === 'enter' && { attempts_left: transaction.attempts }),
      expires,
      expires_in: expiresIn,
      server_key_id: thumbprint(this.jwk),
      server_signature: signature.toString('base64url'),
    };
  }

  async #decide(profile, id, body) {
    const device = this.#device(profile, body);
    if (!device) return reply(403, { error: 'not_enrolled' });
    const transaction = this.transactions.get(id);
    if (!transaction) return reply(404, { error: 'not_found' });
    const { decision, number, reason } = body;
    const base = lines('MAUTH-ANSWER-V1', [
      ['server', this.address],
      ['transaction', id],
      ['device', body.device_id],
      ['key', body.key_id],
      ['profile', profile],
      ['challenge', transaction.challenge],
      ['type', transaction.type],
      ['origin', transaction.origin ?? '-'],
      ['message', sha256(transaction.message)],
      ['decision', decision],
      ['number', number ?? '-'],
      ['reason', reason ?? '-'],
      ['expires', 1767225600 + transaction.expiresIn],
    ]);
    if (!(await verifies(device.jwk, body.signature, base))) return reply(400, { error: 'invalid_answer' });
    const state = decision === 'accept' ? 'accepted' : 'denied';
    if (transaction.key !== body.key_id) return reply(409, { error: 'already_decided' });
    if (transaction.state === 'expired') return reply(410, { error: 'expired_token' });
    if (transaction.state !== 'claimed' && transaction.state !== state) return reply(409, { error: 'already_decided' });
    if (decision === 'accept' && transaction.confirm !== 'tap' && number !== transaction.number) {
      transaction.attempts -= 1;
      if (transaction.confirm === 'enter' && transaction.attempts > 0) {
        return reply(403, { error: 'try_again', attempts_left: transaction.attempts });
      }
      transaction.state = 'denied';
      return reply(403, { error: 'wrong_number' });
    }
    transaction.state = state;
    transaction.answer = body;
    return reply(200, { status: state, ...transaction.returns });
  }
}

export function reply(status, body) {
  return new Response(body === undefined ? null : JSON.stringify(body), { status });
}

export function sha256(text) {
  return createHash('sha256').update(text).digest('base64url');
}

export function thumbprint({ x, y }) {
  return sha256(`{"crv":"P-256","kty":"EC","x":"${x}","y":"${y}"}`);
}

function publicPart({ x, y }) {
  return { kty: 'EC', crv: 'P-256', x, y };
}

function lines(tag, values) {
  return [tag, ...values.map(([name, value]) => name + ':' + value), ''].join('\n');
}

async function verifies(jwk, signature, base) {
  const key = await webcrypto.subtle.importKey('jwk', publicPart(jwk), KEY, false, ['verify']);
  return webcrypto.subtle.verify(SIGNATURE, key, Buffer.from(signature, 'base64url'), Buffer.from(base));
}
