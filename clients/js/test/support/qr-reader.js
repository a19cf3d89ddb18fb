/**
 * A little reader of QR codes, written from the other end than the encoder: it measures the symbol, corrects nothing,
 * and refuses whatever is not right.
 */

const MASKS = [
  (i, j) => (i + j) % 2 === 0,
  (i) => i % 2 === 0,
  (i, j) => j % 3 === 0,
  (i, j) => (i + j) % 3 === 0,
  (i, j) => ((i >> 1) + Math.trunc(j / 3)) % 2 === 0,
  (i, j) => ((i * j) % 2) + ((i * j) % 3) === 0,
  (i, j) => (((i * j) % 2) + ((i * j) % 3)) % 2 === 0,
  (i, j) => (((i + j) % 2) + ((i * j) % 3)) % 2 === 0,
];

/** Level M: format information of masks 0 to 7, most significant bit first. */
const FORMATS = [
  '101010000010010',
  '101000100100101',
  '101111001111100',
  '101101101001011',
  '100010111111001',
  '100000011001110',
  '100111110010111',
  '100101010100000',
];

const VERSIONS = {
  7: '000111110010010100',
  8: '001000010110111100',
  9: '001001101010011001',
  10: '001010010011010011',
};

const ALIGNMENT = [[], [6, 18], [6, 22], [6, 26], [6, 30], [6, 34], [6, 22, 38], [6, 24, 42], [6, 26, 46], [6, 28, 50]];

/** Level M: [blocks, codewords, data codewords] of each kind of block. */
const BLOCKS = [
  [[1, 26, 16]],
  [[1, 44, 28]],
  [[1, 70, 44]],
  [[2, 50, 32]],
  [[2, 67, 43]],
  [[4, 43, 27]],
  [[4, 49, 31]],
  [
    [2, 60, 38],
    [2, 61, 39],
  ],
  [
    [3, 58, 36],
    [2, 59, 37],
  ],
  [
    [4, 69, 43],
    [1, 70, 44],
  ],
];

function assert(holds, what) {
  if (!holds) throw new Error(what);
}

export function readQrCode(rows) {
  const size = rows.length;
  const version = (size - 17) / 4;
  assert(Number.isInteger(version) && version >= 1 && version <= 10, 'size');
  assert(
    rows.every((row) => row.length === size && row.every((module) => module === 0 || module === 1)),
    'modules',
  );
  const fixed = functionPatterns(rows, version);
  const mask = readFormat(rows, fixed);
  if (version >= 7) checkVersion(rows, version, fixed);
  const codewords = readCodewords(rows, fixed, MASKS[mask]);
  const data = deinterleave(codewords, version);
  return { version, mask, text: readText(data, version) };
}

function functionPatterns(rows, version) {
  const size = rows.length;
  const fixed = rows.map((row) => row.map(() => 0));
  const expect = (row, column, picture) => {
    picture.forEach((line, y) =>
      [...line].forEach((module, x) => {
        const [i, j] = [row + y, column + x];
        if (i < 0 || j < 0 || i >= size || j >= size) return;
        assert(rows[i][j] === Number(module), `pattern at ${i},${j}`);
        fixed[i][j] = 1;
      }),
    );
  };
  const finder = [
    '000000000',
    '011111110',
    '010000010',
    '010111010',
    '010111010',
    '010111010',
    '010000010',
    '011111110',
    '000000000',
  ];
  expect(-1, -1, finder);
  expect(-1, size - 8, finder);
  expect(size - 8, -1, finder);
  const timing = '10'.repeat(size).slice(0, size - 16);
  expect(6, 8, [timing]);
  expect(8, 6, [...timing]);
  const centres = ALIGNMENT[version - 1];
  for (const i of centres) {
    for (const j of centres) {
      const nearFinder = (i < 9 && j < 9) || (i < 9 && j > size - 10) || (i > size - 10 && j < 9);
      if (!nearFinder) expect(i - 2, j - 2, ['11111', '10001', '10101', '10001', '11111']);
    }
  }
  expect(4 * version + 9, 8, ['1']);
  return fixed;
}

