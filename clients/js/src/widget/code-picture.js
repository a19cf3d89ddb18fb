const SVG = 'http://www.w3.org/2000/svg';
const QUIET_ZONE = 4;

/**
 * A QR code as an SVG. Its colours stand in it, since a code must stay dark on light in a dark page.
 */
export class CodePicture {
  #path;
  #modules;

  /**
   * @param {Document} document
   * @param {number} moduleSize pixels
   * @param {string} label
   * @param {Uint8Array[]} rows
   */
  constructor(document, moduleSize, label, rows) {
    this.#modules = rows.length;
    const size = rows.length + 2 * QUIET_ZONE;
    const make = (name, attributes) => {
      const element = document.createElementNS(SVG, name);
      for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
      return element;
    };
    this.element = make('svg', {
      viewBox: `0 0 ${size} ${size}`,
      width: size * moduleSize,
      height: size * moduleSize,
      role: 'img',
      'aria-label': label,
      'shape-rendering': 'crispEdges',
    });
    this.#path = make('path', { fill: '#000' });
    this.element.append(make('rect', { width: size, height: size, fill: '#fff' }), this.#path);
    this.show(rows);
  }

  /**
   * @param {Uint8Array[]} rows
   * @returns {boolean} false: it has another size and needs a picture of its own
   */
  show(rows) {
    if (rows.length !== this.#modules) return false;
    this.#path.setAttribute('d', darkRuns(rows));
    return true;
  }
}

function darkRuns(rows) {
  let path = '';
  rows.forEach((row, y) => {
    for (let start = 0, end = 0; start < row.length; start = end) {
      while (end < row.length && row[end] === row[start]) end++;
      if (row[start] === 1) path += `M${start + QUIET_ZONE} ${y + QUIET_ZONE}h${end - start}v1h${start - end}z`;
    }
  });
  return path;
}
