import assert from 'node:assert/strict';
import { createHash, webcrypto } from 'node:crypto';
import { test } from 'node:test';
import { fromBase64, toBase64url } from '../src/base64.js';
import { Keys } from '../src/keys.js';
import { signatureBase } from '../src/signature-base.js';
import * as vectors from './support/vectors.js';

const keys = new Keys(webcrypto);

test('a value that is missing, too long or no visible ASCII cannot be signed', () => {
  const values = vectors.BASES[0].values;
  for (const app of [undefined, null, '', 'a b', 'caf\u00e9', 'a\nserver:x', 'a'.repeat(301), 7]) {
    assert.throws(() => signatureBase('MAUTH-ENROLL-V1', { ...values, app }), RangeError, String(app));
  }
  assert.doesNotThrow(() => signatureBase('MAUTH-ENROLL-V1', { ...values, app: 'a'.repeat(300) }));
});

for (const { what, tag, values, bytes, sha256, signer, signature } of vectors.BASES) {
  test(`the ${what} base and its signature are those of 3.11`, async () => {
    const { codeOf, ...rest } = values;
    const base = signatureBase(tag, codeOf ? { ...rest, code: await keys.hash(codeOf) } : rest);
    assert.equal(Buffer.byteLength(base), bytes);
    assert.equal(createHash('sha256').update(base).digest('hex'), sha256);
    assert.equal(await keys.verify(signer, signature, base), true);
  });

  test(`the ${what} signature fits no altered field, no other key and no other form`, async () => {
    const { codeOf, ...rest } = values;
    if (codeOf) rest.code = await keys.hash(codeOf);
    for (const name of Object.keys(rest)) {
      const altered = signatureBase(tag, { ...rest, [name]: (rest[name] ?? '') + '0' });
      assert.equal(await keys.verify(signer, signature, altered), false, name);
    }
    const base = signatureBase(tag, rest);
    const other = signer === vectors.DEVICE_JWK ? vectors.SERVER_JWK : vectors.DEVICE_JWK;
    assert.equal(await keys.verify(other, signature, base), false);
    const zero = toBase64url(new Uint8Array(64));
    const der = Buffer.concat([Buffer.from('30440220', 'hex'), fromBase64(signature)]).toString('base64url');
    for (const wrong of [zero, der, signature.slice(2), signature + 'AA', '', null, undefined, '?']) {
      assert.equal(await keys.verify(signer, wrong, base), false, String(wrong));
    }
  });
}

test('the full accept base is that of 3.11', () => {
  const { tag, values } = vectors.BASES.find(({ what }) => what === 'accept');
  assert.equal(signatureBase(tag, values), vectors.ACCEPT_BASE);
});

test('thumbprints and the hash of the message are those of 3.11', async () => {
  assert.equal(await keys.thumbprint(vectors.DEVICE_JWK), vectors.DEVICE_KEY_ID);
  assert.equal(await keys.thumbprint(vectors.SERVER_JWK), vectors.SERVER_KEY_ID);
  assert.equal(await keys.hash(vectors.MESSAGE), vectors.MESSAGE_HASH);
  const a5 = Buffer.alloc(32, 0xa5);
  assert.equal(toBase64url(new Uint8Array(createHash('sha256').update(a5).digest())), vectors.BINDING_OF_A5);
});

test('a signature by the device key of 3.11 verifies', async () => {
  const d = Buffer.from(vectors.DEVICE_SCALAR, 'hex').toString('base64url');
  const privateKey = await webcrypto.subtle.importKey(
    'jwk',
    { ...vectors.DEVICE_JWK, d },
    { name: 'ECDSA', namedCurve: 'P-256' },
    false,
    ['sign'],
  );
  const signature = await keys.sign(privateKey, vectors.ACCEPT_BASE);
  assert.equal(fromBase64(signature).length, 64);
  assert.equal(await keys.verify(vectors.DEVICE_JWK, signature, vectors.ACCEPT_BASE), true);
});

test('a message with emoji, line feed, quotes and right-to-left text is hashed as its UTF-8', async () => {
  const message = '\u{1f511} "quoted"\n\u0645\u0631\u062d\u0628\u0627 \u2066x\u2069 \'y\'';
  const expected = createHash('sha256').update(Buffer.from(message, 'utf8')).digest('base64url');
  assert.equal(await keys.hash(message), expected);
});

test('a made key cannot be exported, and its id is its thumbprint', async () => {
  const made = await keys.generate();
  assert.equal(made.privateKey.extractable, false);
  await assert.rejects(webcrypto.subtle.exportKey('jwk', made.privateKey));
  await assert.rejects(webcrypto.subtle.exportKey('pkcs8', made.privateKey));
  assert.deepEqual(Object.keys(made.jwk), ['kty', 'crv', 'x', 'y']);
  assert.equal(await keys.thumbprint(made.jwk), made.id);
  assert.equal(await keys.verify(made.jwk, await keys.sign(made.privateKey, 'x'), 'x'), true);
});

test('a point that is not on the curve is no key', async () => {
  const { x, y } = vectors.SERVER_JWK;
  assert.equal(await keys.isKey(vectors.SERVER_JWK), true);
  for (const jwk of [
    null,
    {},
    { ...vectors.SERVER_JWK, y: x },
    { ...vectors.SERVER_JWK, x: y },
    { ...vectors.SERVER_JWK, crv: 'P-384' },
    { ...vectors.SERVER_JWK, x: x.slice(1) },
    { ...vectors.SERVER_JWK, kty: 'RSA' },
  ]) {
    assert.equal(await keys.isKey(jwk), false, JSON.stringify(jwk));
  }
});

test('base64 is read in both alphabets, padded or not, and written as base64url', () => {
  const bytes = new Uint8Array([0xfb, 0xff, 0xfe, 0x01]);
  assert.equal(toBase64url(bytes), '-__-AQ');
  for (const text of ['-__-AQ', '+//+AQ', '-__-AQ==', '+/_-AQ==']) assert.deepEqual(fromBase64(text), bytes, text);
  for (const text of ['-__-A', 'A=A=', 'AA AA', 'A', '%']) assert.equal(fromBase64(text), null, text);
});