function readFormat(rows, fixed) {
  const size = rows.length;
  const at = (places) => places.map(([i, j]) => ((fixed[i][j] = 1), rows[i][j])).join('');
  const first = at([
    [8, 0],
    [8, 1],
    [8, 2],
    [8, 3],
    [8, 4],
    [8, 5],
    [8, 7],
    [8, 8],
    [7, 8],
    [5, 8],
    [4, 8],
    [3, 8],
    [2, 8],
    [1, 8],
    [0, 8],
  ]);
  const second = at([
    ...Array.from({ length: 7 }, (_, i) => [size - 1 - i, 8]),
    ...Array.from({ length: 8 }, (_, j) => [8, size - 8 + j]),
  ]);
  assert(first === second, 'the two format informations differ');
  const mask = FORMATS.indexOf(first);
  assert(mask >= 0, 'format information');
  return mask;
}

function checkVersion(rows, version, fixed) {
  const size = rows.length;
  let right = '';
  let below = '';
  for (let i = 5; i >= 0; i--) {
    for (let j = size - 9; j >= size - 11; j--) {
      right += rows[i][j];
      below += rows[j][i];
      fixed[i][j] = fixed[j][i] = 1;
    }
  }
  assert(right === VERSIONS[version] && below === VERSIONS[version], 'version information');
}

function readCodewords(rows, fixed, mask) {
  const size = rows.length;
  const pairs = [];
  for (let right = size - 1; right > 6; right -= 2) pairs.push(right);
  for (let right = 5; right > 0; right -= 2) pairs.push(right);
  let bits = '';
  pairs.forEach((right, n) => {
    const lines = rows.map((_, i) => (n % 2 === 0 ? size - 1 - i : i));
    for (const i of lines) {
      for (const j of [right, right - 1]) if (!fixed[i][j]) bits += rows[i][j] ^ Number(mask(i, j));
    }
  });
  assert(/^0*$/.test(bits.slice(bits.length - (bits.length % 8))), 'remainder bits');
  return bits.match(/.{8}/g).map((byte) => parseInt(byte, 2));
}

function deinterleave(codewords, version) {
  const shapes = BLOCKS[version - 1].flatMap(([count, all, data]) =>
    Array.from({ length: count }, () => ({ all, data })),
  );
  assert(codewords.length === shapes.reduce((sum, { all }) => sum + all, 0), 'number of codewords');
  const blocks = shapes.map(() => []);
  let next = 0;
  for (let i = 0; i < Math.max(...shapes.map(({ data }) => data)); i++) {
    shapes.forEach(({ data }, b) => i < data && blocks[b].push(codewords[next++]));
  }
  for (let i = 0; i < shapes[0].all - shapes[0].data; i++) blocks.forEach((block) => block.push(codewords[next++]));
  blocks.forEach((block, b) => checkSyndromes(block, shapes[b].all - shapes[b].data));
  return blocks.flatMap((block, b) => block.slice(0, shapes[b].data));
}

/** A right block, as a polynomial, is zero at 2^0, 2^1 and so on. */
function checkSyndromes(block, count) {
  for (let i = 0, point = 1; i < count; i++, point = product(point, 2)) {
    assert(block.reduce((value, codeword) => product(value, point) ^ codeword, 0) === 0, 'syndrome ' + i);
  }
}

function product(a, b) {
  let result = 0;
  for (; b > 0; b >>= 1, a = (a << 1) ^ (a & 0x80 ? 0x11d : 0)) if (b & 1) result ^= a;
  return result;
}

function readText(data, version) {
  const bits = data.map((byte) => byte.toString(2).padStart(8, '0')).join('');
  assert(bits.startsWith('0100'), 'byte mode');
  const start = version < 10 ? 12 : 20;
  const end = start + 8 * parseInt(bits.slice(4, start), 2);
  assert(end <= bits.length, 'length');
  const rest = bits.slice(end);
  assert(rest.slice(0, 4) === '0000'.slice(0, rest.length), 'terminator');
  const padding = bits.slice(end + 4 + ((8 - ((end + 4) % 8)) % 8));
  assert('1110110000010001'.repeat(200).startsWith(padding), 'padding');
  return Buffer.from(
    bits
      .slice(start, end)
      .match(/.{8}/g)
      ?.map((byte) => parseInt(byte, 2)) ?? [],
  ).toString('utf8');
}
