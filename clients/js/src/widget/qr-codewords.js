import { correction } from './reed-solomon.js';

// By version 1 to 10, level M: all codewords, blocks, and correcting codewords in each block.
const CODEWORDS = [26, 44, 70, 100, 134, 172, 196, 242, 292, 346];
const BLOCKS = [1, 1, 1, 2, 2, 4, 4, 4, 5, 5];
const CORRECTING = [10, 16, 26, 18, 24, 16, 18, 22, 22, 26];
const LARGEST = 10;

const BYTE_MODE = 0b0100;

function dataCodewords(version) {
  return CODEWORDS[version - 1] - BLOCKS[version - 1] * CORRECTING[version - 1];
}

/** From version 10 on the length takes two bytes. */
function headBits(version) {
  return version < 10 ? 12 : 20;
}

/**
 * The smallest version that bytes fit in at level M.
 *
 * @param {number} bytes how many
 * @param {number} least
 * @throws {RangeError} if they are too many
 */
export function versionFor(bytes, least) {
  for (let version = least; version <= LARGEST; version++) {
    if (headBits(version) + 8 * bytes <= 8 * dataCodewords(version)) return version;
  }
  throw new RangeError('too long for a QR code of version ' + LARGEST);
}

/**
 * All codewords in the order in which they are drawn.
 *
 * @param {Uint8Array} bytes
 * @param {number} version
 * @returns {Uint8Array}
 */
export function codewordsOf(bytes, version) {
  const count = BLOCKS[version - 1];
  const data = dataOf(bytes, version);
  const short = Math.floor(data.length / count);
  const firstLong = count - (data.length % count);
  const blocks = [];
  for (let block = 0, from = 0; block < count; block++) {
    const to = from + short + (block < firstLong ? 0 : 1);
    blocks.push(data.subarray(from, to));
    from = to;
  }
  const correcting = blocks.map((block) => correction(block, CORRECTING[version - 1]));
  return Uint8Array.from([...interleaved(blocks), ...interleaved(correcting)]);
}

function dataOf(bytes, version) {
  const capacity = dataCodewords(version);
  const bits = [];
  const append = (value, length) => {
    for (let bit = length - 1; bit >= 0; bit--) bits.push((value >>> bit) & 1);
  };
  append(BYTE_MODE, 4);
  append(bytes.length, headBits(version) - 4);
  bytes.forEach((byte) => append(byte, 8));
  append(0, Math.min(4, 8 * capacity - bits.length));
  append(0, -bits.length & 7);
  for (let padding = 0xec; bits.length < 8 * capacity; padding ^= 0xec ^ 0x11) append(padding, 8);
  return Uint8Array.from({ length: capacity }, (_, i) => parseInt(bits.slice(8 * i, 8 * i + 8).join(''), 2));
}

function interleaved(blocks) {
  const longest = Math.max(...blocks.map((block) => block.length));
  const codewords = [];
  for (let i = 0; i < longest; i++) {
    for (const block of blocks) if (i < block.length) codewords.push(block[i]);
  }
  return codewords;
}
