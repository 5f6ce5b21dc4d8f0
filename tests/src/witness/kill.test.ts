import { afterAll, beforeAll, expect, test } from 'vitest';
import { type KillGround, openKillGround } from './kill-run.js';
import { steps } from './points.js';

let ground: KillGround;
beforeAll(async () => {
  ground = await openKillGround();
});
afterAll(() => ground.close());

const all = process.env.TUTELA_LONG === '1';
/** Each step where it hurts most; `npm run witness-kill-table` kills at every point, many times. */
const chosen = new Set([
  'after append',
  'after leaves',
  'commit of checkpoint',
  'before cosignature',
  'after the witness signs',
  'after the file has its name',
  'before the witness answers',
]);

test.each(steps.flatMap(({ points }) => points).filter(({ point }) => all || chosen.has(point)))(
  'a $victim killed $point loses nothing, doubles nothing, and all that was cosigned is one history',
  async (struck) => {
    expect(await ground.run(struck, 1)).toEqual([]);
  },
);
