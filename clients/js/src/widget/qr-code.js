import { codewordsOf, versionFor } from './qr-codewords.js';
import { penalty } from './qr-penalty.js';

const MASKS = [
  (row, column) => (row + column) % 2,
  (row) => row % 2,
  (row, column) => column % 3,
  (row, column) => (row + column) % 3,
  (row, column) => (Math.floor(row / 2) + Math.floor(column / 3)) % 2,
  (row, column) => ((row * column) % 2) + ((row * column) % 3),
  (row, column) => (((row * column) % 2) + ((row * column) % 3)) % 2,
  (row, column) => (((row + column) % 2) + ((row * column) % 3)) % 2,
];
const LEVEL_M = 0b00;
const FREE = 2;

/**
 * A QR code in byte mode at level M.
 *
 * @param {string} text
 * @param {number} [least] version, so that frames of a rotating code all have the same size
 * @returns {{version: number, mask: number, rows: Uint8Array[]}} 1 is dark
 * @throws {RangeError} if the text does not fit in version 10
 */
export function qrCode(text, least = 1) {
  const bytes = new TextEncoder().encode(text);
  const version = versionFor(bytes.length, least);
  const codewords = codewordsOf(bytes, version);
  const candidates = MASKS.map((_, mask) => {
    const rows = drawSymbol(version, codewords, mask);
    return { version, mask, rows, penalty: penalty(rows) };
  });
  const { penalty: _, ...best } = candidates.reduce((a, b) => (b.penalty < a.penalty ? b : a));
  return best;
}

/**
 * @param {number} version
 * @param {Uint8Array} codewords
 * @param {number} mask
 * @returns {Uint8Array[]}
 */
export function drawSymbol(version, codewords, mask) {
  const size = 17 + 4 * version;
  const rows = Array.from({ length: size }, () => new Uint8Array(size).fill(FREE));
  drawFinders(rows, size);
  drawTiming(rows, size);
  drawAlignment(rows, version, size);
  drawFormat(rows, size, mask);
  if (version >= 7) drawVersion(rows, version, size);
  drawCodewords(rows, size, codewords, MASKS[mask]);
  return rows;
}

/** Three corners, each with a light line around. */
function drawFinders(rows, size) {
  for (const [top, left] of [
    [3, 3],
    [3, size - 4],
    [size - 4, 3],
  ]) {
    for (let y = -4; y <= 4; y++) {
      for (let x = -4; x <= 4; x++) {
        const ring = Math.max(Math.abs(x), Math.abs(y));
        const inside = top + y >= 0 && top + y < size && left + x >= 0 && left + x < size;
        if (inside) rows[top + y][left + x] = ring === 2 || ring === 4 ? 0 : 1;
      }
    }
  }
}

function drawTiming(rows, size) {
  for (let i = 8; i < size - 8; i++) rows[6][i] = rows[i][6] = (i + 1) % 2;
}

function drawAlignment(rows, version, size) {
  if (version === 1) return;
  const last = size - 7;
  const centres = version < 7 ? [6, last] : [6, (6 + last) / 2, last];
  for (const row of centres) {
    for (const column of centres) {
      const inCorner = Math.min(row, column) === 6 && [6, last].includes(Math.max(row, column));
      if (inCorner) continue;
      for (let y = -2; y <= 2; y++) {
        for (let x = -2; x <= 2; x++) rows[row + y][column + x] = Math.max(Math.abs(x), Math.abs(y)) === 1 ? 0 : 1;
      }
    }
  }
}

function drawFormat(rows, size, mask) {
  const value = (LEVEL_M << 3) | mask;
  const bits = withCheck(value, 10, 0x537) ^ 0x5412;
  for (let i = 0; i < 15; i++) {
    const bit = (bits >>> i) & 1;
    // Beside the top left corner, around the timing lines.
    if (i < 8) rows[i < 6 ? i : i + 1][8] = bit;
    else rows[8][i === 8 ? 7 : 14 - i] = bit;
    // Beside the two other corners.
    if (i < 8) rows[8][size - 1 - i] = bit;
    else rows[size - 15 + i][8] = bit;
  }
  rows[size - 8][8] = 1;
}

function drawVersion(rows, version, size) {
  const bits = withCheck(version, 12, 0x1f25);
  for (let i = 0; i < 18; i++) {
    const near = Math.floor(i / 3);
    const far = size - 11 + (i % 3);
    rows[near][far] = rows[far][near] = (bits >>> i) & 1;
  }
}

/** A value with its BCH check bits behind it. */
function withCheck(value, length, divisor) {
  let rest = value;
  for (let i = 0; i < length; i++) rest = (rest << 1) ^ ((rest >>> (length - 1)) * divisor);
  return (value << length) | rest;
}

/** In columns of two from the right, up and down in turn; what is left over is masked like zeros. */
function drawCodewords(rows, size, codewords, isInverted) {
  let next = 0;
  let upward = true;
  for (let right = size - 1; right > 0; right -= 2) {
    if (right === 6) right = 5;
    for (let step = 0; step < size; step++) {
      const row = upward ? size - 1 - step : step;
      for (const column of [right, right - 1]) {
        if (rows[row][column] !== FREE) continue;
        const bit = next < 8 * codewords.length ? (codewords[next >>> 3] >>> (7 - (next & 7))) & 1 : 0;
        next++;
        rows[row][column] = isInverted(row, column) === 0 ? bit ^ 1 : bit;
      }
    }
    upward = !upward;
  }
}
