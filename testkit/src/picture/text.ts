import { blend, type Canvas, type Colour } from './canvas.js';

/** A font of our own, 5 by 7 dots, so that pictures need no font file: each letter is seven rows of five bits. */
const rows: Readonly<Record<string, string>> = {
  A: '0e11111f111111',
  B: '1e11111e11111e',
  C: '0e11101010110e',
  D: '1e11111111111e',
  E: '1f10101e10101f',
  F: '1f10101e101010',
  G: '0e11101711110f',
  H: '1111111f111111',
  I: '0e04040404040e',
  J: '0702020202120c',
  K: '11121418141211',
  L: '1010101010101f',
  M: '111b1515111111',
  N: '11191513111111',
  O: '0e11111111110e',
  P: '1e11111e101010',
  Q: '0e11111115120d',
  R: '1e11111e141211',
  S: '0f10100e01011e',
  T: '1f040404040404',
  U: '1111111111110e',
  V: '11111111110a04',
  W: '11111115151b11',
  X: '11110a040a1111',
  Y: '1111110a040404',
  Z: '1f01020408101f',
  '0': '0e11131519110e',
  '1': '040c040404040e',
  '2': '0e11010204081f',
  '3': '1f02040201110e',
  '4': '02060a121f0202',
  '5': '1f101e0101110e',
  '6': '0608101e11110e',
  '7': '1f010204080808',
  '8': '0e11110e11110e',
  '9': '0e11110f01020c',
};
const columns = 5;

/** Writes upper-case letters and digits, `dot` pixels a dot; other characters leave a gap. */
export const paintText = (
  canvas: Canvas,
  text: string,
  { x, y, dot, colour }: { readonly x: number; readonly y: number; readonly dot: number; readonly colour: Colour },
): void => {
  for (let index = 0; index < text.length; index++) {
    const bits = rows[text[index]!] ?? '';
    for (let row = 0; 2 * row < bits.length; row++) {
      const line = Number.parseInt(bits.slice(2 * row, 2 * row + 2), 16);
      for (let column = 0; column < columns; column++) {
        if ((line >> (columns - 1 - column)) & 1) {
          paintDot(canvas, x + dot * (index * (columns + 1) + column), y + dot * row, dot, colour);
        }
      }
    }
  }
};

const paintDot = (canvas: Canvas, x: number, y: number, dot: number, colour: Colour): void => {
  for (let dy = 0; dy < dot; dy++) for (let dx = 0; dx < dot; dx++) blend(canvas, x + dx, y + dy, colour, 0.9);
};
