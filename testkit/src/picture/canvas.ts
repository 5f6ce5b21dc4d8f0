/** A picture being painted: red, green, blue; rows top to bottom. */
export interface Canvas {
  readonly width: number;
  readonly height: number;
  readonly rgb: Uint8ClampedArray;
}
export type Colour = readonly [red: number, green: number, blue: number];

/** Lays a colour over one pixel; `cover` 0 to 1. Outside of the canvas nothing happens. */
export const blend = ({ width, height, rgb }: Canvas, x: number, y: number, colour: Colour, cover: number): void => {
  if (x < 0 || y < 0 || x >= width || y >= height) return;
  const at = 3 * (y * width + x);
  for (let channel = 0; channel < 3; channel++) {
    rgb[at + channel] = rgb[at + channel]! * (1 - cover) + colour[channel]! * cover;
  }
};
