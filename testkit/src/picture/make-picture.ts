import type { Canvas, Colour } from './canvas.js';
import { addNoise } from './noise.js';
import { between, type Random, randomFrom, whole } from './random.js';
import { paintShape } from './shapes.js';
import { paintText } from './text.js';

/** A harmless picture; the shape that `@tutela/fingerprint` takes. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  /** Red, green, blue; rows top to bottom. */
  readonly rgb: Uint8Array;
}
export interface PictureSize {
  readonly width: number;
  readonly height: number;
}

/**
 * A photo-like picture of nothing: a sky-to-ground gradient, cloud-like noise of several scales, shapes, and a line of
 * text naming the seed. The same seed and size give the same bytes on every machine (only additions, multiplications
 * and divisions are used), different seeds pictures whose PDQs lie far apart (`make-picture.test.ts`: over 90 bits).
 */
export const makePicture = (seed: number, { width, height }: PictureSize = { width: 800, height: 600 }): Picture => {
  const random = randomFrom(seed);
  const canvas = { width, height, rgb: new Uint8ClampedArray(3 * width * height) };
  paintGround(canvas, random);
  const shapes = whole(random, 3, 9);
  for (let count = 0; count < shapes; count++) paintShape(canvas, random);
  paintCaption(canvas, random, `PICTURE ${seed}`);
  return { width, height, rgb: new Uint8Array(canvas.rgb.buffer) };
};

const tint = (random: Random): Colour => [whole(random, 30, 220), whole(random, 30, 220), whole(random, 30, 220)];
const octaves = [3, 5, 9, 15, 24, 60] as const;

const paintGround = ({ width, height, rgb }: Canvas, random: Random): void => {
  const light = new Float32Array(width * height);
  for (const cells of octaves) addNoise(light, width, height, { random, cells, amplitude: between(random, 30, 60) });
  const hue = new Float32Array(width * height);
  addNoise(hue, width, height, { random, cells: 4, amplitude: 1 });
  const [top, bottom, patch] = [tint(random), tint(random), tint(random)];
  for (let y = 0, at = 0; y < height; y++) {
    const down = y / height;
    for (let x = 0; x < width; x++, at++) {
      const share = Math.max(0, hue[at]!);
      for (let channel = 0; channel < 3; channel++) {
        const ground = top[channel]! + (bottom[channel]! - top[channel]!) * down;
        rgb[3 * at + channel] = ground + (patch[channel]! - ground) * share + light[at]!;
      }
    }
  }
};

const paintCaption = (canvas: Canvas, random: Random, caption: string): void => {
  const dot = Math.max(1, Math.floor(canvas.width / 400));
  const x = whole(random, 0, Math.floor(canvas.width / 3));
  const y = whole(random, 0, Math.max(0, canvas.height - 7 * dot));
  paintText(canvas, caption, { x, y, dot, colour: random() < 0.5 ? [250, 250, 250] : [10, 10, 10] });
};
