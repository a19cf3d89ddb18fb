import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readScannedCode } from '../src/scanned-code.js';
import { frame, jsonCode, shortCode } from './support/codes.js';
import { F1, F2, F3, TRANSACTION } from './support/vectors.js';

const OTP = Uint8Array.from({ length: 16 }, (_, i) => i);
const QR_KEY = Uint8Array.from({ length: 32 }, (_, i) => 0x20 + i);
const LINK = 'https://app.example.com/login';

function base64(text) {
  return Buffer.from(text).toString('base64');
}

test('what is no code of ours is refused', () => {
  const uuid = TRANSACTION;
  const otp = 'AAECAwQFBgcICQoLDA0ODw==';
  const wrong = {
    empty: '',
    blank: '   ',
    null: null,
    number: 7,
    object: { otp: F1 },
    'no base64': 'hello world',
    'other first byte': Buffer.concat([Buffer.of(3), Buffer.alloc(32)]).toString('base64url'),
    'too short': F2.slice(0, 43),
    'too long': F2 + 'AAAA',
    'F1 cut': F1.slice(0, 100),
    'padding inside': F2.slice(0, 22) + '==' + F2.slice(22),
    'another link': LINK + '/other#' + F2,
    'a link elsewhere': 'https://evil.example/login#' + F2,
    'the link without #': LINK + F2,
    'JSON array': base64('[1]'),
    'other JSON': base64('{"a":1}'),
    'no otp': base64(`{"transaction_id":"${uuid}"}`),
    'no transaction': base64(`{"otp":"${otp}"}`),
    'otp is no text': base64(`{"transaction_id":"${uuid}","otp":7}`),
    'otp is short': base64(`{"transaction_id":"${uuid}","otp":"AAEC"}`),
    'otp is base64url': base64(`{"transaction_id":"${uuid}","otp":"-_ECAwQFBgcICQoLDA0ODw=="}`),
    'transaction is no UUID': base64(`{"transaction_id":"1234","otp":"${otp}"}`),
    'JSON and more': base64(`{"transaction_id":"${uuid}","otp":"${otp}"} {}`),
    'otp twice': base64(`{"transaction_id":"${uuid}","otp":"${otp}","otp":"${otp}"}`),
    'transaction twice, once escaped': base64(
      `{"transaction_id":"${uuid}","\\u0074ransaction_id":"${uuid}","otp":"${otp}"}`,
    ),
    'an unknown member twice': base64(`{"transaction_id":"${uuid}","a":1,"otp":"${otp}","a":2}`),
    'twice, deep inside': base64(`{"transaction_id":"${uuid}","a":[{"b":1,"b":2}],"otp":"${otp}"}`),
    'no UTF-8': Buffer.from(`{"transaction_id":"${uuid}","otp":"${otp}","\xff":1}`, 'latin1').toString('base64'),
  };
  for (const [what, text] of Object.entries(wrong)) assert.equal(readScannedCode(text, LINK), null, what);
});

test('all three forms are read, as the vectors of 3.11 have them', () => {
  for (const text of [F1, F2, ...Object.values(F3)]) {
    assert.deepEqual(readScannedCode(text), { text, transaction: TRANSACTION });
  }
});

test('what the server writes is what the vectors have', () => {
  assert.equal(jsonCode(TRANSACTION, OTP), F1);
  assert.equal(shortCode(TRANSACTION, OTP), F2);
  for (const [step, text] of Object.entries(F3)) assert.equal(frame(QR_KEY, TRANSACTION, Number(step)), text);
});

test('both alphabets, padding and white space around are read', () => {
  const standard = F3[4294967295].replaceAll('-', '+').replaceAll('_', '/');
  assert.notEqual(standard, F3[4294967295]);
  for (const text of [standard, F2 + '=', F2 + '==', F1 + '=']) {
    assert.deepEqual(readScannedCode(text), { text, transaction: TRANSACTION });
  }
  assert.deepEqual(readScannedCode(` \n${F1}\t `), { text: F1, transaction: TRANSACTION });
});

test('a link of the app is read behind its #, and only if links are configured', () => {
  assert.deepEqual(readScannedCode(LINK + '#' + F2, LINK), { text: F2, transaction: TRANSACTION });
  assert.deepEqual(readScannedCode(F2, LINK), { text: F2, transaction: TRANSACTION });
  assert.equal(readScannedCode(LINK + '#' + F2), null);
});

test('512 characters are read, 513 are not', () => {
  assert.equal(readScannedCode(F2 + ' '.repeat(512 - F2.length))?.text, F2);
  assert.equal(readScannedCode(F2 + ' '.repeat(513 - F2.length)), null);
});

test('members that are not known are ignored, braces and colons in texts too', () => {
  const json = JSON.stringify({
    a: '}":{"otp',
    'b:"{': { otp: 1 },
    transaction_id: TRANSACTION.toUpperCase(),
    otp: 'AAECAwQFBgcICQoLDA0ODw==',
  });
  assert.equal(readScannedCode(base64(json)).transaction, TRANSACTION);
});
