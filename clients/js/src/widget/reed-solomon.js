// The field of QR codes: 256 elements, x^8 + x^4 + x^3 + x^2 + 1.
const EXPONENTS = new Uint8Array(255);
const LOGARITHMS = new Uint8Array(256);
for (let power = 0, value = 1; power < 255; power++) {
  EXPONENTS[power] = value;
  LOGARITHMS[value] = power;
  value = value < 128 ? value << 1 : (value << 1) ^ 0x11d;
}

function times(a, b) {
  return a === 0 || b === 0 ? 0 : EXPONENTS[(LOGARITHMS[a] + LOGARITHMS[b]) % 255];
}

/** The polynomial with the roots 2^0 to 2^(degree - 1), without its leading 1. */
function generator(degree) {
  let polynomial = [1];
  for (let root = 0; root < degree; root++) {
    const product = [...polynomial, 0];
    polynomial.forEach((coefficient, i) => (product[i + 1] ^= times(coefficient, EXPONENTS[root])));
    polynomial = product;
  }
  return polynomial.slice(1);
}

/**
 * The codewords that correct others.
 *
 * @param {Uint8Array} data
 * @param {number} count
 * @returns {Uint8Array}
 */
export function correction(data, count) {
  const divisor = generator(count);
  const rest = new Uint8Array(count);
  for (const codeword of data) {
    const factor = codeword ^ rest[0];
    rest.copyWithin(0, 1);
    rest[count - 1] = 0;
    divisor.forEach((coefficient, i) => (rest[i] ^= times(coefficient, factor)));
  }
  return rest;
}
