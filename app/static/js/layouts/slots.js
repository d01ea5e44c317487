// @ts-check
/** Which note lies in which cell. A note keeps its cells until it goes, so nothing ever moves. */

/** @typedef {{column: number, row: number, wide: number, high: number}} Spot */

export class Slots {
  /** @type {Map<string, Spot>} */
  #spots = new Map();
  /** @type {boolean[]} */
  #taken;

  /** @param {number} columns @param {number} rows @param {boolean} [keepLast] the last cell stays free, for "+ 29 more" */
  constructor(columns, rows, keepLast = false) {
    this.columns = columns;
    this.rows = rows;
    this.#taken = new Array(columns * rows).fill(false);
    if (keepLast) this.#taken[this.#taken.length - 1] = true;
  }

  /** The first place that has room, or null. @param {string} id @param {number} wide @param {number} high @returns {Spot | null} */
  place(id, wide, high) {
    for (let row = 0; row + high <= this.rows; row += 1) {
      for (let column = 0; column + wide <= this.columns; column += 1) {
        const spot = { column, row, wide, high };
        if (this.#cells(spot).some((cell) => this.#taken[cell])) continue;
        this.put(id, spot);
        return spot;
      }
    }
    return null;
  }

  /** @param {string} id @param {Spot} spot */
  put(id, spot) {
    for (const cell of this.#cells(spot)) this.#taken[cell] = true;
    this.#spots.set(id, spot);
  }

  /** @param {string} id */
  free(id) {
    const spot = this.#spots.get(id);
    if (!spot) return;
    for (const cell of this.#cells(spot)) this.#taken[cell] = false;
    this.#spots.delete(id);
  }

  get full() {
    return this.#taken.every(Boolean);
  }

  /** The cells that no note lies in, the kept one included, in reading order. */
  get vacant() {
    const held = new Set([...this.#spots.values()].flatMap((spot) => this.#cells(spot)));
    return [...this.#taken.keys()].filter((cell) => !held.has(cell));
  }

  /** @param {Spot} spot */
  #cells({ column, row, wide, high }) {
    /** @type {number[]} */
    const cells = [];
    for (let y = row; y < row + high; y += 1) {
      for (let x = column; x < column + wide; x += 1) cells.push(y * this.columns + x);
    }
    return cells;
  }
}
