const FINDER_LIKE = [0b10111010000, 0b00001011101];

/**
 * How hard a symbol is to read: the four rules of the standard.
 *
 * @param {Uint8Array[]} rows of 0 and 1
 */
export function penalty(rows) {
  const columns = rows.map((_, column) => Uint8Array.from(rows, (row) => row[column]));
  const lines = [...rows, ...columns];
  return sum(lines, runs) + squares(rows) + sum(lines, finderLike) + imbalance(rows);
}

function sum(lines, rule) {
  return lines.reduce((total, line) => total + rule(line), 0);
}

/** Five or more alike in a line. */
function runs(line) {
  let total = 0;
  for (let start = 0, end = 0; start < line.length; start = end) {
    while (end < line.length && line[end] === line[start]) end++;
    if (end - start >= 5) total += end - start - 2;
  }
  return total;
}

/** Two by two alike. */
function squares(rows) {
  let total = 0;
  for (let row = 1; row < rows.length; row++) {
    for (let column = 1; column < rows.length; column++) {
      const four = rows[row][column] + rows[row][column - 1] + rows[row - 1][column] + rows[row - 1][column - 1];
      if (four === 0 || four === 4) total += 3;
    }
  }
  return total;
}

/** What looks like a corner pattern. */
function finderLike(line) {
  let total = 0;
  let window = 0;
  line.forEach((module, i) => {
    window = ((window << 1) | module) & 0x7ff;
    if (i >= 10 && FINDER_LIKE.includes(window)) total += 40;
  });
  return total;
}

/** Far more dark than light, or the reverse. */
function imbalance(rows) {
  const dark = rows.reduce((total, row) => total + row.reduce((a, b) => a + b), 0);
  return 10 * Math.floor(Math.abs((100 * dark) / rows.length ** 2 - 50) / 5);
}
