/**
 * PDQ of one picture, float32 operation by float32 operation as Meta's C++ reference performs them
 * (ThreatExchange, pdq/cpp, `pdqHash256FromFloatLuma`), arranged so that pixels are read once: eight rows at a time go
 * through luma and the first filter along rows into a ring, out of which the filter down the columns draws.
 */
import { boxLanes, Columns, windowOf } from './box';
import { LANE_BYTES, LANE_ROWS, lanesToRows, lumaToLanes, rowsToLanes, storeTransposed } from './lanes';
import { hashOf, prepareCosines, qualityOf } from './transform';

const SIDE: i32 = 64;
const SIDE_BYTES: usize = 256;
const SMALLEST: i32 = 5;
/** A vector load at the last pixel reads up to 16 bytes beyond it. */
const SLACK: usize = 64;

const image: usize = memory.data(64 * 64 * 4, 16);
const result: usize = memory.data(32, 16);
const cosines: usize = prepareCosines();

export function resultAt(): usize {
  return result;
}
/** For the test that compares the matrix with the reference's. */
export function cosinesAt(): usize {
  return cosines;
}

const first: Columns = changetype<Columns>(memory.data(offsetof<Columns>(), 16));
const second: Columns = changetype<Columns>(memory.data(offsetof<Columns>(), 16));
let pixels: usize = 0;
let lanes: usize = 0;
let filtered: usize = 0;
let group: usize = 0;
let width: i32 = 0;
let height: i32 = 0;
let free: usize = 0;
/** A picture to be turned lies before everything else, while there is one. */
let source: usize = 0;
let sourceBytes: usize = 0;

function grow(): bool {
  const pages = <i32>((free + 0xffff) >> 16) - memory.size();
  return pages <= 0 || memory.grow(pages) >= 0;
}

function take(bytes: usize): usize {
  const at = free;
  free = (free + bytes + SLACK + 15) & ~15;
  return at;
}

/** Rows come and go in groups of eight, so a ring of whole groups never splits one. */
// @ts-ignore: decorator
@inline
function wholeGroups(rows: i32): i32 {
  return (rows + LANE_ROWS - 1) & ~(LANE_ROWS - 1);
}

/** Makes room for a picture of 8-bit RGB and says where its bytes go; 0 when memory does not suffice. */
export function reserve(columns: i32, rows: i32): usize {
  width = columns;
  height = rows;
  const stride = (<usize>columns * 4 + 15) & ~15;
  free = (__heap_base + 15) & ~15;
  if (sourceBytes > 0) take(sourceBytes);
  pixels = take(<usize>columns * rows * 3);
  lanes = take((stride / 4) * LANE_BYTES);
  filtered = take((stride / 4) * LANE_BYTES);
  group = take(stride * LANE_ROWS);

  first.height = rows;
  first.window = windowOf(rows);
  first.ringRows = wholeGroups(first.window + LANE_ROWS);
  first.stride = stride;
  first.ring = take(stride * first.ringRows);
  first.sums = take(stride);
  first.zeros = take(stride);

  second.height = rows;
  second.window = first.window;
  second.ringRows = wholeGroups(rows);
  second.stride = SIDE_BYTES;
  second.ring = take(SIDE_BYTES * second.ringRows);
  second.sums = take(SIDE_BYTES);
  second.zeros = take(SIDE_BYTES);

  return grow() ? pixels : 0;
}

/** Makes room for the bytes of a picture that is to be turned; it stays there until the next call; 0 as in `reserve`. */
export function reserveSource(bytes: usize): usize {
  free = (__heap_base + 15) & ~15;
  sourceBytes = bytes;
  source = take(bytes);
  return grow() ? source : 0;
}

/** Fills the reserved picture from the source: from byte `start`, so many bytes on for the next column and row. */
export function turn(start: i32, stepX: i32, stepY: i32): void {
  let to = pixels;
  for (let y = 0; y < height; y++) {
    let from = source + start + y * stepY;
    for (let x = 0; x < width; x++, to += 3, from += stepX) {
      store<u16>(to, load<u16>(from));
      store<u8>(to, load<u8>(from, 2), 2);
    }
  }
}

/** The value that stands for cell `index` of 64 along `size` values. */
// @ts-ignore: decorator
@inline
function centre(index: i32, size: i32): i32 {
  return ((2 * index + 1) * size) / (2 * SIDE);
}

/** Eight rows after the second filter along rows: only the 64 columns that are kept go on. */
function keepColumns(row: i32): void {
  rowsToLanes(group, first.stride, lanes);
  boxLanes(lanes, filtered, width, windowOf(width));
  const to = second.row(row);
  for (let j = 0; j < SIDE; j += 4) {
    const a = filtered + LANE_BYTES * centre(j, width);
    const b = filtered + LANE_BYTES * centre(j + 1, width);
    const c = filtered + LANE_BYTES * centre(j + 2, width);
    const d = filtered + LANE_BYTES * centre(j + 3, width);
    for (let half: usize = 0; half < LANE_BYTES; half += 16) {
      storeTransposed(
        v128.load(a + half), v128.load(b + half), v128.load(c + half), v128.load(d + half),
        to + 4 * j + (half / 4) * SIDE_BYTES, SIDE_BYTES
      );
    }
  }
}

/** Pixels to 64 columns of full height: luma, rows, columns, rows. */
function narrow(grey: bool): void {
  first.start();
  let made = 0;
  for (let row = 0; row < height; row += LANE_ROWS) {
    lumaToLanes(pixels, width, height, row, grey, lanes);
    boxLanes(lanes, filtered, width, windowOf(width));
    lanesToRows(filtered, first.row(row), first.stride);
    const present = min(row + LANE_ROWS, height);
    for (; made < height && first.needs(made) <= present; made++) {
      first.next(made, group + first.stride * (made % LANE_ROWS));
      if (made % LANE_ROWS == LANE_ROWS - 1 || made == height - 1) keepColumns(made - (made % LANE_ROWS));
    }
  }
}

/** The last filter down the columns, of which only 64 rows are kept. */
function shorten(): void {
  second.start();
  let kept = 0;
  for (let row = 0; kept < SIDE; row++) {
    const to = image + SIDE_BYTES * kept;
    second.next(row, to);
    if (centre(kept, height) != row) continue;
    kept++;
    for (; kept < SIDE && centre(kept, height) == row; kept++) memory.copy(image + SIDE_BYTES * kept, to, SIDE_BYTES);
  }
}

function copyLuma(grey: bool): void {
  for (let row = 0; row < SIDE; row += LANE_ROWS) {
    lumaToLanes(pixels, width, height, row, grey, lanes);
    lanesToRows(lanes, image + SIDE_BYTES * row, SIDE_BYTES);
  }
}

/**
 * Hashes the reserved picture: 32 bytes at `resultAt()`, the quality returned. Pictures under 5 pixels on a side give
 * zeros and quality 0, pictures of 64x64 are taken unfiltered, both as in the reference.
 */
export function hash(grey: bool): i32 {
  if (width < SMALLEST || height < SMALLEST) {
    memory.fill(result, 0, 32);
    return 0;
  }
  if (width == SIDE && height == SIDE) {
    copyLuma(grey);
  } else {
    narrow(grey);
    shorten();
  }
  hashOf(image, result);
  return qualityOf(image);
}
