import { blend, type Canvas, type Colour } from './canvas.js';
import { between, type Random, whole } from './random.js';

/** A half-transparent ellipse, rectangle or triangle somewhere on the canvas. */
export const paintShape = (canvas: Canvas, random: Random): void => {
  const shape = shapes[whole(random, 0, shapes.length - 1)]!;
  const centreX = between(random, 0, canvas.width);
  const centreY = between(random, 0, canvas.height);
  const radiusX = between(random, 0.04, 0.2) * canvas.width;
  const radiusY = between(random, 0.04, 0.2) * canvas.height;
  const colour: Colour = [whole(random, 0, 255), whole(random, 0, 255), whole(random, 0, 255)];
  const cover = between(random, 0.4, 0.9);
  for (let y = Math.floor(centreY - radiusY); y <= centreY + radiusY; y++) {
    for (let x = Math.floor(centreX - radiusX); x <= centreX + radiusX; x++) {
      if (shape((x - centreX) / radiusX, (y - centreY) / radiusY) === 'inside') blend(canvas, x, y, colour, cover);
    }
  }
};

/** On the square from -1 to 1. */
type Shape = (x: number, y: number) => 'inside' | 'outside';

const shapes: readonly Shape[] = [
  (x, y) => (x * x + y * y <= 1 ? 'inside' : 'outside'),
  () => 'inside',
  (x, y) => (y >= 2 * Math.abs(x) - 1 ? 'inside' : 'outside'),
];
