import assert from 'node:assert/strict';
import { test } from 'node:test';
import { codewordsOf } from '../src/widget/qr-codewords.js';
import { penalty } from '../src/widget/qr-penalty.js';
import { drawSymbol, qrCode } from '../src/widget/qr-code.js';
import { correction } from '../src/widget/reed-solomon.js';
import { readQrCode } from './support/qr-reader.js';
import { F1, F2, F3 } from './support/vectors.js';

const MASKS = [0, 1, 2, 3, 4, 5, 6, 7];
// Bytes that fit at level M, by version.
const CAPACITY = [14, 26, 42, 62, 84, 106, 122, 152, 180, 213];

test('what does not fit in version 10 is refused', () => {
  assert.throws(() => qrCode('x'.repeat(214)), RangeError);
  assert.throws(() => qrCode('\u00e9'.repeat(107)), RangeError);
});

test('every length up to the largest is read back, in the smallest version that holds it', () => {
  for (let length = 0; length <= 213; length++) {
    const text = Array.from({ length }, (_, i) => 'Az09-_+/=#:.?&% '[(7 * i + length) % 16]).join('');
    const { rows, version, mask } = qrCode(text);
    assert.deepEqual(readQrCode(rows), { version, mask, text });
    assert.equal(version, 1 + CAPACITY.findIndex((capacity) => length <= capacity), String(length));
  }
});

test('a symbol is read back with each of the eight masks', () => {
  for (const [text, version] of [
    [F1, 7],
    [F2, 4],
    ['', 1],
    ['x'.repeat(213), 10],
  ]) {
    const codewords = codewordsOf(Buffer.from(text), version);
    for (let mask = 0; mask < 8; mask++) {
      assert.deepEqual(readQrCode(drawSymbol(version, codewords, mask)), { version, mask, text });
    }
  }
});

test('the mask is the one with the least penalty', () => {
  for (const [text, version] of [
    [F1, 7],
    [F2, 4],
    [F3[0], 4],
  ]) {
    const codewords = codewordsOf(Buffer.from(text), version);
    const penalties = MASKS.map((mask) => penalty(drawSymbol(version, codewords, mask)));
    assert.equal(penalties[qrCode(text).mask], Math.min(...penalties));
    assert.ok(new Set(penalties).size > 4);
  }
});

test('the codes of the contract have the sizes that it names', () => {
  assert.equal(qrCode(F1).rows.length, 45);
  assert.equal(qrCode(F2).rows.length, 33);
  assert.equal(qrCode('https://app.example.com/in/#' + F3[0]).rows.length, 37);
  assert.equal(qrCode('https://app.example.com/in/#' + F1).rows.length, 49);
});

test('frames keep the version that they are told at least', () => {
  for (let least = 1; least <= 10; least++) {
    const { rows, version, mask } = qrCode('short', least);
    assert.equal(version, least);
    assert.deepEqual(readQrCode(rows), { version, mask, text: 'short' });
  }
  assert.equal(qrCode(F1, 4).version, 7);
});

test("the correcting codewords are those of the standard's example", () => {
  const data = [16, 32, 12, 86, 97, 128, 236, 17, 236, 17, 236, 17, 236, 17, 236, 17];
  assert.deepEqual([...correction(Uint8Array.from(data), 10)], [165, 36, 212, 193, 237, 54, 199, 135, 44, 85]);
});

test('bytes that are no ASCII are UTF-8', () => {
  assert.equal(readQrCode(qrCode('caf\u00e9 \u20ac \u{1f511}').rows).text, 'caf\u00e9 \u20ac \u{1f511}');
  assert.equal(codewordsOf(Uint8Array.of(), 1).length, 26);
});

test('penalties are those of the four rules', () => {
  const grid = (...lines) => lines.map((line) => Uint8Array.from(line, Number));
  const chess = grid('0101', '1010', '0101', '1010');
  assert.equal(penalty(chess), 0);
  // One square, and nine of sixteen are dark, which is more than 5 per cent off.
  assert.equal(penalty(grid('1101', '1101', '0010', '1010')), 3 + 10);
  // A run of six in each of six columns.
  assert.equal(penalty(grid('101010', '101010', '101010', '101010', '101010', '101010')), 24);
  // All dark: ten runs, sixteen squares, 50 per cent off.
  assert.equal(penalty(grid('11111', '11111', '11111', '11111', '11111')), 30 + 48 + 100);
  const stripe = '10111010000';
  const lines = Array.from({ length: 11 }, (_, i) => (i === 5 ? stripe : i % 2 ? '01010101010' : '10101010101'));
  const without = lines.map((line, i) => (i === 5 ? '01010101010' : line));
  assert.ok(penalty(grid(...lines)) - penalty(grid(...without)) >= 40);
});
