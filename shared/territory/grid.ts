import type { Box } from './measure.ts';

/** Cells of equal size over a box (degrees), row by row from its south-west corner; each with the items whose boxes touch it. */
export interface Grid {
  readonly box: Box;
  readonly columns: number;
  readonly rows: number;
  /** Where the entries of each cell begin; the one after the last says where they end. */
  readonly cellFrom: Uint32Array;
  readonly entries: Uint32Array;
}

/** Cells and entries for each item, at the most: more make looking up hardly faster. */
const CELLS = 16;
const ENTRIES = 64;

const cut = (value: number, from: number, to: number, cells: number): number =>
  Math.min(cells - 1, Math.floor(((value - from) / (to - from)) * cells));

/** The cell of a place, or -1 outside the grid. */
export function cellAt({ box: [west, south, east, north], columns, rows }: Grid, lng: number, lat: number): number {
  if (!(lng >= west && lng <= east && lat >= south && lat <= north)) return -1;
  return cut(lat, south, north, rows) * columns + cut(lng, west, east, columns);
}

/** Calls back for each cell that the box touches. */
function eachCell(grid: Omit<Grid, 'cellFrom' | 'entries'>, box: Box, visit: (cell: number) => void): void {
  const [west, south, east, north] = grid.box;
  const [left, right] = [cut(box[0], west, east, grid.columns), cut(box[2], west, east, grid.columns)];
  const [bottom, top] = [cut(box[1], south, north, grid.rows), cut(box[3], south, north, grid.rows)];
  for (let row = bottom; row <= top; row += 1) {
    for (let column = left; column <= right; column += 1) visit(row * grid.columns + column);
  }
}

function fill(box: Box, side: number, boxes: readonly Box[]): Grid | undefined {
  const grid = { box, columns: side, rows: side };
  const counts = new Uint32Array(side * side + 1);
  let total = 0;
  for (const each of boxes) {
    eachCell(grid, each, (cell) => {
      counts[cell + 1] = (counts[cell + 1] as number) + 1;
      total += 1;
    });
    if (side > 1 && total > ENTRIES * boxes.length) return undefined;
  }
  const cellFrom = counts.slice();
  for (let cell = 1; cell < cellFrom.length; cell += 1)
    cellFrom[cell] = (cellFrom[cell] as number) + (cellFrom[cell - 1] as number);
  const next = cellFrom.slice();
  const entries = new Uint32Array(total);
  for (const [item, each] of boxes.entries()) {
    eachCell(grid, each, (cell) => {
      entries[next[cell] as number] = item;
      next[cell] = (next[cell] as number) + 1;
    });
  }
  return { ...grid, cellFrom, entries };
}

/** A grid over boxes: as fine as their number and their sizes make worth while. */
export function gridOver(boxes: readonly Box[]): Grid {
  const whole = boxes.reduce<Box>(
    ([west, south, east, north], box) => [
      Math.min(west, box[0]),
      Math.min(south, box[1]),
      Math.max(east, box[2]),
      Math.max(north, box[3]),
    ],
    [Infinity, Infinity, -Infinity, -Infinity],
  );
  if (boxes.length === 0) {
    return { box: whole, columns: 1, rows: 1, cellFrom: new Uint32Array(2), entries: new Uint32Array() };
  }
  for (let side = Math.ceil(Math.sqrt(boxes.length * CELLS)); ; side = Math.max(1, side >> 1)) {
    const grid = fill(whole, side, boxes);
    if (grid) return grid;
  }
}
