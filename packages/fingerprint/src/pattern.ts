import type { Pixels } from './pixels.js';

/** Pictures made by integer arithmetic alone, so that C++ and every JavaScript engine see the same bytes. */
export type PatternName = 'noise' | 'ramp' | 'waves' | 'tiles' | 'flat';

interface Shape {
  readonly pattern: PatternName;
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 3;
}

const triangle = (at: number, period: number): number => {
  const phase = at % (2 * period);
  return Math.trunc((255 * (phase < period ? phase : 2 * period - phase)) / period);
};

const noise = (at: number): number => {
  let state = Math.imul(at + 1, 0x9e3779b1);
  state = Math.imul(state ^ (state >>> 15), 0x85ebca6b);
  return ((state ^ (state >>> 13)) >>> 8) & 255;
};

const samples: Readonly<Record<PatternName, (x: number, y: number, channel: number) => number>> = {
  noise: (x, y, channel) => noise(x + 4099 * y + 16_777_259 * channel),
  ramp: (x, y, channel) => (7 * x + 13 * y + 40 * channel) & 255,
  waves: (x, y, channel) =>
    (triangle(3 * x + y + 50 * channel, 97) + triangle(x + 5 * y, 211) + (noise(x * y) >> 4)) >> 1,
  tiles: (x, y, channel) => ((x >> 4) * 31 + (y >> 5) * 57 + channel * 11) & 255,
  flat: () => 93,
};

/** The named picture; one channel becomes three equal ones marked `grey`. */
export const pattern = ({ pattern: name, width, height, channels }: Shape): Pixels => {
  const sample = samples[name];
  const rgb = new Uint8Array(3 * width * height);
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      for (let channel = 0; channel < 3; channel++) rgb[at++] = sample(x, y, channels === 1 ? 0 : channel);
    }
  }
  return { width, height, rgb, ...(channels === 1 && { grey: true as const }) };
};
